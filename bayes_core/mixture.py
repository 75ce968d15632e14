"""Quantiles of one-dimensional Gaussian mixtures, by a safeguarded Newton iteration on the distribution function."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr, ndtri

from bayes_core.types import FloatArray

_ROOT_TWO_PI = float(np.sqrt(2 * np.pi))


def cdf(at: FloatArray, weight: FloatArray, mean: FloatArray, sd: FloatArray) -> FloatArray:
    r"""Return :math:`\sum_k w_k \Phi((a - m_k) / s_k)`; components lie along the last axis of weight, mean and sd.

    >>> float(cdf(np.array(0.0), np.array([0.5, 0.5]), np.array([-1.0, 1.0]), np.array([1.0, 1.0])))
    0.5
    """
    values: FloatArray = np.einsum("...k,...k->...", weight, ndtr((at[..., None] - mean) / sd))
    return values


def quantile(
    probability: float, weight: FloatArray, mean: FloatArray, sd: FloatArray, tolerance: float = 1e-7
) -> FloatArray:
    """Return the quantile of each mixture (..., K) -> (...): Newton from a moment-matched start.

    Steps are clipped to one mixture sd and bisection brackets are kept, so that skewed mixtures converge too.
    Zero-width components (a point estimate) are allowed; tolerance is in units of each mixture's sd.
    """
    weight, mean, sd = np.broadcast_arrays(weight, mean, sd)
    centre = np.einsum("...k,...k->...", weight, mean)
    variance = np.einsum("...k,...k->...", weight, sd**2 + (mean - centre[..., None]) ** 2)
    spread = np.sqrt(variance)
    shape = centre.shape
    flat = spread.ravel() > 1e-12 * np.abs(centre.ravel())  # the others are points: their quantile is their mean
    result: FloatArray = centre.ravel().copy()
    if flat.any():
        size = mean.shape[-1]
        pick = np.flatnonzero(flat)
        result[pick] = _newton(
            probability,
            weight.reshape(-1, size)[pick],
            mean.reshape(-1, size)[pick],
            np.maximum(sd.reshape(-1, size)[pick], 1e-9 * spread.ravel()[pick, None]),
            spread.ravel()[pick],
            tolerance,
        )
    return result.reshape(shape)


def _newton(
    probability: float,
    weight: FloatArray,
    mean: FloatArray,
    sd: FloatArray,
    spread: FloatArray,
    tolerance: float,
) -> FloatArray:
    """Solve cdf(a) = probability for mixtures (M, K); every iteration works on those not yet solved."""
    normal = float(ndtri(probability))
    # the mixture's quantile lies between those of its components
    low, high = (mean + normal * sd).min(1), (mean + normal * sd).max(1)
    at: FloatArray = np.clip(np.einsum("mk,mk->m", weight, mean) + normal * spread, low, high)
    left = np.arange(len(at))
    for _ in range(80):
        w, m, s, a = weight[left], mean[left], sd[left], at[left]
        z = (a[:, None] - m) / s
        excess = np.einsum("mk,mk->m", w, ndtr(z)) - probability
        density = np.einsum("mk,mk->m", w / s, np.exp(-0.5 * z * z)) / _ROOT_TWO_PI
        high[left] = np.where(excess > 0, a, high[left])
        low[left] = np.where(excess > 0, low[left], a)
        with np.errstate(divide="ignore", invalid="ignore"):
            new = a - excess / density
        bad = ~((new >= low[left]) & (new <= high[left]))
        new = np.where(bad, 0.5 * (low[left] + high[left]), new)
        at[left] = new
        left = left[np.abs(new - a) > tolerance * spread[left]]
        if len(left) == 0:
            break
    return at
