"""Beliefs side by side as curves: where each has its mass, and how high it stands beside the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.foundations.conjugate.belief import Belief, BoolArray, Seen
from bayes_core.foundations.conjugate.beta import Beta
from bayes_core.foundations.conjugate.interval import log_likelihood

_REACH = 5.0  # standard deviations around a belief that the fine part of its grid covers
_HALVES = 6  # points that come ever nearer to each end of the axis
_LARGEST = 700.0  # log of the largest density: a belief may be infinite at an end


class Heights(NamedTuple):
    """A curve at x (V, G), y (V, G) high."""

    x: FloatArray
    y: FloatArray


def fine_grid(belief: Belief, low: float, high: float, points: int = 68) -> FloatArray:
    """Return a grid (V, 2 points) over [low, high], dense where each belief (V,) has its mass, and at both ends."""
    near_ends = (high - low) / (points - 1) * 0.5 ** np.arange(1, _HALVES + 1)
    even = np.linspace(low, high, points - 2 * _HALVES)
    coarse = np.concatenate([even, low + near_ends, high - near_ends])
    near = belief.mean[..., None] + belief.sd[..., None] * np.linspace(-_REACH, _REACH, points)
    coarse = np.broadcast_to(coarse, (*np.shape(belief.mean), points))
    return np.sort(np.concatenate([coarse, np.clip(near, low, high)], -1), -1)


def rises(belief: Belief, low: float, high: float) -> BoolArray:
    """Return whether (V, 2) each belief's density is infinite at the lower and at the upper end of an axis.

    >>> rises(Beta([0.5, 0.5, 3.0], [0.2, 2.0, 2.0]), 0.0, 0.4).tolist()
    [[True, False], [True, False], [False, False]]
    """
    first, last = belief.support
    at_low, at_high = belief.infinite
    return np.stack([at_low & (low <= first), at_high & (high >= last)], -1)


def heights(beliefs: Mapping[str, Belief], low: float, high: float) -> dict[str, Heights]:
    """Return each belief's density (V, G) on its fine grid, as a share of the highest peak of them all at a position.

    Where a density is infinite at an end of the axis, its last seventieth decides no peak: a height is cut at one and a
    half of the peak that is left.

    >>> drawn = heights({"before": Beta([2.0], [2.0]), "after": Beta([5.0], [4.0])}, 0.0, 1.0)
    >>> float(drawn["before"].y.max().round(2)), float(drawn["after"].y.max().round(2))
    (0.64, 1.0)
    """
    grids = {name: fine_grid(belief, low, high) for name, belief in beliefs.items()}
    logs = {name: _log_density(belief, grids[name]) for name, belief in beliefs.items()}
    tops = [_top(logs[name], grids[name], rises(belief, low, high)) for name, belief in beliefs.items()]
    peak = np.max(np.broadcast_arrays(*tops), 0)[:, None]
    return {name: Heights(grids[name], np.exp(np.minimum(log - peak, 0.4))) for name, log in logs.items()}


def _top(log: FloatArray, grid: FloatArray, infinite: BoolArray) -> FloatArray:
    """Return the log peak (V,) of densities (V, G), leaving out an end of the grid where they are infinite."""
    room = (grid[:, -1:] - grid[:, :1]) / 71
    outside = (infinite[:, :1] & (grid < grid[:, :1] + room)) | (infinite[:, 1:] & (grid > grid[:, -1:] - room))
    top: FloatArray = np.where(outside, -np.inf, log).max(1)
    return top


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
