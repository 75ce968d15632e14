"""The stages as charts, for whoever has none of our JavaScript: people in their cells, a square of probabilities."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.figures.bells import bells_figure
from bayes_core.figures.dots import dots_figure
from bayes_core.figures.ladder import ladder_figure
from bayes_core.figures.net import net_figure
from bayes_core.figures.parts import area, chart, dots
from bayes_core.figures.tilt import tilt_figure
from bayes_core.foundations.quantities import CELLS

_ROWS = 25
_LOOKS = {
    "both": ("posterior", "circle", 1.0),
    "only": ("prior", "circle", 1.0),
    "other": ("posterior", "circle-open", 1.0),
    "neither": ("muted", "circle", 0.35),
}


def people_figure(counts: ArrayLike, names: Sequence[str] = CELLS) -> Any:
    """Return a thousand people as dots, column by column, `counts` (4,) of them in each cell, cells in their order.

    >>> [len(trace["x"]) for trace in people_figure([8, 2, 95, 895])["data"]]
    [8, 2, 95, 895]
    """
    ends = np.concatenate([[0], np.cumsum(np.round(np.asarray(counts, float))).astype(int)])
    traces = []
    for (concept, symbol, opacity), name, first, last in zip(_LOOKS.values(), names, ends[:-1], ends[1:], strict=True):
        at = np.arange(first, last)
        traces.append(dots(name, at // _ROWS, -(at % _ROWS), concept, 6, symbol, name, opacity))
    return chart(traces, (-1, max(ends[-1] / _ROWS, 1)), (-_ROWS, 1), (), (), "", "")


def square_figure(joint: ArrayLike, names: Sequence[str] = CELLS) -> Any:
    """Return a unit square cut by two events, whose areas are their joint probabilities (4,); an open one is empty.

    >>> whole = square_figure([0.1, 0.4, 0.2, 0.3])["data"][0]
    >>> max(whole["x"]), round(max(whole["y"]) - min(whole["y"]), 6)
    (0.5, 0.2)
    """
    both, only, other, neither = np.nan_to_num(np.asarray(joint, float))
    a, rest = both + only, other + neither
    cut, high = (both / a if a > 0 else 0.0), (other / rest if rest > 0 else 0.0)
    boxes = [(0, a, 1 - cut, 1), (0, a, 0, 1 - cut), (a, 1, 1 - high, 1), (a, 1, 0, 1 - high)]
    traces = []
    for (concept, _, opacity), name, (left, right, low, top) in zip(_LOOKS.values(), names, boxes, strict=True):
        fill = 0.6 * opacity if np.isfinite(np.asarray(joint, float)).all() else 0.0
        x, y = [left, right, right, left, left], [low, low, top, top, low]
        traces.append(area(name, [float(v) for v in x], [float(v) for v in y], concept, fill, 0.9))
    return chart(traces, (0, 1), (0, 1), (), (), "", "")


STAGES: Mapping[str, tuple[str, Callable[..., Any]]] = {
    "people": ("people", people_figure),
    "square": ("joint", square_figure),
    "dots": ("dots", dots_figure),
    "ladder": ("probability", ladder_figure),
    "net": ("after", net_figure),
    "bells": ("q", bells_figure),
    "tilt": ("q90", tilt_figure),
}
"""By a stage's type: the numbers of its film that it draws, and the chart of them."""
