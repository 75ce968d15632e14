"""Parts of a view out of sight: the truth, the answer, or the numbers. What is hidden is left out, so it is not sent.

What belongs to which part follows from its concept: a label's own, or the ink that a trace wears. Where that says it
wrong a view declares it in `View.parts`, by the name of a trace, a label, a word or a number: "truth", "answer", or ""
for what may always be seen (data, inputs, a prior). A panel says what it `tells` (panels.py).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from html import escape
from typing import Any

from bayes_core.figures.panels import Panel, Prose, Rows, Texts
from bayes_core.figures.parts import without_strip
from bayes_core.figures.picture import Label
from bayes_core.figures.theme import ink

_BY = "Hidden by the link"
TRUTH, ANSWER, NUMBERS = "truth", "answer", "numbers"
_ANSWERS = ("posterior", "map", "aleatoric", "epistemic", "reference")
_INKS = tuple(ink(concept)[5:].rpartition(",")[0] for concept in _ANSWERS)
_TRUE = re.compile(r"(?<![a-z])tru(e|th|ths)(?![a-z0-9])", re.IGNORECASE)
_SLOT = re.compile(r'data-word="([^"]+)"')
_CLAUSE = re.compile(r"(?<=[;.!?:])\s+")
_DIGIT = re.compile(r"\d")
_ALWAYS = ("value", "badge", "alt")


def note(hides: Collection[str]) -> str:
    """Return what is hidden, in words (assets/live/furniture.js says the same).

    >>> note(("numbers", "truth"))
    'Hidden by the link: the truth, the numbers.'
    """
    return f"{_BY}: {', '.join(f'the {part}' for part in (TRUTH, ANSWER, NUMBERS) if part in hides)}."


def kept_of(text: str, hides: Collection[str]) -> str:
    """Return the clauses of a text that tell nothing of what is hidden.

    >>> kept_of("Five tests. The slope is 3; the truth is hidden.", ("truth",))
    'Five tests. The slope is 3.'
    >>> kept_of("Five tests. The slope is 3.", ("numbers",))
    'Five tests.'
    """
    if ANSWER in hides:
        return ""
    kept = [clause for clause in _CLAUSE.split(text) if not _tells(clause, hides)]
    return re.sub(r"[;:,]$", ".", " ".join(kept))


def _tells(text: str, hides: Collection[str]) -> bool:
    return bool((TRUTH in hides and _TRUE.search(text)) or (NUMBERS in hides and _DIGIT.search(text)))


def told(alt: Texts, hides: Collection[str]) -> Texts:
    """Return an alternative text (V,) that says what is hidden in place of it.

    >>> told(("The slope is 3.", "The slope is 4."), ("answer",))
    ('Hidden by the link: the answer.', 'Hidden by the link: the answer.')
    """
    if not hides:
        return alt
    return tuple(" ".join(part for part in (kept_of(text, hides), note(hides)) if part) for text in alt)


class Veil:
    """To which part each name of a view belongs, and whether that is hidden."""

    def __init__(
        self, hides: Collection[str], parts: Mapping[str, str], labels: tuple[Label, ...], figure: dict[str, Any] | None
    ) -> None:
        """Take what is hidden, and what a view says of its names."""
        self.hides, self.parts, self.labels = frozenset(hides), parts, labels
        self.traces = {trace["name"]: trace for trace in figure["data"]} if figure else {}

    def _declared(self, name: str) -> str | None:
        """Return what a view says of a name, or of what stands before its last dot."""
        return next((self.parts[one] for one in (name, name.rpartition(".")[0]) if one in self.parts), None)

    def _free(self, name: str) -> bool:
        return self._declared(name) == ""

    def trace(self, name: str) -> bool:
        """Return whether a trace is hidden; what is none (a stage's number) is the answer, unless it is declared."""
        declared = self._declared(name)
        if declared is not None:
            return declared in self.hides
        hung = {label.concept for label in self.labels if name in (label.id, *(of for of, _ in label.at[:1]))}
        if _TRUE.search(name) or "truth" in hung:
            return TRUTH in self.hides
        if ANSWER not in self.hides:
            return False
        inked = name not in self.traces or any(of in str(_looks(self.traces[name])) for of in _INKS)
        return inked or not hung.isdisjoint(_ANSWERS)

    def label(self, label: Label) -> bool:
        """Return whether a label is hidden, by itself or with a line that it hangs from."""
        own = self._declared(label.id)
        if own is None:
            own = TRUTH if label.concept == "truth" else ANSWER if label.concept in _ANSWERS else ""
        return own in self.hides or any(self.trace(trace) for trace, _ in label.at)

    def number(self, name: str) -> bool:
        """Return whether numbers of the picture are hidden: they go with their trace."""
        return self.trace(name.rpartition(".")[0] if name.endswith((".x", ".y")) else name)

    def word(self, name: str, texts: Texts = ()) -> bool:
        """Return whether a word is hidden; as a number it is wherever it has digits."""
        head, _, of = name.partition(".")
        if name in _ALWAYS:
            return False
        if NUMBERS in self.hides and head != "label" and any(_DIGIT.search(text) for text in texts):
            return True
        if TRUTH in self.hides and (self._declared(name) == TRUTH or _TRUE.search(name)):
            return True
        if head in ("label", "gloss") and of:
            return of in {label.id for label in self.labels if self.label(label)}
        return ANSWER in self.hides and not self._free(name)

    def fact(self, name: str) -> bool:
        """Return whether a fact is hidden: a sentence would tell by it what grew."""
        return NUMBERS in self.hides or self.word(name)

    def panel(self, panel: Panel) -> bool:
        """Return whether nothing of a panel may be seen."""
        names = [*panel.words, *panel.numbers, *_slots(panel)]
        if isinstance(panel, Prose) and not names:
            return False
        free = {ANSWER} if names and all(self._free(name) for name in names) else set()
        return not ({*panel.tells} - free).isdisjoint(self.hides)

    def panel_number(self, name: str) -> bool:
        """Return whether numbers of a panel that may be seen are hidden: its truth."""
        return TRUTH in self.hides and bool(_TRUE.search(name))

    def figure(self, figure: dict[str, Any] | None) -> dict[str, Any] | None:
        """Return a figure without its hidden traces."""
        if figure is None:
            return None
        return without_strip(figure | {"data": [one for one in figure["data"] if not self.trace(one["name"])]})

    def panels(self, panels: Iterable[Panel]) -> tuple[Panel, ...]:
        """Return the panels that may be seen, and in the first hidden one's place what all hidden ones are called."""
        kept: list[Panel] = []
        gone: list[str] = []
        at = None
        for panel in panels:
            if not self.panel(panel):
                kept.append(panel)
                continue
            at = len(kept) if at is None else at
            gone += [name for name in (panel.text or getattr(panel, "name", ""),) if name]
        if at is not None:
            names = escape(" · ".join(dict.fromkeys(gone)))
            kept.insert(at, Prose(text=_BY, html=f"<p>{names}</p>"))
        return tuple(kept)


def _slots(panel: Panel) -> list[str]:
    """Return the words that a panel's still part has places for: they may come later."""
    if isinstance(panel, Prose):
        return _SLOT.findall(panel.html)
    return [row.id for row in panel.rows] if isinstance(panel, Rows) else []


def _looks(trace: Mapping[str, Any]) -> list[Any]:
    return [trace.get(name) for name in ("line", "fillcolor", "marker", "error_y", "error_x")]
