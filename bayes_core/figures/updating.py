"""Pictures of a belief that data update: densities, rivals, predictions, the evidence, and that order plays no part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.figures.parts import area, chart, dots, line
from bayes_core.foundations.conjugate.belief import BoolArray
from bayes_core.foundations.conjugate.densities import Heights
from bayes_core.foundations.conjugate.interval import Region

Numbers = dict[str, FloatArray]


# ---------------------------------------------------------------------------------------------------- densities
def belief_numbers(
    prior: Heights, posterior: Heights, likelihood: FloatArray, shaded: Region, infinite: Mapping[str, BoolArray]
) -> Numbers:
    """Return prior, posterior with what is `shaded` (V, pieces), and the likelihood (V, G) scaled to its peak.

    `infinite` (V, 2) says by name where a density is infinite at an end of the axis: a mark stands there.
    """
    grid = posterior.x
    scale = np.minimum(posterior.y.max(1, keepdims=True), 1.0)  # an end where a density is infinite must not decide it
    pieces = zip(shaded.low.T, shaded.high.T, strict=True)  # a piece that is not there is NaN, and holds nothing
    inside = np.any([(grid >= low[:, None]) & (grid <= high[:, None]) for low, high in pieces], 0)
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
    } | _edge_numbers(infinite)


_EDGES = {"prior": 1.36, "posterior": 1.29}
"""How high the marks of infinite ends stand."""


def _edge_numbers(infinite: Mapping[str, BoolArray]) -> Numbers:
    return {f"{name} edge.y": np.where(at, _EDGES.get(name, 1.32), np.nan) for name, at in infinite.items()}


def _edge(name: str, low: float, high: float, concept: str) -> dict[str, Any]:
    """Return marks at the ends of the axis: here the density is infinite."""
    nothing = [np.nan, np.nan]
    return dots(f"{name} edge", [low, high], nothing, concept, 12, "triangle-up", f"{name}: infinite density")


def belief_figure(low: float, high: float, ticks: Sequence[float], title: str, truth: float | None) -> Any:
    """Return the figure that belief_numbers move."""
    nothing = [np.nan, np.nan]
    traces = [
        area("interval", nothing, nothing, "posterior", 0.17, 0.0),
        line("prior", nothing, nothing, "prior", 1.8, "short"),
        line("likelihood", nothing, nothing, "likelihood", 1.8, "dotted"),
        line("posterior", nothing, nothing, "posterior", 2.6),
        *(_edge(name, low, high, name) for name in _EDGES),
    ]
    if truth is not None:
        traces.append(line("truth", [truth, truth], [0, 1.28], "truth", 1.5, "dashed"))
    return _densities(traces, low, high, ticks, title)


def _densities(traces: list[dict[str, Any]], low: float, high: float, ticks: Sequence[float], title: str) -> Any:
    return chart(
        traces, (low, high), (0, 1.4), ticks, (0, 0.5, 1), title, "how strongly believed (density), highest peak 1"
    )


# ------------------------------------------------------------------------------------------------------- rivals
def rival_numbers(posteriors: Mapping[str, Heights], infinite: Mapping[str, BoolArray]) -> Numbers:
    """Return every rival's posterior as a curve of its own, and marks at its `infinite` ends (V, 2)."""
    numbers = _edge_numbers(infinite)
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
    traces += [_edge(name, low, high, "posterior") for name in names]
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
    """Return paths {name: (V, P) or (1, P)} at P numbers of data, each as far as the data seen `here` (V,) reach.

    Where those numbers stand the figure knows.
    """
    seen = at <= here[:, None]
    return {f"{name}.y": np.where(seen, path, np.nan) for name, path in paths.items()}


def path_figure(
    lines: Sequence[tuple[str, str, float, str, float]],
    at: FloatArray,
    y: tuple[float, float],
    y_ticks: Sequence[float],
    title: str,
    y_title: str,
    level: float | None,
    log: bool = False,
) -> Any:
    """Return empty paths over the number of data, for films to fill: (name, concept, width, dash, opacity).

    On a `log` axis a number n stands at log10(1 + n), so that none of them has a place too.
    """
    last = float(max(at[-1], 1))
    ticks = np.unique(np.round(np.linspace(0, last, 6)))
    if log:
        ticks = np.concatenate([[0.0], 10.0 ** np.arange(np.floor(np.log10(last)) + 1)])
    place = np.log1p(at) / np.log(10) if log else at
    marks = np.log1p(ticks) / np.log(10) if log else ticks
    traces = [line(n, place, np.full(len(at), np.nan), concept, w, dash, o) for n, concept, w, dash, o in lines]
    if level is not None:
        traces.insert(0, line("level", [place[0], place[-1]], [level, level], "muted", 1, "dashed"))
    end = float(np.log1p(last) / np.log(10)) if log else last
    return chart(traces, (0, end), y, marks, y_ticks, title, y_title, [f"{n:,.0f}" for n in ticks])
