"""Pictures of MAP and ridge where the handles stand: the curve, the weights, the bowl of the loss."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.checks import FloatArray
from bayes_core.figures.frames import broken, loop
from bayes_core.figures.parts import area, chart, dots, line
from bayes_core.ridge.answers import Answers
from bayes_core.ridge.bowl import Bowl

Numbers = dict[str, FloatArray]
Range = tuple[float, float]


def _hold(values: FloatArray, limits: Range) -> FloatArray:
    """Keep values within three heights of the picture: what lies farther out is off the chart anyway."""
    span = 3 * (limits[1] - limits[0])
    return np.clip(values, limits[0] - span, limits[1] + span)


# --------------------------------------------------------------------------------------------------- the curve
def curve_numbers(found: Answers, y: Range, data: FloatArray | None = None, offset: float = 0.0) -> Numbers:
    """Return bands and curves over the grid as traces, held near the picture, with the targets `data` (N,) if given.

    `offset` is added to all of them: what was taken off the targets before they were fitted.
    """
    bands = {"predictive": found.predictive, "credible": found.credible}
    numbers = {
        f"{name}.y": loop(_hold(band.lower + offset, y), _hold(band.upper + offset, y)) for name, band in bands.items()
    }
    curves = {"map.y": found.curve, "scikit.y": found.scikit_curve} | ({} if data is None else {"data.y": data[None]})
    return numbers | {name: _hold(values + offset, y) for name, values in curves.items()}


def curve_figure(
    x: FloatArray,
    data: tuple[FloatArray, FloatArray],
    truth: FloatArray | None,
    limits: tuple[Range, Range],
    ticks: tuple[ArrayLike, ArrayLike],
    titles: tuple[str, str],
    held_out: tuple[FloatArray, FloatArray] | None = None,
) -> Any:
    """Return the figure that curve_numbers move; limits, ticks and titles are those of x and of y.

    `truth` (G,) is drawn where it is known; points that are `held_out` are hollow.
    """
    around, nothing = np.concatenate([x, x[::-1]]), np.full(len(x), np.nan)
    empty = np.full(2 * len(x), np.nan)
    size = 10 if len(data[0]) <= 50 else 5.5
    return chart(
        [
            area("predictive", around, empty, "aleatoric", 0.10, 0.6),
            area("credible", around, empty, "posterior", 0.17, 0.6),
            *([] if truth is None else [line("truth", x, truth, "truth", 1.6, "dashed")]),
            line("map", x, nothing, "map", 2.6),
            line("scikit", x, nothing, "paper", 1.6, "dotted"),
            dots("data", *data, size=size, opacity=1 if size > 6 else 0.75),
            *([] if held_out is None else [dots("held out", *held_out, size=size, symbol="circle-open")]),
        ],
        *limits,
        *ticks,
        *titles,
    )


# ------------------------------------------------------------------------------------------------- the weights
def weight_numbers(found: Answers, width: FloatArray, top: float, columns: int) -> Numbers:
    """Return modes, means and posterior intervals of the first columns, between the ends -+width (V,) of the prior.

    NaN where a model has no such weight. The axis reaches from -top to top.
    """
    y = (-top, top)
    lower, upper, coef, mean = (
        _hold(part[:, :columns], y) for part in (found.lower, found.upper, found.coef, found.mean)
    )
    reach = np.repeat(width[:, None], 2, axis=1)
    return {
        "spreads.y": broken(np.stack([lower, upper], -1)),
        "modes.y": coef,
        "means.y": mean,
        "reach.y": np.minimum(reach, 3 * top),
        "reach below.y": np.maximum(-reach, -3 * top),
    }


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
def bowl_numbers(found: Bowl, path: FloatArray, axes: tuple[Range, Range]) -> Numbers:
    """Return contours of likelihood, prior and their sum, with the MAP on its path (L, 2), held near the picture."""
    contours = {"likelihood": found.likelihood, "prior": found.prior, "loss": found.loss}
    numbers = {f"{n}.{axis}": broken(rings[..., k]) for n, rings in contours.items() for k, axis in enumerate("xy")}
    for k, axis in enumerate("xy"):
        numbers[f"map.{axis}"] = found.mode[:, k : k + 1]
        numbers[f"best.{axis}"] = found.centre[:, k : k + 1]
        numbers[f"path.{axis}"] = path[None, :, k]
    return {name: _hold(values, axes["xy".index(name[-1])]) for name, values in numbers.items()}


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
            dots("best", [np.nan], [np.nan], "likelihood", 10, hover="others held: %{x:.3~g}, %{y:.3~g}"),
            dots("map", [np.nan], [np.nan], "map", 14, "diamond", hover="MAP %{x:.3~g}, %{y:.3~g}"),
        ],
        x,
        y,
        x_ticks,
        y_ticks,
        names[0],
        names[1],
    )
