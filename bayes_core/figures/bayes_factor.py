"""Pictures of a Bayes factor: rival predictions, two heights at one place, evidence as it comes, priors, and stops.

A Bayes factor is drawn on a logarithmic axis, the evidence against H0 upwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.figures.parts import area, chart, dots, line, with_strip
from bayes_core.summaries.wording import raised

Numbers = dict[str, FloatArray]
_LN10 = float(np.log(10))
_EVIDENCE = "Bayes factor against H₀"


class Across(NamedTuple):
    """The horizontal axis: ends, ticks and a title."""

    low: float
    high: float
    ticks: Sequence[float]
    title: str


def powers(top: int) -> tuple[tuple[float, float], list[float], list[str]]:
    """Return an axis of Bayes factors from 1 / 10^top to 10^top: ends, ticks and their words.

    >>> powers(2)[2], powers(3)[2][0]
    (['0.01', '0.1', '1', '10', '100'], '10⁻³')
    """
    step = 1 if top <= 3 else -(-top // 3)
    marks = [k for k in range(-top, top + 1) if k % step == 0]
    return (-top - 0.15, top + 0.15), [float(k) for k in marks], [_power(k) for k in marks]


def _power(k: int) -> str:
    if abs(k) > 2:
        return f"10{raised(k)}"
    return f"{10.0**k:g}"


def _shown(log: FloatArray, top: int) -> FloatArray:
    """Return natural logs on the axis of powers of ten, none farther out than just beyond its ends."""
    return np.clip(log / _LN10, -top - 1.0, top + 1.0)


# -------------------------------------------------------------------------------------------------- predictions
def predictions_figure(at: FloatArray, across: Across, highest: float, up: str, top: int) -> Any:
    """Return what either hypothesis predicted over all outcomes, and below it the Bayes factor of every outcome."""
    nothing = np.full(len(at), np.nan)
    around = np.concatenate([at, at[::-1]])
    marks = [0.0, highest / 2, highest]
    upper = chart(
        [
            area("other area", around, np.full(len(around), np.nan), "prior", 0.14, 0.0),
            line("null", at, nothing, "reference", 2.2, "dotted"),
            line("other", at, nothing, "prior", 2.2),
            line("seen", [np.nan, np.nan], [0, highest * 1.16], "data", 1.0),
            dots("seen null", [np.nan], [np.nan], "reference", 10),
            dots("seen other", [np.nan], [np.nan], "prior", 10),
        ],
        (across.low, across.high),
        (0, highest * 1.3),
        across.ticks,
        marks,
        across.title,
        up,
        y_texts=[f"{mark:.2g}" for mark in marks],
    )
    ends, ticks, texts = powers(top)
    lower = [
        line("even", [across.low, across.high], [0, 0], "muted", 1, "dashed"),
        line("ratio", at, nothing, "posterior", 2.2),
        line("seen below", [np.nan, np.nan], [ends[0], ends[1]], "data", 1.4),
        dots("seen ratio", [np.nan], [np.nan], "posterior", 11),
    ]
    return with_strip(upper, lower, ends, ticks, "Bayes factor", texts, share=0.36)


def predictions_numbers(
    predicted: tuple[FloatArray, FloatArray], seen: FloatArray, told: tuple[FloatArray, FloatArray], top: int
) -> Numbers:
    """Return both predictions (V, K) as logs, where the data are (V,), and the logs (V,) that they were given there."""
    null, other = predicted
    here = np.broadcast_to(seen, np.broadcast_shapes(seen.shape, told[0].shape))[:, None]
    high = np.exp(other)
    twice = np.repeat(here, 2, 1)
    ratio = np.broadcast_arrays(told[1] - told[0], here[:, 0])[0]
    return {
        "null.y": np.exp(null),
        "other.y": high,
        "other area.y": np.concatenate([high, np.zeros_like(high)], -1),
        "ratio.y": _shown(other - null, top),
        "seen.x": twice,
        "seen below.x": twice,
        "seen null.x": here,
        "seen null.y": np.exp(told[0])[:, None],
        "seen other.x": here,
        "seen other.y": np.exp(told[1])[:, None],
        "seen ratio.x": here,
        "seen ratio.y": _shown(ratio, top)[:, None],
    }


# ------------------------------------------------------------------------------------------------------ heights
def heights_figure(at: FloatArray, across: Across, lowest: float, highest: float) -> Any:
    """Return prior and posterior over the parameter, their heights at H0 as dots, on a logarithmic axis."""
    nothing = np.full(len(at), np.nan)
    marks = list(range(int(np.ceil(lowest)), int(np.floor(highest)) + 1))
    box = [np.nan] * 4
    return chart(
        [
            area("inside", box, [lowest, highest, highest, lowest], "reference", 0.16, 0.0),
            line("null", [np.nan, np.nan], [lowest, highest], "reference", 1.4, "dotted"),
            line("prior", at, nothing, "prior", 2.2, "short"),
            line("posterior", at, nothing, "posterior", 2.6),
            line("gap", [np.nan, np.nan], [np.nan, np.nan], "data", 3.2),
            dots("before", [np.nan], [np.nan], "prior", 12),
            dots("after", [np.nan], [np.nan], "posterior", 12),
        ],
        (across.low, across.high),
        (lowest, highest),
        across.ticks,
        marks,
        across.title,
        "density, logarithmic: equal steps are equal ratios",
        y_texts=[f"{10.0**mark:g}" for mark in marks],
    )


def heights_numbers(
    logs: Sequence[FloatArray], at: tuple[FloatArray, FloatArray], heights: FloatArray, lowest: float
) -> Numbers:
    """Return log densities (V, G) before and after, the ends (V,) of what H0 allows, and both heights (V, 2) there.

    Where H0 is an interval the areas count, not the heights: these are NaN.
    """
    prior, posterior = (np.where(log / _LN10 < lowest - 0.3, np.nan, log / _LN10) for log in logs)
    low, high = np.broadcast_arrays(*at)
    tall = np.log(np.maximum(heights, 1e-300)) / _LN10
    off = lowest + 0.0 * tall  # a height below the picture stands at its edge
    dot = np.where(np.isnan(heights), np.nan, np.maximum(tall, off))
    size = max(len(low), len(dot))
    low, high, dot = (np.broadcast_to(part, (size, *part.shape[1:])) for part in (low, high, dot))
    middle = (low + high)[:, None] / 2
    return {
        "prior.y": prior,
        "posterior.y": posterior,
        "inside.x": np.stack([low, low, high, high], -1),
        "null.x": np.repeat(middle, 2, 1),
        "before.x": middle,
        "before.y": dot[:, :1],
        "after.x": middle,
        "after.y": dot[:, 1:],
        "gap.x": np.repeat(middle, 2, 1),
        "gap.y": dot,
    }


# --------------------------------------------------------------------------------------------- along data, priors
def _evidence(across: Across, traces: list[dict[str, Any]], top: int, texts: Sequence[str] = ()) -> Any:
    ends, ticks, words = powers(top)
    levels = [
        line(name, [across.low, across.high], [level, level], "muted", 1, dash)
        for name, level, dash in (("even", 0.0, "solid"), ("ten against", 1.0, "dotted"), ("ten for", -1.0, "dotted"))
    ]
    ahead = (across.low, across.high), ends, across.ticks, ticks, across.title, _EVIDENCE, texts, words
    return chart([*levels, *traces], *ahead)


def path_figure(at: FloatArray, across: Across, top: int) -> Any:
    """Return the evidence as data come in, for films to fill."""
    nothing = np.full(len(at), np.nan)
    traces = [
        line("rest", at, nothing, "posterior", 1.4, "solid", 0.4),
        line("path", at, nothing, "posterior", 2.6),
        dots("now", [np.nan], [np.nan], "posterior", 11),
    ]
    return _evidence(across, traces, top)


def path_numbers(at: FloatArray, path: FloatArray, seen: FloatArray, now: FloatArray, top: int) -> Numbers:
    """Return the path (V or 1, P) as far as the data seen (V or 1,), the rest of it, and the log Bayes factor `now`."""
    shown = _shown(path, top)
    here, there = np.broadcast_arrays(seen, now)
    return {
        "rest.y": shown,
        "path.y": np.where(at <= here[:, None], shown, np.nan),
        "now.x": here[:, None],
        "now.y": _shown(there, top)[:, None],
    }


def robust_figure(sizes: FloatArray, across: Across, top: int, texts: Sequence[str]) -> Any:
    """Return the evidence over all sizes of the prior; on its axis a size stands at its logarithm."""
    ends, _, _ = powers(top)
    traces = [
        line("here", [np.nan, np.nan], list(ends), "prior", 1.4),
        line("over", np.log10(sizes), np.full(len(sizes), np.nan), "posterior", 2.6),
        dots("largest", [np.nan], [np.nan], "data", 9, "diamond"),
        dots("now", [np.nan], [np.nan], "posterior", 11),
    ]
    return _evidence(across, traces, top, texts)


def robust_numbers(
    over: FloatArray, largest: tuple[FloatArray, FloatArray], size: FloatArray, now: FloatArray, top: int
) -> Numbers:
    """Return the curve (V or 1, W), where along it the evidence is largest, and where the handle stands."""
    place, there = np.broadcast_arrays(np.log10(size), now)
    return {
        "over.y": _shown(over, top),
        "largest.x": np.log10(largest[0])[:, None],
        "largest.y": _shown(largest[1], top)[:, None],
        "here.x": np.repeat(place[:, None], 2, 1),
        "now.x": place[:, None],
        "now.y": _shown(there, top)[:, None],
    }


# --------------------------------------------------------------------------------------------------------- stops
def stops_figure(most: int, ticks: Sequence[float], title: str) -> Any:
    """Return the shares of worlds that have stopped, over the number of looks, for films to fill."""
    at = np.arange(most + 1.0)
    nothing = np.full(most + 1, np.nan)
    traces = [
        line("bound", [0, most], [np.nan, np.nan], "posterior", 1.4, "dashed"),
        line("by p", at, nothing, "likelihood", 2.6, "short"),
        line("by bf", at, nothing, "posterior", 2.6),
    ]
    shares = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    texts = [f"{100 * share:.0f}" for share in shares]
    return chart(
        traces, (0, most), (0, 1.04), ticks, shares, title, "% of worlds that said “biased” by then", y_texts=texts
    )


def stops_numbers(shares: Mapping[str, FloatArray], bound: FloatArray) -> Numbers:
    """Return shares of worlds (V, N + 1) by name, and the bound (V,) on one of them."""
    return {f"{name}.y": rows for name, rows in shares.items()} | {"bound.y": np.repeat(bound[:, None], 2, 1)}
