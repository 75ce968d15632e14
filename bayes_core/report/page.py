"""A report: pictures, films and numbers as one HTML file that opens without a network, prints, and moves by hand.

The sentences are whoever makes it says; this file only knows how a report is laid out.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path


@dataclass(frozen=True)
class Table:
    """A heading row and rows of cells as text; `note` stands under it."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Code:
    """Text that stays as it is, folded away until somebody opens it."""

    title: str
    text: str


@dataclass(frozen=True)
class Folded:
    """A long table, folded away until somebody opens it."""

    title: str
    table: Table


@dataclass(frozen=True)
class Link:
    """An address, in full: on paper nobody can press it."""

    url: str


Part = str | Table | Code | Folded | Link


@dataclass(frozen=True)
class Section:
    """A heading, and under it paragraphs, tables, links and scripts; one without parts is left out."""

    id: str
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Parcel:
    """A picture packed for the browser: what stays, its films, its message, and messages of what followed it."""

    still: bytes
    films: tuple[bytes, ...]
    picture: bytes
    more: tuple[bytes, ...] = ()
    plotly: bool = True


@dataclass(frozen=True)
class Chart:
    """A live chart: its parcel, the deflated modules that draw it, the style sheet, and the script that begins.

    `hint` says how it is moved, `fallback` what holds where it cannot be drawn.
    """

    parcel: Parcel
    code: bytes
    sheet: str
    boot: str
    hint: str
    fallback: str


@dataclass(frozen=True)
class Report:
    """What a report says, from the top: what it is about, its question, what was found, the chart, the rest."""

    about: str
    question: str
    made: str
    findings: tuple[str, ...]
    chart: Chart
    sections: tuple[Section, ...]


_NOTHING_OUTSIDE = (
    "default-src 'none'; script-src 'unsafe-inline' blob:; style-src 'unsafe-inline'; img-src data: blob:; "
    "font-src data:"
)


def as_html(report: Report) -> str:
    """Return a report as one HTML file; by its own policy it can load nothing from elsewhere.

    >>> chart = Chart(Parcel(b"", (), b"", plotly=False), b"", "", "", "Drag.", "The tables hold.")
    >>> made = as_html(Report("A lesson", "Is 1 < 2?", "today", ("Yes.",), chart, ()))
    >>> "<h1>Is 1 &lt; 2?</h1>" in made, "://" in made
    (True, False)
    """
    shown = [section for section in report.sections if section.parts]
    found = "".join(f"<p>{escape(one)}</p>" for one in report.findings)
    contents = "".join(f'<li><a href="#{one.id}">{escape(one.title)}</a></li>' for one in shown)
    chart = report.chart
    held = [_held("code", _base64(chart.code)), _held("parcel", _parcel(chart.parcel))]
    if chart.parcel.plotly:
        held.append(_held("plotly", _plotly()))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_NOTHING_OUTSIDE}">'
        f"<title>{escape(report.question)}</title><style>{chart.sheet}</style></head><body><main>"
        f'<header><p class="about">{escape(report.about)}</p><h1>{escape(report.question)}</h1>'
        f'<p class="made">{escape(report.made)}</p></header>'
        f'<section id="finding" class="finding">{found}</section>'
        f'<section id="live"><p class="hint">{escape(chart.hint)}</p><div id="chart"></div>'
        f'<p class="fallback">{escape(chart.fallback)}</p>'
        f"<noscript><p>{escape(chart.fallback)}</p></noscript></section>"
        f'<nav aria-label="Contents"><ol>{contents}</ol></nav>'
        f"{''.join(_section(one) for one in shown)}</main>{''.join(held)}<script>{chart.boot}</script></body></html>"
    )


def _section(section: Section) -> str:
    parts = "".join(_part(part) for part in section.parts)
    return f'<section id="{section.id}"><h2>{escape(section.title)}</h2>{parts}</section>'


def _part(part: Part) -> str:
    if isinstance(part, Table):
        return _table(part)
    if isinstance(part, Folded):
        return f"<details><summary>{escape(part.title)}</summary>{_table(part.table)}</details>"
    if isinstance(part, Code):
        return f"<details><summary>{escape(part.title)}</summary><pre><code>{escape(part.text)}</code></pre></details>"
    if isinstance(part, Link):
        return f'<p class="link"><a href="{escape(part.url)}" rel="noreferrer">{escape(part.url)}</a></p>'
    return f"<p>{escape(part)}</p>"


def _table(table: Table) -> str:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in table.heads)
    rows = "".join(_row(row) for row in table.rows)
    note = f"<p>{escape(table.note)}</p>" if table.note else ""
    return f'<div class="wide"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>{note}'


def _row(cells: Sequence[str]) -> str:
    first, *rest = cells
    others = "".join(f"<td>{escape(cell)}</td>" for cell in rest)
    return f'<tr><th scope="row">{escape(first)}</th>{others}</tr>'


def _held(id: str, text: str) -> str:
    return f'<script type="text/plain" id="{id}">{text}</script>'


def _parcel(parcel: Parcel) -> str:
    return json.dumps(
        {
            "still": _base64(parcel.still),
            "films": [_base64(film) for film in parcel.films],
            "picture": _base64(parcel.picture),
            "more": [_base64(one) for one in parcel.more],
        }
    )


def _base64(content: bytes) -> str:
    return b64encode(content).decode()


@cache
def _plotly() -> str:
    """Return Plotly as its own package brings it, deflated: 2 MB in place of 5."""
    import plotly  # noqa: PLC0415 (only a report needs it whole)

    path = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    return _base64(zlib.compress(path.read_bytes(), 6))


__all__ = ["Chart", "Code", "Folded", "Link", "Parcel", "Part", "Report", "Section", "Table", "as_html"]
