"""What can be read off a heap of draws, weighted or not: densities, quantiles and outlines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.intervals import tails

_NOTHING = 1e-12  # keeps draws that are all alike from dividing by zero


def density(draws: FloatArray, grid: FloatArray, weight: FloatArray | None = None) -> FloatArray:
    """Return a Gaussian kernel density estimate of draws (S,) at grid (D,), optionally weighted.

    Bandwidth by Silverman's rule with the effective number of draws (Silverman 1986, equation 3.31); computed from
    linearly binned draws, so that its cost does not grow with S. Draws outside the grid keep their mass out of it.

    >>> grid = np.linspace(-4, 4, 81)
    >>> curve = density(np.random.default_rng(0).standard_normal(50_000), grid)
    >>> bool(abs(curve[40] - 0.3989) < 0.02)
    True
    """
    mass = np.full(len(draws), 1 / len(draws)) if weight is None else weight / weight.sum()
    mean = mass @ draws
    sd = np.sqrt(max(mass @ (draws - mean) ** 2, 0.0))
    step = grid[1] - grid[0]
    if sd < 1e-9 * step:  # a point estimate has no density to smooth: one spike, one cell wide
        spike: FloatArray = np.asarray(np.abs(grid - mean) <= step / 2, dtype=float) / step
        return spike
    width = max(0.9 * sd * (mass @ mass) ** 0.2, step / 2)
    reach = int(np.ceil(4 * width / step))
    fine = np.arange(-reach, len(grid) + reach)
    place = (draws - grid[0]) / step
    inside = (place >= fine[0]) & (place < fine[-1])
    cell = np.floor(place[inside]).astype(int)
    part = place[inside] - cell
    heap = np.zeros(len(fine) + 1)
    np.add.at(heap, cell + reach, mass[inside] * (1 - part))
    np.add.at(heap, cell + reach + 1, mass[inside] * part)
    offset = np.arange(-reach, reach + 1) * step
    kernel = np.exp(-0.5 * (offset / width) ** 2) / (width * np.sqrt(2 * np.pi))
    smooth: FloatArray = np.convolve(heap[:-1], kernel, mode="same")
    return smooth[reach : reach + len(grid)]


def densities(draws: FloatArray, grid: FloatArray) -> FloatArray:
    """Return the density (V, G) of each row of draws (V, S) at grid (G,)."""
    return np.array([density(row, grid) for row in draws])


class DrawnInterval(NamedTuple):
    """Equal-tailed intervals (V,) of draws, the Monte-Carlo standard error of either end, and the draws' sd."""

    low: FloatArray
    high: FloatArray
    low_error: FloatArray
    high_error: FloatArray
    sd: FloatArray


def central(draws: FloatArray, level: float) -> DrawnInterval:
    """Return the equal-tailed interval of each row of independent draws (V, S). Raises ValueError as `tails` does.

    >>> found = central(np.linspace(0.0, 2.0, 2001)[None], 0.9)
    >>> float(found.low[0].round(3)), float(found.high[0].round(3))
    (0.1, 1.9)
    """
    below, above = tails(level)
    low, high = np.quantile(draws, [below, above], axis=1)
    low_error, high_error = (quantile_error(draws, end, below) for end in (low, high))
    return DrawnInterval(low, high, low_error, high_error, draws.std(1))


def quantile_error(draws: FloatArray, at: FloatArray, probability: float) -> FloatArray:
    r"""Return the Monte-Carlo standard error (V,) of a quantile `at` (V,) of independent draws (V, S).

    .. math:: \sqrt{p (1 - p) / S} \,/\, \hat f(q)

    The density is the share of draws within a tenth of an sd. Source: van der Vaart (1998), Asymptotic Statistics,
    corollary 21.5.
    """
    sd = np.maximum(draws.std(1), _NOTHING)
    near = np.abs(draws - at[:, None]) <= 0.1 * draws.std(1)[:, None] + _NOTHING
    found = near.mean(1) / (0.2 * sd)
    error: FloatArray = np.sqrt(probability * (1 - probability) / draws.shape[1]) / np.maximum(found, _NOTHING)
    return error


def ellipses(
    pairs: FloatArray, levels: Sequence[float], weight: FloatArray | None = None, points: int = 49
) -> tuple[FloatArray, ...]:
    """Return the outlines (V, points, 2) of the ellipses that hold some shares of joint draws (V, S, 2).

    Their shape is that of the draws' covariance; their size is the weighted quantile of the Mahalanobis distances, so
    the share is right for heavy-tailed posteriors too.
    """
    mass = np.full((1, pairs.shape[1]), 1 / pairs.shape[1]) if weight is None else weight / weight.sum(1, keepdims=True)
    mean = np.matmul(mass[:, None, :], pairs)[:, 0]
    off = pairs - mean[:, None, :]
    along = off.swapaxes(1, 2)
    values, vectors = np.linalg.eigh((along * mass[:, None, :]) @ off)
    values = np.maximum(values, 1e-300)
    away = vectors.swapaxes(1, 2) @ along  # (V, 2, S)
    away *= away
    distance = away[:, 0] / values[:, :1] + away[:, 1] / values[:, 1:]
    if weight is None:
        radii = np.sqrt(np.quantile(distance, levels, axis=1))
    else:
        order = np.argsort(distance, axis=1)
        below = np.cumsum(np.take_along_axis(mass, order, 1), axis=1)
        sorted_distance = np.take_along_axis(distance, order, 1)
        radii = np.sqrt([np.interp(levels, b, d) for b, d in zip(below, sorted_distance, strict=True)]).T
    turn = np.linspace(0, 2 * np.pi, points)
    circle = np.stack([np.cos(turn), np.sin(turn)])
    roots = vectors * np.sqrt(values)[:, None, :] * radii[:, :, None, None]
    return tuple(mean[:, None, :] + (root @ circle).swapaxes(1, 2) for root in roots)


def weighted_quantiles(draws: FloatArray, weight: FloatArray, probabilities: Sequence[float]) -> tuple[FloatArray, ...]:
    """Return quantiles (V, G) of draws (S, G) under V sets of weights (V, S); the draws are sorted once."""
    columns = np.ascontiguousarray(draws.T)
    order = np.argsort(columns, axis=1)
    ranked = np.take_along_axis(columns, order, 1)
    result = np.empty((len(probabilities), len(weight), len(columns)))
    for v, mass in enumerate(weight):
        share = mass[order]
        middle = np.cumsum(share, axis=1) - 0.5 * share
        for g, (places, values) in enumerate(zip(middle, ranked, strict=True)):
            result[:, v, g] = np.interp(probabilities, places, values)
    return tuple(result)
