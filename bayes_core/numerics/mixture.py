"""Quantiles of one-dimensional Gaussian mixtures, by a safeguarded Newton iteration on the distribution function."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
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
    """Return the quantiles of each mixture (..., K) -> (...): steps of third order from a start that matches four
    moments, kept in a bracket.

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
    off = mean - centre[:, None]
    square, second = off * off, sd * sd
    spread = np.sqrt(np.einsum("mk,mk->m", weight, second + square))
    wide = spread > 1e-12 * np.abs(centre)  # the others are points: their quantile is their mean
    if not wide.all():
        found = [centre.copy() for _ in probabilities]
        if wide.any():
            solved = _solved(probabilities, weight[wide], mean[wide], sd[wide], tolerance)
            for result, part in zip(found, solved, strict=True):
                result[wide] = part
        return found
    with np.errstate(over="ignore", invalid="ignore"):  # the start of a mixture far from a Gaussian
        skew = np.einsum("mk,mk->m", weight, off * (square + 3 * second)) / spread**3
        tails = np.einsum("mk,mk->m", weight, square * (square + 6 * second) + 3 * second * second) / spread**4 - 3
    skew, tails = (np.nan_to_num(np.clip(part, -0.5, 1.0)) for part in (skew, tails))
    parts = _Parts(weight, mean, 1 / np.maximum(sd, 1e-9 * spread[:, None]), spread)
    starts = (centre + _expanded(NormalDist().inv_cdf(p), skew, tails) * spread for p in probabilities)
    return [_newton(p, parts, start, tolerance) for p, start in zip(probabilities, starts, strict=True)]


def _expanded(z: float, skew: FloatArray, tails: FloatArray) -> FloatArray:
    """Return about where the quantile is whose Gaussian one is z, in sds (Cornish and Fisher 1938)."""
    third, fourth = (z**2 - 1) / 6, (z**3 - 3 * z) / 24
    return np.asarray(z + third * skew + fourth * tails - (2 * z**3 - 5 * z) / 36 * skew**2, float)


class _Parts:
    """The components (M, K) of some mixtures: weights, means, 1 / sd, and the sd (M,) of each mixture."""

    def __init__(self, weight: FloatArray, mean: FloatArray, narrow: FloatArray, spread: FloatArray) -> None:
        self.weight, self.mean, self.narrow, self.spread = weight, mean, narrow, spread
        self.sharpest = narrow.max(1)
        self.work = np.empty((2, *mean.shape))  # memory that is fresh for every step costs as much as the step

    @cached_property
    def ends(self) -> tuple[FloatArray, ...]:
        """Return the least and the greatest mean, and sd, of each mixture."""
        return self.mean.min(1), self.mean.max(1), 1 / self.sharpest, 1 / self.narrow.min(1)

    def bracket(self, normal: float) -> tuple[FloatArray, FloatArray]:
        """Return two values between which a mixture's quantile lies: it lies between those of its components."""
        least, greatest, thin, thick = self.ends
        away = (normal * thin, normal * thick)
        return least + np.minimum(*away), greatest + np.maximum(*away)


def _newton(probability: float, parts: _Parts, start: FloatArray, tolerance: float) -> FloatArray:
    """Solve cdf(a) = probability for mixtures (M, K); every iteration works on those not yet solved.

    A step is Halley's, of third order. It is the last where what it leaves is within the tolerance: with a share `bend`
    that the next Newton step would differ by, and the third derivative bounded by the narrowest component's.
    """
    from scipy.special import ndtr  # noqa: PLC0415 (see cdf)

    low, high = parts.bracket(NormalDist().inv_cdf(probability))
    at: FloatArray = np.clip(start, low, high)
    left = np.arange(len(at))
    w, m, n, sharpest, allowed = parts.weight, parts.mean, parts.narrow, parts.sharpest, tolerance * parts.spread
    for _ in range(80):
        a = at[left]
        z, height = parts.work[:, : len(left)]
        np.subtract(a[:, None], m, out=z)
        z *= n
        excess = np.einsum("mk,mk->m", w, ndtr(z, out=height)) - probability
        np.multiply(z, z, out=height)
        height *= -0.5
        np.exp(height, out=height)
        height *= n
        density = np.einsum("mk,mk->m", w, height) / _ROOT_TWO_PI
        height *= z
        height *= n
        slope = np.einsum("mk,mk->m", w, height) / -_ROOT_TWO_PI
        high[left] = np.where(excess > 0, a, high[left])
        low[left] = np.where(excess > 0, low[left], a)
        with np.errstate(all="ignore"):
            newton = excess / density
            bend = 0.5 * newton * slope / density
            new = a - newton / np.where(np.abs(bend) < 0.5, 1 - bend, 1.0)
            good = (new >= low[left]) & (new <= high[left])
            new = np.where(good, new, 0.5 * (low[left] + high[left]))
            off = np.abs(newton) * (4 * bend**2 + (newton * sharpest) ** 2)
            near = np.where(good & (np.abs(bend) < 0.1), off, np.inf)
            more = np.minimum(near, np.abs(new - a)) > allowed
        at[left] = new
        left = left[more]
        if len(left) == 0:
            break
        if not more.all():
            w, m, n, sharpest, allowed = w[more], m[more], n[more], sharpest[more], allowed[more]
    return at
