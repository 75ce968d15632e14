"""The teaching text: Markdown files cut into sections by their `##` headings, so that a teacher edits no Python."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

ASSETS = Path(__file__).resolve().parents[2] / "assets"
CONCEPTS = {
    "blue": "posterior",
    "orange": "prior",
    "green": "likelihood",
    "red": "map",
    "violet": "aleatoric",
    "sky": "epistemic",
}


@cache
def words(page: str) -> dict[str, str]:
    """Return the sections of assets/words/<page>.md by heading; a heading may name several, "said a / said b"."""
    text = (ASSETS / "words" / f"{page}.md").read_text(encoding="utf-8")
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    sections = zip(parts[1::2], parts[2::2], strict=True)
    return {name.strip(): body.strip() for names, body in sections for name in names.split(" / ")}


@lru_cache(maxsize=4096)
def coloured(text: str) -> str:
    """Return Markdown's `:orange[...]` and `**...**` as HTML in the concept's colour; everything else is escaped."""
    safe = html.escape(text, quote=False)
    safe = re.sub(r":(\w+)\[([^\]]*)\]", _in_colour, safe)
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", safe)


def coloured_slots(text: str) -> str:
    """Return coloured words in which {name} is a live readout."""
    parts = "".join(f"<p>{coloured(part)}</p>" for part in text.split("\n\n"))
    return parts.replace("{", '<b data-word="').replace("}", '"></b>')


def filled(text: str, said: Mapping[str, str]) -> str:
    """Return a text in which the names that do not follow a handle are filled in.

    >>> filled("{level} credible: {answer}", {"level": "90 %"})
    '90 % credible: {answer}'
    """
    for slot, word in said.items():
        text = text.replace(f"{{{slot}}}", word)
    return text


def _in_colour(match: re.Match[str]) -> str:
    concept = CONCEPTS.get(match[1])
    return f'<em class="c-{concept}">{match[2]}</em>' if concept else match[0]


@cache
def asset(name: str) -> str:
    """Return the text of a file in assets/."""
    return (ASSETS / name).read_text(encoding="utf-8")


@cache
def picture_url(name: str) -> str:
    """Return an SVG in assets/img/ as a URL that holds it: a file's name would be looked up and read at every run."""
    return f"data:image/svg+xml;base64,{base64.b64encode(asset(f'img/{name}').encode()).decode()}"
