"""The tables in a web page's source, as text that a spreadsheet would paste."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from html import unescape

_PAGE = re.compile(r"\s{0,99}<(?:!doctype|!--|\?xml|html|head|meta|body|div|span|style|table|tr|b|p)\b", re.IGNORECASE)
_TAG = re.compile(r"<(/?)(table|tr|t[dh]|br|p|div|li)\b([^<>]*)>", re.IGNORECASE)
_ANY_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_HIDDEN = re.compile(r"<(?:script|style)\b", re.IGNORECASE)
_SHOWN = re.compile(r"</(?:script|style)\b[^<>]*>", re.IGNORECASE)
_SPAN = re.compile(r"colspan\s*=\s*[\"']?(\d{1,3})", re.IGNORECASE)
_WIDEST = 20  # columns that one cell may span
_MOST_CELLS = 4_000_000
Cells = list[list[str]]


def is_markup(text: str) -> bool:
    """Return whether a text is the source of a web page, or of a part of one."""
    return bool(_PAGE.match(text) or text.lstrip()[:4] == "<!--")


def as_tabs(source: str) -> tuple[str, str]:
    """Return the fullest table as tab-separated text, and a sentence on it. Raises ValueError where there is none.

    >>> as_tabs("<p>2020</p><table><tr><th>a<th>b</tr><tr><td>1 &euro;</td><td><b>2</b></td></tr></table>")
    ('a\\tb\\n1 €\\t2\\n', 'It is read from the table of a web page.')
    """
    found = sorted(tables(source), key=_filled)
    if not found or not _filled(found[-1]):
        raise ValueError(
            "this is the source of a web page without a table: open it, mark the numbers, copy them and paste them here"
        )
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(found[-1])
    which = "table" if len(found) == 1 else f"fullest of {len(found):,} tables"
    return out.getvalue(), f"It is read from the {which} of a web page."


def _filled(table: Cells) -> int:
    return sum(sum(map(bool, row)) for row in table)


@dataclass
class _Open:
    """A table that has begun and not yet ended: its rows, and the texts of the cell that is open, if one is."""

    rows: Cells = field(default_factory=list)
    texts: list[str] | None = None
    rest: int = 0

    def add(self, text: str) -> None:
        """Add text to the cell that is open, if one is."""
        if self.texts is not None:
            self.texts.append(text)

    def begin(self, span: int) -> None:
        """Begin a cell; further columns that it spans come after it, empty."""
        if not self.rows:
            self.rows.append([])
        self.texts, self.rest = [], span - 1

    def end(self) -> None:
        """End the cell that is open, if one is."""
        if self.texts is not None:
            text = unescape(_ANY_TAG.sub("", "".join(self.texts)))
            self.rows[-1].extend([" ".join(text.split()), *[""] * self.rest])
        self.texts = None


def tables(source: str) -> list[Cells]:
    """Return the tables of a web page's source as rows of cells; one within another's cell is a table of its own."""
    text = _visible(source)
    done: list[Cells] = []
    stack: list[_Open] = []
    at = cells = 0
    for tag in _TAG.finditer(text):
        closes, name = bool(tag[1]), tag[2].lower()
        if name == "table" and not closes:
            stack.append(_Open())
        elif stack:
            top = stack[-1]
            top.add(text[at : tag.start()])
            if name not in ("table", "tr", "td", "th"):
                top.add(" ")  # a line's end within a cell
            else:
                top.end()
            if name == "table":
                done.append(stack.pop().rows)
            elif name == "tr" and not closes:
                top.rows.append([])
            elif name in ("td", "th") and not closes:
                span = min(int(found[1]), _WIDEST) if (found := _SPAN.search(tag[3])) else 1
                cells += max(span, 1)
                if cells > _MOST_CELLS:
                    raise ValueError(f"the web page has more than {_MOST_CELLS:,} cells: give one table alone, as CSV")
                top.begin(max(span, 1))
        at = tag.end()
    for one in reversed(stack):  # of a source that was cut
        one.add(text[at:])
        one.end()
        at = len(text)
        done.append(one.rows)
    return [[row for row in rows if row] for rows in done]


def _visible(source: str) -> str:
    """Return a source without comments, scripts and styles, in one walk however many of them never end."""
    first, *rest = source.split("<!--")
    text = "".join([first, *(part.partition("-->")[2] for part in rest)])
    shown, *hidden = _HIDDEN.split(text)
    return "".join([shown, *(_SHOWN.split(part, maxsplit=1)[-1] if _SHOWN.search(part) else "" for part in hidden)])


__all__ = ["as_tabs", "is_markup", "tables"]
