"""The numbers behind a picture, at one position of its handles, as a table and as CSV.

One row is one point of a trace; what no axis belongs to (a share, a panel's density) is told by its place in a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.upload.export import as_csv
from bayes_core.figures.film import Film
from bayes_core.figures.picture import Handle, Picture, as_json


@dataclass(frozen=True, eq=False)
class Series:
    """Some numbers of a picture: a trace, with its edge where it outlines a band, or a row that no axis belongs to.

    Such a row has `places` of its own, or counts them.
    """

    name: str
    edge: str
    x: FloatArray | None
    y: FloatArray
    strip: bool = False
    places: FloatArray | None = None


def series(picture: Picture, films: Sequence[Film], position: int) -> tuple[Series, ...]:
    """Return all numbers of a picture at one position of the handle of its films; a later film adds to the first."""
    rows = {name: row for film in films for name in film.numbers if (row := film.row(name, position)) is not None}
    traces = picture.figure["data"] if picture.figure else []
    drawn = [one for trace in traces for one in _traced(trace, rows)]
    of_traces = {f"{trace['name']}.{axis}" for trace in traces for axis in "xy"}
    scales = {panel["id"]: panel for panel in picture.panels if panel.get("type") == "spark"}
    rest = [_untraced(name, row, scales) for name, row in rows.items() if name not in of_traces]
    return (*drawn, *rest)


def numbers_as_csv(picture: Picture, films: Sequence[Film], home: Mapping[str, int], handles: Sequence[Handle]) -> str:
    """Return the numbers behind a picture as CSV, where its handles stand; these come first.

    Titles of axes, with their units, head the columns; a break in a line is an empty cell.
    """
    films = [film for film in films if film.handle == films[0].handle]
    told = series(picture, films, home[films[0].handle]) if films else ()
    layout = picture.figure["layout"] if picture.figure else {}
    x, y, strip = (layout.get(axis, {}).get("title", {}).get("text", "") for axis in ("xaxis", "yaxis", "yaxis2"))
    heads = ["part", "edge", "place", x or "x", y or "y", *([strip or "y below"] if strip else []), "value"]
    rows: list[list[Any]] = [
        ["".join(handle.label), "handle", *[None] * (len(heads) - 3), handle.values[home[handle.id]]]
        for handle in handles
    ]
    for one in told:
        places = np.arange(1, len(one.y) + 1) if one.places is None else one.places
        for at, place in enumerate(places.tolist()):
            value = _short(one.y[at])
            if one.x is None:
                cells = [None, None, *([None] if strip else []), value]
            else:
                levels = [None if one.strip else value, *([value if one.strip else None] if strip else [])]
                cells = [_short(one.x[at]), *levels, None]
            rows.append([one.name, one.edge, _short(place), *cells])
    return as_csv(heads, list(zip(*rows, strict=True)) if rows else [[] for _ in heads])


def _short(value: float) -> float:
    """Return a number in the digits that a film keeps: one part in 65,534 of what it spans."""
    return float(f"{value:.7g}")


def _traced(trace: Mapping[str, Any], rows: Mapping[str, FloatArray]) -> Iterator[Series]:
    """Yield a trace as it is drawn here; the outline of a band as its two edges, from left to right."""
    name, strip = str(trace["name"]), trace.get("yaxis") == "y2"
    x, y = (_drawn(trace, rows, axis) for axis in "xy")
    if x is None or y is None or len(x) != len(y) or not np.isfinite(y).any():
        return
    half = len(x) // 2
    outlines = trace.get("fill") == "toself" and 2 * half == len(x) > 2 and np.array_equal(x[:half], x[half:][::-1])
    if outlines:  # along the top, and back along the bottom (figures/frames.py)
        yield Series(name, "lower", x[:half], y[half:][::-1], strip)
        yield Series(name, "upper", x[:half], y[:half], strip)
    else:
        yield Series(name, "", x, y, strip)


def _drawn(trace: Mapping[str, Any], rows: Mapping[str, FloatArray], axis: str) -> FloatArray | None:
    moving = rows.get(f"{trace['name']}.{axis}")
    if moving is not None:
        return moving
    still = as_json(trace.get(axis))
    if not isinstance(still, list):
        return None
    return np.array([np.nan if v is None else v for v in still], dtype=float)


def _untraced(name: str, row: FloatArray, scales: Mapping[str, Mapping[str, Any]]) -> Series:
    """Return a row that no trace of the figure shows; a panel's density knows its axis."""
    head, _, part = name.rpartition(".")
    if head in scales and part in ("density", "prior"):
        scale = scales[head]
        named = f"{scale['name']}{', ' if scale['unit'] else ''}{scale['unit']}"
        places = np.linspace(scale["low"], scale["high"], len(row))
        return Series(f"{'prior density' if part == 'prior' else 'density'} of {named}", "", None, row, places=places)
    return Series(name, "", None, row)


__all__ = ["Series", "numbers_as_csv", "series"]
