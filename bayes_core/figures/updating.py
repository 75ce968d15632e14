"""Pictures of a belief that data update: densities, rivals, predictions, the evidence, and that order plays no part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.figures.parts import area, chart, dots, line
from bayes_core.foundations.conjugate.belief import Belief, Seen
from bayes_core.foundations.conjugate.beta import Beta
from bayes_core.foundations.conjugate.gamma import Gamma
from bayes_core.foundations.conjugate.interval import log_likelihood
from bayes_core.foundations.conjugate.normal import Normal

Numbers = dict[str, FloatArray]
_REACH = 5.0  # standard deviations around a belief that the fine part of its grid covers


def fine_grid(belief: Belief, low: float, high: float, points: int = 72) -> FloatArray:
    """Return a grid (V, 2 points) over [low, high], dense where each belief (V,) has its mass."""
    coarse = np.broadcast_to(np.linspace(low, high, points), (*np.shape(belief.mean), points))
    near = belief.mean[..., None] + belief.sd[..., None] * np.linspace(-_REACH, _REACH, points)
    return np.sort(np.concatenate([coarse, np.clip(near, low, high)], -1), -1)


def _density(belief: Belief, grid: FloatArray) -> FloatArray:
    """Return log densities (V, G) on a grid of each position's own; infinite ends are brought back to the largest."""
    with np.errstate(divide="ignore", invalid="ignore"):
        log = np.stack([belief_at(belief, v).log_density(row) for v, row in enumerate(grid)])
    return np.where(np.isnan(log), -np.inf, np.minimum(log, 700.0))


def belief_at(belief: Belief, v: int) -> Belief:
    """Return the belief of one position."""
    if isinstance(belief, Beta):
        return Beta(_at(belief.a, v), _at(belief.b, v))
    if isinstance(belief, Gamma):
        return Gamma(_at(belief.shape, v), _at(belief.rate, v))
    assert isinstance(belief, Normal)
    return Normal(_at(belief.mean, v), _at(belief.sd, v), _at(belief.noise, v))


def _at(values: FloatArray, v: int) -> FloatArray:
    return np.asarray(values if np.ndim(values) == 0 else values[v])


# ---------------------------------------------------------------------------------------------------- densities
def belief_numbers(
    prior: Belief, posterior: Belief, seen: Seen, ends: tuple[FloatArray, FloatArray], low: float, high: float
) -> Numbers:
    """Return prior, likelihood and posterior (V, G), as shares of the highest peak; the likelihood is scaled to it."""
    grid = fine_grid(posterior, low, high)
    before_grid = fine_grid(prior, low, high)
    after, before = _density(posterior, grid), _density(prior, before_grid)
    # an end where a density is infinite must not decide the scale
    peak = np.maximum(after[:, 1:-1].max(1), before[:, 1:-1].max(1))[:, None]
    with np.errstate(invalid="ignore"):
        likelihood = log_likelihood(prior, seen, grid)
        likelihood = np.exp(likelihood - likelihood[:, 1:-1].max(1, keepdims=True))
    shares = [np.exp(np.minimum(log - peak, 0.4)) for log in (before, after)]
    scale = shares[1][:, 1:-1].max(1, keepdims=True)
    inside = (grid >= ends[0][:, None]) & (grid <= ends[1][:, None])
    filled = np.where(inside, shares[1], 0.0)
    return {
        "prior.x": before_grid,
        "prior.y": shares[0],
        "likelihood.x": grid,
        "likelihood.y": np.where(np.isfinite(likelihood), likelihood, 1.0) * scale,
        "posterior.x": grid,
        "posterior.y": shares[1],
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
def rival_numbers(posteriors: Mapping[str, Belief], low: float, high: float) -> Numbers:
    """Return the posterior (V, G) of every rival, each as a share of the highest of them all."""
    grids = {name: fine_grid(belief, low, high) for name, belief in posteriors.items()}
    logs = {name: _density(belief, grids[name]) for name, belief in posteriors.items()}
    peak = np.max([log[:, 1:-1].max(1) for log in logs.values()], 0)[:, None]
    numbers: Numbers = {}
    for name in posteriors:
        numbers[f"{name}.x"] = grids[name]
        numbers[f"{name}.y"] = np.exp(np.minimum(logs[name] - peak, 0.4))
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
def prediction_numbers(prior: Belief, posterior: Belief, at: FloatArray, next_flips: int) -> Numbers:
    """Return the prior and the posterior predictive (V, M) of what comes next, as shares of the higher peak."""
    logs = []
    for belief in (prior, posterior):
        if isinstance(belief, Beta):
            logs.append(np.atleast_2d(belief.log_predictive_count(at, next_flips)))
        else:
            logs.append(np.atleast_2d(belief.log_predictive(at)))
    rows = max(len(log) for log in logs)
    before, after = (np.exp(np.broadcast_to(log, (rows, len(at)))) for log in logs)
    top = np.maximum(np.maximum(before.max(1), after.max(1)), 1e-300)[:, None]
    return {"before.y": before / top, "after.y": after / top, "after area.y": _under(after / top)}


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
