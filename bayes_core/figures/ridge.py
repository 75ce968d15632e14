"""Pictures of MAP and ridge: the curve, the weights, the bowl of the loss, paths, errors, bias and variance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.checks import FloatArray
from bayes_core.figures.frames import broken, loop
from bayes_core.figures.parts import area, chart, dots, line

Numbers = dict[str, FloatArray]
Range = tuple[float, float]


def _hold(values: FloatArray, limits: Range) -> FloatArray:
    """Keep values within three heights of the picture: what lies farther out is off the chart anyway."""
    span = 3 * (limits[1] - limits[0])
    return np.clip(values, limits[0] - span, limits[1] + span)


# --------------------------------------------------------------------------------------------------- the curve
def curve_numbers(
    bands: Mapping[str, tuple[FloatArray, FloatArray]], curves: Mapping[str, FloatArray], y: Range
) -> Numbers:
    """Return bands {name: (lower, upper)} and curves {name: (V, G)} as traces, held near the picture."""
    numbers = {f"{name}.y": loop(_hold(low, y), _hold(high, y)) for name, (low, high) in bands.items()}
    return numbers | {f"{name}.y": _hold(curve, y) for name, curve in curves.items()}


def curve_figure(
    x: FloatArray,
    data: tuple[FloatArray, FloatArray],
    truth: FloatArray,
    limits: tuple[Range, Range],
    ticks: tuple[ArrayLike, ArrayLike],
    titles: tuple[str, str],
) -> Any:
    """Return the figure that curve_numbers move; limits, ticks and titles are those of x and of y."""
    around, nothing = np.concatenate([x, x[::-1]]), np.full(len(x), np.nan)
    empty = np.full(2 * len(x), np.nan)
    size = 10 if len(data[0]) <= 50 else 5.5
    return chart(
        [
            area("predictive", around, empty, "aleatoric", 0.10, 0.6),
            area("credible", around, empty, "posterior", 0.17, 0.6),
            line("truth", x, truth, "truth", 1.6, "dashed"),
            line("map", x, nothing, "map", 2.6),
            line("scikit", x, nothing, "paper", 1.6, "dotted"),
            dots("data", *data, size=size, opacity=1 if size > 6 else 0.75),
        ],
        *limits,
        *ticks,
        *titles,
    )


# ------------------------------------------------------------------------------------------------- the weights
def weight_numbers(coef: FloatArray, lower: FloatArray, upper: FloatArray, mean: FloatArray, y: Range) -> Numbers:
    """Return modes, means and posterior intervals (V, P) of the weights; NaN where a model has no such weight."""
    bars = np.stack([_hold(lower, y), _hold(upper, y)], -1)
    return {"spreads.y": broken(bars), "modes.y": _hold(coef, y), "means.y": _hold(mean, y)}


def weight_figure(names: Sequence[str], y: Range, y_ticks: Sequence[float], width: float, title: str) -> Any:
    """Return the figure that weight_numbers move, over the prior's own interval."""
    at = np.arange(len(names), dtype=float)
    nothing = np.full(len(names), np.nan)
    places = broken(np.stack([at, at], -1)[None])[0]
    edge = (-0.6, len(names) - 0.4)
    return chart(
        [
            line("zero", edge, [0, 0], "muted", 1),
            line("reach", edge, [width, width], "prior", 1.4, "short"),
            line("reach below", edge, [-width, -width], "prior", 1.4, "short"),
            line("spreads", places, np.full(len(places), np.nan), "posterior", 5, opacity=0.45),
            dots("means", at, nothing, "posterior", 9, hover="%{y:.4~g}"),
            dots("modes", at, nothing, "map", 12, "diamond", hover="%{y:.4~g}"),
        ],
        edge,
        y,
        at,
        y_ticks,
        "weight",
        title,
        names,
    )


# ---------------------------------------------------------------------------------------------------- the bowl
LEVELS = (0.5, 2.0, 4.5)
"""How far above its lowest point each contour of the loss lies: where a Gaussian is 1, 2 and 3 sd from its top."""


def bowl_numbers(
    contours: Mapping[str, Sequence[FloatArray]], centre: FloatArray, path: FloatArray, best: FloatArray
) -> Numbers:
    """Return contours {name: [(V, G, 2)]} of likelihood, prior and their sum, with MAP (V, 2) on its path (L, 2)."""
    numbers: Numbers = {}
    for name, rings in contours.items():
        for k, axis in enumerate("xy"):
            numbers[f"{name}.{axis}"] = broken(np.stack([ring[:, :, k] for ring in rings], 1))
    for k, axis in enumerate("xy"):
        numbers[f"map.{axis}"] = centre[:, k : k + 1]
        numbers[f"best.{axis}"] = best[:, k : k + 1]
        numbers[f"path.{axis}"] = path[None, :, k]
    return numbers


def bowl_figure(x: Range, y: Range, x_ticks: Any, y_ticks: Any, names: tuple[str, str]) -> Any:
    """Return the figure that bowl_numbers move."""
    nothing = [np.nan, np.nan]
    return chart(
        [
            line("axis x", x, [0, 0], "muted", 0.8),
            line("axis y", [0, 0], y, "muted", 0.8),
            line("likelihood", nothing, nothing, "likelihood", 1.5, "dotted"),
            line("prior", nothing, nothing, "prior", 1.5, "short"),
            line("loss", nothing, nothing, "posterior", 1.8),
            line("path", nothing, nothing, "map", 1.4, opacity=0.6),
            dots("best", [np.nan], [np.nan], "likelihood", 10, hover="least squares %{x:.3~g}, %{y:.3~g}"),
            dots("map", [np.nan], [np.nan], "map", 14, "diamond", hover="MAP %{x:.3~g}, %{y:.3~g}"),
        ],
        x,
        y,
        x_ticks,
        y_ticks,
        names[0],
        names[1],
    )


# ------------------------------------------------------------------------------------- paths, errors, bias
def over_penalty(
    curves: Sequence[dict[str, Any]],
    marks: Sequence[tuple[str, str, str]],
    x: Range,
    y: Range,
    y_ticks: Any,
    y_title: str,
) -> Any:
    """Return a figure over log10 lambda, with upright marks (name, concept, dash) that numbers place."""
    ticks = np.arange(np.ceil(x[0]), np.floor(x[1]) + 1, max(1, round((x[1] - x[0]) / 6)))
    texts = [f"{10**t:g}" if -4 < t < 5 else f"1e{t:.0f}" for t in ticks]
    upright = [line(name, [x[0], x[0]], list(y), concept, 1.6, dash) for name, concept, dash in marks]
    return chart([*curves, *upright], x, y, ticks, y_ticks, "λ = noise² / width²", y_title, texts)


def upright(name: str, at: FloatArray) -> Numbers:
    """Return where an upright mark stands: log10 lambda (V,)."""
    return {f"{name}.x": np.repeat(at[:, None], 2, axis=1)}
