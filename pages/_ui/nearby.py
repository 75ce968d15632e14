"""Around a point that is held: the picture's lines where the point may be in the next moment.

    nearby(lesson, settings, source, i, fineness) -> Near | None      `settings` show a `source` whose point i is held

The browser draws between these places while the point moves (assets/live/near.js), without waiting for the server.
Words and panels are not among them: between two of them lies no third, and they come from exact answers alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Source
from bayes_core.figures.between import missed
from bayes_core.figures.film import Film, pack
from bayes_core.figures.frames import Frames

from .holding import held

ACROSS = (1 / 32, 1 / 96, 0.0)
"""How far places lie apart as a share of the horizontal axis, ever finer; at last there is one alone.

The first is about 20 pixels where the window has 1440.
"""
UP = {7: 1 / 24, 3: 1 / 3}
"""The same of the vertical axis, by how many there are: lines that follow a target straight need three, far apart."""
MISS = 1 / 800
"""How far the middle place may lie from what the others say, as a share of the picture's height: half a pixel."""
DOTS = ("data", "held out")


@dataclass(frozen=True)
class Near:
    """The lines with point i at places x and y, y by y for every x: a film with a position for each."""

    i: int
    fineness: int
    x: FloatArray
    y: FloatArray
    film: Film

    @property
    def told(self) -> dict[str, Any]:
        """Return what the browser hears of it beside the film."""
        return {"i": self.i, "fineness": self.fineness, "x": self.x.tolist(), "y": self.y.tolist()}


def nearby(lesson: Any, settings: Any, source: Source, i: int, fineness: int = 0) -> Near | None:
    """Return the lines around point i, as far apart as they can be drawn between; nothing where none can.

    `fineness` is where to begin. Raises ValueError where one of the places has no answer.
    """
    up = settings.near
    if not up:
        return None
    axes, data = source.axes, source.dataset
    heights = _places(float(data.y[i]), UP[up], axes.y_range, up)
    for fine in range(min(max(fineness, 0), len(ACROSS) - 1), len(ACROSS)):
        across = _places(float(data.x[i, 0]), ACROSS[fine], axes.x_range, 5 if ACROSS[fine] else 1)
        lines = _over(lesson, settings, source, i, across, heights)
        if all(_even(one, across, heights, axes.y_range) for one in lines.values()):
            numbers = {name: one.reshape(-1, one.shape[2]) for name, one in lines.items()}
            film = pack(Frames("near", np.arange(len(across) * float(up)), numbers, {}))
            return Near(i, fine, across, heights, film)
    return None


def _places(at: float, share: float, ends: tuple[float, float], count: int) -> FloatArray:
    reach = share * (ends[1] - ends[0]) * (count // 2)
    return at + np.linspace(-reach, reach, count)


def _even(lines: FloatArray, across: FloatArray, heights: FloatArray, limits: tuple[float, float]) -> bool:
    """Return whether lines (X, Y, n) can be drawn between."""
    along = missed(lines, across, limits), missed(lines.swapaxes(0, 1), heights, limits)
    return max(along) <= MISS * (limits[1] - limits[0])


def _over(
    lesson: Any, settings: Any, source: Source, i: int, across: FloatArray, heights: FloatArray
) -> Mapping[str, FloatArray]:
    """Return the lines (X, Y, n) with point i at every place."""
    columns = []
    for x in across:
        rows = source.dataset.x.copy()
        rows[i, 0] = x
        targets = np.tile(source.dataset.y, (len(heights), 1))
        targets[:, i] = heights
        moved = replace(source, dataset=replace(source.dataset, x=rows))
        seen = [_lines(lesson, one) for one in _asked(settings, moved, targets)]
        columns.append({name: np.concatenate([lines[name] for lines in seen]) for name in seen[0]})
    return {name: np.stack([column[name] for column in columns]) for name in columns[0]}


def _asked(settings: Any, source: Source, targets: FloatArray) -> Iterator[Any]:
    """Yield the settings to look with: once for all targets (V, N) together where the lesson can, else for each."""
    if settings.together:
        yield held(settings, replace(source, tried=targets), len(targets))
        return
    for y in targets:
        yield held(settings, replace(source, dataset=replace(source.dataset, y=y)))


def _lines(lesson: Any, here: Any) -> Mapping[str, FloatArray]:
    handle = here.handles[0]
    view, at = lesson.view(here, handle), here.positions(handle)
    traces = {trace["name"] for trace in view.figure["data"]} - {*DOTS}
    numbers = view.frames(handle, at).numbers.items()
    drawn = {name: rows for name, rows in numbers if name.rpartition(".")[0] in traces}
    return {name: np.broadcast_to(rows, (len(at), rows.shape[1])) for name, rows in drawn.items()}
