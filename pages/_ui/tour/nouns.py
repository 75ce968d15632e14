"""What a tour is: a title and up to thirty steps, each the address of a page with a note. Pure: no session, no page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import parse_qsl

MOST = 30
"""Steps of a tour."""
NOTE, TITLE, QUERY = 600, 120, 6_000
"""Signs of a note, of a title, and of what an address says after its question mark."""
_NOT_OURS = ("embed", "embed_options")
"""What an address may say to Streamlit itself, which changes how every page after it looks."""


@dataclass(frozen=True)
class Step:
    """One view: the name of its page, the rest of its address exactly as the share sheet wrote it, and words to it."""

    page: str
    query: str = ""
    note: str = ""
    title: str = ""

    def __post_init__(self) -> None:
        """Check it. Raises ValueError that names the value, the rule and the remedy."""
        for name, most in (("page", 60), ("query", QUERY), ("note", NOTE), ("title", TITLE)):
            _check_text(name, getattr(self, name), most)
        if any(sign <= " " or sign == "#" for sign in self.query):
            raise ValueError(f"the query “{self.query[:40]}” holds a space or a # sign: copy it from the share sheet")
        wrong = [name for name, _ in self.asked if name in _NOT_OURS]
        if wrong:
            raise ValueError(f"the query asks for {wrong[0]}, which is no setting of a page: leave it out")

    @property
    def asked(self) -> list[tuple[str, str]]:
        """Return what the query says, by name."""
        return parse_qsl(self.query, keep_blank_values=True)

    def on(self, pages: Collection[str]) -> Step:
        """Return the step itself, if its page is one of these. Raises ValueError otherwise."""
        if self.page not in pages:
            raise ValueError(f"“{self.page[:40]}” is no page here: there are {', '.join(pages)}; take the step out")
        return self


@dataclass(frozen=True)
class Tour:
    """A title and one to thirty steps."""

    title: str
    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        """Check it. Raises ValueError that names the value, the rule and the remedy."""
        _check_text("title", self.title, TITLE)
        if not self.steps:
            raise ValueError("a tour without steps leads nowhere: add a view to it")
        if len(self.steps) > MOST:
            raise ValueError(f"{len(self.steps)} steps are more than the {MOST} of a tour: make two of it")

    def on(self, pages: Collection[str]) -> Tour:
        """Return the tour itself, if all its pages are these. Raises ValueError that names the step otherwise."""
        for number, step in enumerate(self.steps, start=1):
            try:
                step.on(pages)
            except ValueError as error:
                raise ValueError(f"step {number}: {error}") from error
        return self


def _check_text(name: str, text: object, most: int) -> None:
    if not isinstance(text, str):
        raise ValueError(f"the {name} {text!r:.40} is not text: put it in quotes")
    if len(text) > most:
        raise ValueError(f"a {name} of {len(text):,} signs is longer than the {most:,} it may have: shorten it")
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise ValueError(f"the {name} “{text[:40]!a}” holds half a sign: type it anew")
