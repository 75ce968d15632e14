"""The picture of several answers at one x: regions of highest density, the readings, and the slice where one asks."""

from __future__ import annotations

from typing import Any

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.outcome_map import OutcomeMap
from bayes_core.figures.parts import chart, dots, line

Range = tuple[float, float]
COLUMN = 5.6
"""Pixels: a column of the region, a little wider than columns lie apart on the widest of pages."""


def answers_figure(data: tuple[FloatArray, FloatArray], x: Range, y: Range, titles: tuple[str, str]) -> dict[str, Any]:
    """Return the figure that `answers_numbers` move."""
    made: dict[str, Any] = chart(
        [
            line("outer", [x[0]], [np.nan], "aleatoric", COLUMN, opacity=0.22),
            line("inner", [x[0]], [np.nan], "aleatoric", COLUMN, opacity=0.34),
            dots("data", *data, size=4.5, opacity=0.7),
            line("here line", [x[0]] * 2, [np.nan] * 2, "data", 1.2),
            line("true slice", [x[0]], [np.nan], "truth", 1.6, "dashed"),
            line("slice", [x[0]], [np.nan], "aleatoric", 2.4),
            line("slice place", [x[0]], [np.nan], "aleatoric", 0.0),
            line("true slice place", [x[0]], [np.nan], "truth", 0.0),
        ],
        x,
        y,
        (0, 1, 2, 3, 4),
        (0, 3, 6, 9, 12),
        *titles,
    )
    return made


def columns(told: OutcomeMap, level: float) -> tuple[FloatArray, FloatArray]:
    """Return the region of a level as upright strokes, x and y (1, n) each, parted by gaps."""
    across, up = [np.nan], [np.nan]
    for x, pieces in zip(told.x.tolist(), told.pieces(level), strict=True):
        for low, high in pieces:
            across += [x, x, np.nan]
            up += [low, high, np.nan]
    return np.array([across]), np.array([up])


def slices(
    at: FloatArray, own: tuple[FloatArray, FloatArray], true: tuple[FloatArray, FloatArray], reach: float
) -> dict[str, FloatArray]:
    """Return two densities (y (L,), (V, L)) laid on their side at x (V,), the higher one of each pair `reach` long.

    Their names stand at the top of the own one, and where the true one's last hump is.
    """
    (y, shown), (day, hidden) = own, true
    scale = reach / np.maximum(shown.max(1), hidden.max(1))
    x, true_x = (at[:, None] + scale[:, None] * density for density in (shown, hidden))
    rows, top = np.arange(len(at)), shown.argmax(1)
    late = np.where(day > (day[0] + day[-1]) / 2, hidden, -1.0).argmax(1)
    return {
        "slice.x": x,
        "slice.y": y[None],
        "slice place.x": x[rows, top][:, None],
        "slice place.y": y[top][:, None],
        "true slice.x": true_x,
        "true slice.y": day[None],
        "true slice place.x": true_x[rows, late][:, None],
        "true slice place.y": day[late][:, None],
    }
