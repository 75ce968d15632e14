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


def slices(density: FloatArray, at: FloatArray, scale: float) -> FloatArray:
    """Return densities (V, L) laid on their side at x (V,); a density of one is `scale` long."""
    return np.asarray(at[:, None] + scale * density)
