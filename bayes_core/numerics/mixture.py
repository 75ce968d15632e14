"""Quantiles of one-dimensional Gaussian mixtures, by a safeguarded Newton iteration on the distribution function."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import NormalDist

import numpy as np

from bayes_core.checks import FloatArray

_ROOT_TWO_PI = float(np.sqrt(2 * np.pi))
_MOST = 1 << 20  # components in work at once


def cdf(at: FloatArray, weight: FloatArray, mean: FloatArray, sd: FloatArray) -> FloatArray:
    r"""Return :math:`\sum_k w_k \Phi((a - m_k) / s_k)`; components lie along the last axis of weight, mean and sd.

    >>> float(cdf(np.array(0.0), np.array([0.5, 0.5]), np.array([-1.0, 1.0]), np.array([1.0, 1.0])))
    0.5
    """
    from scipy.special import ndtr  # noqa: PLC0415 (a third of a second to import: the start page does without)

    values: FloatArray = np.einsum("...k,...k->...", weight, ndtr((at[..., None] - mean) / sd))
    return values


def quantile(
    probability: float, weight: FloatArray, mean: FloatArray, sd: FloatArray, tolerance: float = 1e-7
) -> FloatArray:
    """Return one quantile of each mixture (..., K) -> (...); see `quantiles`."""
    return quantiles((probability,), weight, mean, sd, tolerance)[0]


def quantiles(
    probabilities: Sequence[float], weight: FloatArray, mean: FloatArray, sd: FloatArray, tolerance: float = 1e-7
) -> tuple[FloatArray, ...]:
    """Return the quantiles of each mixture (..., K) -> (...): Newton from a moment-matched start, kept in a bracket.

    Zero-width components (a point estimate) are allowed; tolerance is in units of each mixture's sd.
    """
    weight, mean, sd = np.broadcast_arrays(weight, mean, sd)
    if mean.shape[-1] == 1:  # one Gaussian has its quantiles in closed form
        return tuple((mean + NormalDist().inv_cdf(p) * sd)[..., 0] for p in probabilities)
    shape, size = mean.shape[:-1], mean.shape[-1]
    weight, mean, sd = (np.ascontiguousarray(part).reshape(-1, size) for part in (weight, mean, sd))
    step = max(_MOST // max(size, 1), 1)  # each mixture is solved on its own, in a dozen arrays of its size
    blocks = [slice(start, start + step) for start in range(0, max(len(mean), 1), step)]
    parts = [_solved(probabilities, weight[at], mean[at], sd[at], tolerance) for at in blocks]
    return tuple(np.concatenate(of_one).reshape(shape) for of_one in zip(*parts, strict=True))


def _solved(
    probabilities: Sequence[float], weight: FloatArray, mean: FloatArray, sd: FloatArray, tolerance: float
) -> list[FloatArray]:
    """Return the quantiles (M,) of mixtures (M, K)."""
    centre = np.einsum("mk,mk->m", weight, mean)
    spread = np.sqrt(np.einsum("mk,mk->m", weight, sd**2 + (mean - centre[:, None]) ** 2))
    wide = spread > 1e-12 * np.abs(centre)  # the others are points: their quantile is their mean
    weight, mean, spread = weight[wide], mean[wide], spread[wide]
    sd = np.maximum(sd[wide], 1e-9 * spread[:, None])
    results = []
    for probability in probabilities:
        result = centre.copy()
        result[wide] = _newton(probability, weight, mean, sd, centre[wide], spread, tolerance)
        results.append(result)
    return results


def _newton(
    probability: float,
    weight: FloatArray,
    mean: FloatArray,
    sd: FloatArray,
    centre: FloatArray,
    spread: FloatArray,
    tolerance: float,
) -> FloatArray:
    """Solve cdf(a) = probability for mixtures (M, K); every iteration works on those not yet solved."""
    from scipy.special import ndtr  # noqa: PLC0415 (see cdf)

    normal = NormalDist().inv_cdf(probability)
    # the mixture's quantile lies between those of its components
    component = mean + normal * sd
    low, high = component.min(1), component.max(1)
    at: FloatArray = np.clip(centre + normal * spread, low, high)
    left = np.arange(len(at))
    for _ in range(80):
        everything = len(left) == len(at)
        w, m, s = (weight, mean, sd) if everything else (weight[left], mean[left], sd[left])
        a = at[left]
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
