"""Beliefs side by side as curves: where each has its mass, and how high it stands beside the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.foundations.conjugate.belief import Belief, Seen
from bayes_core.foundations.conjugate.beta import Beta
from bayes_core.foundations.conjugate.interval import log_likelihood

_REACH = 5.0  # standard deviations around a belief that the fine part of its grid covers
_LARGEST = 700.0  # log of the largest density: a belief may be infinite at an end


class Heights(NamedTuple):
    """A curve at x (V, G), y (V, G) high."""

    x: FloatArray
    y: FloatArray


def fine_grid(belief: Belief, low: float, high: float, points: int = 72) -> FloatArray:
    """Return a grid (V, 2 points) over [low, high], dense where each belief (V,) has its mass."""
    coarse = np.broadcast_to(np.linspace(low, high, points), (*np.shape(belief.mean), points))
    near = belief.mean[..., None] + belief.sd[..., None] * np.linspace(-_REACH, _REACH, points)
    return np.sort(np.concatenate([coarse, np.clip(near, low, high)], -1), -1)


def heights(beliefs: Mapping[str, Belief], low: float, high: float) -> dict[str, Heights]:
    """Return each belief's density (V, G) on its fine grid, as a share of the highest peak of them all at a position.

    Both ends of the axis are left out of the peak; there a height is cut at one and a half of it.

    >>> drawn = heights({"before": Beta([2.0], [2.0]), "after": Beta([5.0], [4.0])}, 0.0, 1.0)
    >>> float(drawn["before"].y.max().round(2)), float(drawn["after"].y.max().round(2))
    (0.64, 1.0)
    """
    grids = {name: fine_grid(belief, low, high) for name, belief in beliefs.items()}
    logs = {name: _log_density(belief, grids[name]) for name, belief in beliefs.items()}
    peak = np.max([log[:, 1:-1].max(1) for log in logs.values()], 0)[:, None]
    return {name: Heights(grids[name], np.exp(np.minimum(log - peak, 0.4))) for name, log in logs.items()}


def _log_density(belief: Belief, grid: FloatArray) -> FloatArray:
    with np.errstate(divide="ignore", invalid="ignore"):
        log = belief.log_density(grid)
    return np.where(np.isnan(log), -np.inf, np.minimum(log, _LARGEST))


def likelihood_heights(belief: Belief, seen: Seen, grid: FloatArray) -> FloatArray:
    """Return the likelihood (V, G) that a belief met at grid (V, G), as a share of its own peak.

    It is 1 everywhere if nothing was seen.

    >>> likelihood_heights(Beta([1.0], [1.0]), Seen.sums([3], [2]), np.array([[0.0, 0.5, 2 / 3, 1.0]])).round(4)
    array([[0.    , 0.8438, 1.    , 0.    ]])
    """
    with np.errstate(invalid="ignore"):
        log = log_likelihood(belief, seen, grid)
        share = np.exp(log - log[:, 1:-1].max(1, keepdims=True))
    return np.where(np.isfinite(share), share, 1.0)


def predictive(belief: Belief, values: FloatArray, flips: int) -> FloatArray:
    """Return the predictive probability (V, M) of values (M,): of one next observation, or of heads in some `flips`.

    Measurements have a density in place of a probability.

    >>> predictive(Beta(1.0, 1.0), np.arange(3.0), flips=2).round(4)
    array([[0.3333, 0.3333, 0.3333]])
    """
    with np.errstate(divide="ignore", invalid="ignore"):  # values far apart leave every prediction between them
        log = belief.log_predictive_count(values, flips) if isinstance(belief, Beta) else belief.log_predictive(values)
        share: FloatArray = np.exp(np.atleast_2d(log))
    return share
