"""A decision as a stage: equally likely futures as dots, a threshold that steps round them, and what actions cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.checks import FloatArray
from bayes_core.figures.parts import chart
from bayes_core.figures.parts import dots as points

_BEYOND = 3.3  # times the least: where a curve is cut, a little above its axis


@dataclass(frozen=True)
class Up:
    """The axis of what actions cost, or pay: ends, marks with their words, and a title."""

    low: float
    high: float
    marks: tuple[float, ...]
    texts: tuple[str, ...]
    title: str


@dataclass(frozen=True)
class Axis(Up):
    """The axis that futures and actions share; its title has a short form for a phone."""

    short: str


TIMES = Up(1.0, 3.0, (1.0, 2.0, 3.0), ("1×", "2×", "3×"), "mean cost, times the least possible")
"""The axis of costs, which is the same under every handle."""


def dots_stage(
    axis: Axis,
    handle: str,
    sides: tuple[tuple[str, str], tuple[str, str]],
    note: str,
    acts: Sequence[tuple[str, str]] = (),
    up: Up = TIMES,
) -> dict[str, Any]:
    """Return what stays: the axis, the handle that is the threshold, what lies on either side of it, and a note.

    Each side is named twice, the second time for a phone. So are `acts`, the curves where actions are not amounts.
    """
    return {
        "type": "dots",
        "low": axis.low,
        "high": axis.high,
        "marks": list(axis.marks),
        "texts": list(axis.texts),
        "title": [axis.title, axis.short],
        "handle": handle,
        "sides": [list(side) for side in sides],
        "note": note,
        "acts": [list(act) for act in acts],
        "up": asdict(up),
    }


def dots_numbers(**parts: ArrayLike) -> Mapping[str, FloatArray]:
    """Return a stage's numbers (V, n): costs in times of the least are cut a little above the axis.

    >>> cut = dots_numbers(dots=np.zeros((1, 2)), costs=np.array([[1.0, 40.0]]))
    >>> cut["dots"].tolist(), cut["costs"].tolist()
    ([[0.0, 0.0]], [[1.0, 3.3]])
    """
    rows = {name: np.atleast_2d(np.asarray(values, float)) for name, values in parts.items()}
    return {name: np.minimum(v, _BEYOND) if name in ("costs", "times") else v for name, v in rows.items()}


def dots_figure(futures: FloatArray, names: Sequence[str] = ()) -> Any:
    """Return futures (n,) as columns of dots, for whoever has none of our JavaScript.

    >>> made = dots_figure(np.array([1.0, 1.1, 5.0]))["data"][0]
    >>> made["y"]
    [0.5, 1.5, 0.5]
    """
    values = np.sort(np.asarray(futures, float))
    low, high = float(values[0]), float(values[-1])
    column = np.round((values - low) / max(high - low, 1e-9) * 15)
    above = np.arange(len(values)) - np.searchsorted(column, column)
    room = 0.05 * (high - low) or 1.0
    place = low + column * (high - low) / 15
    traces = [points("futures", place, above + 0.5, "aleatoric", 16, "circle", "%{x:.4~g}")]
    return chart(traces, (low - room, high + room), (0.0, float(above.max()) + 2), (), (), "", "")
