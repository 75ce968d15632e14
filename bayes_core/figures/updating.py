"""Pictures of a belief that data update: densities, rivals, predictions, the evidence, and that order plays no part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.figures.parts import area, chart, dots, line
from bayes_core.foundations.conjugate.densities import Heights

Numbers = dict[str, FloatArray]


# ---------------------------------------------------------------------------------------------------- densities
def belief_numbers(
    prior: Heights, posterior: Heights, likelihood: FloatArray, ends: tuple[FloatArray, FloatArray]
) -> Numbers:
    """Return prior, posterior with its interval, and the likelihood (V, G) scaled to the posterior's peak."""
    grid = posterior.x
    scale = posterior.y[:, 1:-1].max(1, keepdims=True)  # an end where a density is infinite must not decide it
    inside = (grid >= ends[0][:, None]) & (grid <= ends[1][:, None])
    filled = np.where(inside, posterior.y, 0.0)
    return {
        "prior.x": prior.x,
        "prior.y": prior.y,
        "likelihood.x": grid,
        "likelihood.y": likelihood * scale,
        "posterior.x": grid,
        "posterior.y": posterior.y,
        "interval.x": np.concatenate([grid, grid[:, ::-1]], 1),
        "interval.y": np.concatenate([filled, np.zeros_like(filled)], 1),
    }


def belief_figure(low: float, high: float, ticks: Sequence[float], title: str, truth: float | None) -> Any:
    """Return the figure that belief_numbers move."""
    nothing = [np.nan, np.nan]
    traces = [
        area("interval", nothing, nothing, "posterior", 0.17, 0.0),
        line("prior", nothing, nothing, "prior", 1.8, "short"),
        line("likelihood", nothing, nothing, "likelihood", 1.8, "dotted"),
        line("posterior", nothing, nothing, "posterior", 2.6),
    ]
    if truth is not None:
        traces.append(line("truth", [truth, truth], [0, 1.28], "truth", 1.5, "dashed"))
    return _densities(traces, low, high, ticks, title)


def _densities(traces: list[dict[str, Any]], low: float, high: float, ticks: Sequence[float], title: str) -> Any:
    return chart(traces, (low, high), (0, 1.4), ticks, (0, 0.5, 1), title, "density, share of the highest peak")


# ------------------------------------------------------------------------------------------------------- rivals
def rival_numbers(posteriors: Mapping[str, Heights]) -> Numbers:
    """Return every rival's posterior as a curve of its own."""
    numbers: Numbers = {}
    for name, drawn in posteriors.items():
        numbers[f"{name}.x"], numbers[f"{name}.y"] = drawn
    return numbers


def rival_figure(
    names: Sequence[str], low: float, high: float, ticks: Sequence[float], title: str, truth: float | None
) -> Any:
    """Return the figure that rival_numbers move: all are posteriors, so all are blue; the dashes tell them apart."""
    dashes = ("solid", "dashed", "short", "dotted")
    traces = [
        line(name, [np.nan], [np.nan], "posterior", 2.4 if i == 0 else 1.8, dashes[i % 4])
        for i, name in enumerate(names)
    ]
    if truth is not None:
        traces.append(line("truth", [truth, truth], [0, 1.28], "truth", 1.5, "dashed"))
    return _densities(traces, low, high, ticks, title)


# -------------------------------------------------------------------------------------------------- predictions
def prediction_numbers(before: FloatArray, after: FloatArray) -> Numbers:
    """Return the prior and the posterior predictive, (V, M) or (1, M), as shares of the higher peak."""
    before, after = np.broadcast_arrays(before, after)
    top = np.maximum(np.maximum(before.max(1), after.max(1)), 1e-300)[:, None]
    numbers = {"before.y": before / top, "after.y": after / top, "after area.y": _under(after / top)}
    return numbers | {"before dots.y": numbers["before.y"], "after dots.y": numbers["after.y"]}


def _under(y: FloatArray) -> FloatArray:
    return np.concatenate([y, np.zeros_like(y)], -1)


def prediction_figure(at: FloatArray, ticks: Sequence[float], title: str, counts: bool) -> Any:
    """Return the figure that prediction_numbers move; counts are dots, measurements are curves."""
    nothing = np.full(len(at), np.nan)
    around = np.concatenate([at, at[::-1]])
    traces = [
        area("after area", around, np.full(len(around), np.nan), "aleatoric", 0.12, 0.0),
        line("before", at, nothing, "prior", 1.6, "short"),
        line("after", at, nothing, "aleatoric", 2.2),
    ]
    if counts:
        traces += [dots("before dots", at, nothing, "prior", 7), dots("after dots", at, nothing, "aleatoric", 9)]
    margin = 0.5 if counts else 0.0
    ends = (float(at[0]) - margin, float(at[-1]) + margin)
    return chart(traces, ends, (0, 1.3), ticks, (0, 0.5, 1), title, "probability, share of the higher peak")


# -------------------------------------------------------------------------------------------- evidence and order
def path_numbers(paths: Mapping[str, FloatArray], at: FloatArray, here: FloatArray) -> Numbers:
    """Return paths {name: (V, P) or (1, P)} at P numbers of data, each as far as the data seen `here` (V,) reach."""
    seen = at <= here[:, None]
    lines = {f"{name}.y": np.where(seen, path, np.nan) for name, path in paths.items()}
    return lines | {f"{name}.x": at[None] for name in paths}


def path_figure(
    lines: Sequence[tuple[str, str, float, str, float]],
    at: FloatArray,
    y: tuple[float, float],
    y_ticks: Sequence[float],
    title: str,
    y_title: str,
    level: float | None,
) -> Any:
    """Return empty paths over the number of data, for films to fill: (name, concept, width, dash, opacity)."""
    traces = [line(n, at, np.full(len(at), np.nan), concept, w, dash, o) for n, concept, w, dash, o in lines]
    if level is not None:
        traces.insert(0, line("level", [at[0], at[-1]], [level, level], "muted", 1, "dashed"))
    last = float(max(at[-1], 1))
    ticks = np.unique(np.round(np.linspace(0, last, 6)))
    return chart(traces, (0, last), y, ticks, y_ticks, title, y_title)
