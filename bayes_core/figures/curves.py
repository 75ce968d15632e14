"""The picture of a curve with its uncertainty: nested bands, member curves, and where there are no data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.checks import FloatArray
from bayes_core.figures.frames import broken, loop
from bayes_core.figures.parts import area, chart, dots, line
from bayes_core.summaries.curves import Curves

Range = tuple[float, float]


def numbers(found: Curves, y: Range) -> dict[str, FloatArray]:
    """Return bands and member curves as traces (V, n), held near the picture."""
    span = 3 * (y[1] - y[0])

    def hold(values: FloatArray) -> FloatArray:
        return np.clip(values, y[0] - span, y[1] + span)

    made = {f"{name}.y": loop(hold(lower), hold(upper)) for name, (lower, upper) in found.edges.items()}
    return made | {"members.y": broken(hold(found.members))}


def both_edges(lower: FloatArray, upper: FloatArray) -> FloatArray:
    """Return the edges (G,) of a band as one trace (2G + 1,) with a gap between them.

    >>> both_edges(np.array([0.0, 1.0]), np.array([2.0, 3.0]))
    array([ 0.,  1., nan,  2.,  3.])
    """
    return np.concatenate([lower, [np.nan], upper])


def figure(
    x: FloatArray,
    data: tuple[FloatArray, FloatArray],
    truth: FloatArray | None,
    reference: tuple[FloatArray, FloatArray] | None,
    limits: tuple[Range, Range],
    ticks: tuple[ArrayLike, ArrayLike],
    titles: tuple[str, str],
    concept: str,
    members: int,
    single: FloatArray | None = None,
) -> Any:
    """Return the figure that `numbers` move; beyond the data the paper is shaded. `single` is one curve more, a MAP."""
    around, empty = np.concatenate([x, x[::-1]]), np.full(2 * len(x), np.nan)
    low, high = limits[1]
    parts: list[dict[str, Any]] = []
    for name, (left, right) in (
        ("before data", (limits[0][0], float(data[0].min()))),
        ("after data", (float(data[0].max()), limits[0][1])),
    ):
        parts.append(area(name, [left, right, right, left], [low, low, high, high], "muted", 0.07, 0.0))
    many = np.tile([*x, np.nan], members)
    parts += [
        area("predictive", around, empty, "aleatoric", 0.10, 0.6),
        area("credible", around, empty, concept, 0.17, 0.6),
        area("inner", around, empty, concept, 0.30, 0.35),
        line("members", many, np.full(len(many), np.nan), concept, 0.9, opacity=0.3),
    ]
    if reference is not None:
        parts.append(line("reference", [*x, np.nan, *x], both_edges(*reference), "reference", 1.8, "dotted"))
    if single is not None:
        parts.append(line("map", x, single, "map", 2.0))
    if truth is not None:
        parts.append(line("truth", x, truth, "truth", 1.6, "dashed"))
    size = 10 if len(data[0]) <= 60 else 5.5
    parts.append(dots("data", *data, size=size, opacity=1 if size > 6 else 0.75))
    made = chart(parts, *limits, *ticks, *titles)
    return made


def spans(at: Sequence[int], x: FloatArray, digits: int = 2, beyond: bool = False) -> str:
    """Return runs of grid points in words; with `beyond`, one that reaches an end of the grid has no end there.

    >>> spans([0, 1, 2, 5], np.linspace(0, 5, 6))
    '0 to 2, 5'
    >>> spans([0, 1, 3, 5], np.linspace(0, 5, 6), beyond=True)
    'below 1, 3, above 5'
    """
    runs: list[list[int]] = []
    for i in at:
        if runs and i == runs[-1][1] + 1:
            runs[-1][1] = i
        else:
            runs.append([i, i])
    return ", ".join(_span(first, last, x, digits, beyond) for first, last in runs)


def _span(first: int, last: int, x: FloatArray, digits: int, beyond: bool) -> str:
    low, high = (f"{x[i]:.{digits}g}" for i in (first, last))
    if beyond and first == 0:
        return f"below {high}"
    if beyond and last == len(x) - 1:
        return f"above {low}"
    return low if first == last else f"{low} to {high}"
