"""Quantiles of one-dimensional Gaussian mixtures, by a safeguarded Newton iteration on the distribution function."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.numerics.normal import below

_ROOT_TWO_PI = float(np.sqrt(2 * np.pi))
_NEAR = 1 << 13  # components in work at once: a dozen arrays of them stay in the processor's own memory
_BENT = 0.2  # half of the largest second derivative of the normal density, to either side


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

    Zero-width components (a point estimate) are allowed. Tolerance is in units of each mixture's sd or, where far
    tails make that large, of 2p (1 - p) over the density, which is about an sd of what is left.
    """
    weight, mean, sd = np.broadcast_arrays(weight, mean, sd)
    if mean.shape[-1] == 1:  # one Gaussian has its quantiles in closed form
        return tuple((mean + NormalDist().inv_cdf(p) * sd)[..., 0] for p in probabilities)
    shape, size = mean.shape[:-1], mean.shape[-1]
    weight, mean, sd = (np.ascontiguousarray(part).reshape(-1, size) for part in (weight, mean, sd))
    seen = _Moments.of(weight, mean, sd)
    found = np.repeat(seen.centre[None], len(probabilities), axis=0)
    wide = seen.spread > 1e-12 * np.abs(seen.centre)  # the others are points: their quantile is their mean
    if not wide.all():
        weight, mean, sd, seen = weight[wide], mean[wide], sd[wide], seen.only(wide)
    parts = _Parts.of(weight, mean, sd, seen.spread)
    for p, solved in zip(probabilities, found, strict=True):
        solved[wide] = _newton(p, parts, seen.start(p), seen.bracket(p), tolerance)
    return tuple(found.reshape(-1, *shape))


def _blocks(shape: tuple[int, ...]) -> list[slice]:
    """Return the rows of arrays (M, K), block by block."""
    step = max(_NEAR // shape[1], 1)
    return [slice(start, start + step) for start in range(0, shape[0], step)]


@dataclass(frozen=True, eq=False)
class _Moments:
    """Mean and sd of some mixtures (M,), and their skewness and excess kurtosis as far as a start may trust them."""

    centre: FloatArray
    spread: FloatArray
    skew: FloatArray
    tails: FloatArray

    @classmethod
    def of(cls, weight: FloatArray, mean: FloatArray, sd: FloatArray) -> _Moments:
        """Return the moments of mixtures of components (M, K)."""
        found = np.empty((4, len(mean)))
        with np.errstate(all="ignore"):  # of a mixture far from a Gaussian, or of a point
            for rows in _blocks(mean.shape):
                w, m, second = weight[rows], mean[rows], sd[rows] ** 2
                centre = np.einsum("mk,mk->m", w, m)
                off = m - centre[:, None]
                square = off * off
                found[0, rows] = centre
                found[1, rows] = np.einsum("mk,mk->m", w, square + second)
                found[2, rows] = np.einsum("mk,mk->m", w, off * (square + 3 * second))
                found[3, rows] = np.einsum("mk,mk->m", w, square * (square + 6 * second) + 3 * second * second)
            spread = np.sqrt(found[1])
            skew, tails = found[2] / spread**3, found[3] / spread**4 - 3
        return cls(found[0], spread, *(np.nan_to_num(np.clip(part, -0.5, 1.0)) for part in (skew, tails)))

    def only(self, kept: NDArray[np.bool_]) -> _Moments:
        """Return those of some of the mixtures."""
        return _Moments(self.centre[kept], self.spread[kept], self.skew[kept], self.tails[kept])

    def start(self, probability: float) -> FloatArray:
        """Return about where a quantile lies (Cornish and Fisher 1938)."""
        z = NormalDist().inv_cdf(probability)
        third, fourth, both = (z**2 - 1) / 6, (z**3 - 3 * z) / 24, (2 * z**3 - 5 * z) / 36
        away = z + third * self.skew + fourth * self.tails - both * self.skew**2
        return np.asarray(self.centre + away * self.spread, float)

    def bracket(self, probability: float) -> tuple[FloatArray, FloatArray]:
        """Return two values between which a quantile of any distribution lies (Cantelli 1928)."""
        odds = float(np.sqrt(probability / (1 - probability)))
        return self.centre - self.spread / odds, self.centre + self.spread * odds


@dataclass(frozen=True, eq=False)
class _Parts:
    """Mixtures of components (M, K): weights, means and 1 / sd, with each one's own sd, (M,), and how bent it can be.

    `bent` (M,) is half of what a second derivative of the density is at most, anywhere.
    """

    weight: FloatArray
    mean: FloatArray
    narrow: FloatArray
    spread: FloatArray
    bent: FloatArray

    @classmethod
    def of(cls, weight: FloatArray, mean: FloatArray, sd: FloatArray, spread: FloatArray) -> _Parts:
        """Return components (M, K) of a width, or nearly none, in mixtures of a spread (M,)."""
        narrow = 1 / np.maximum(sd, 1e-9 * spread[:, None])
        bent = [np.einsum("mk,mk->m", weight[rows], narrow[rows] ** 3) for rows in _blocks(mean.shape)]
        return cls(weight, mean, narrow, spread, _BENT * np.concatenate(bent))

    def only(self, kept: NDArray[np.bool_]) -> _Parts:
        """Return some of the mixtures."""
        return _Parts(*(part[kept] for part in (self.weight, self.mean, self.narrow, self.spread, self.bent)))

    def at(self, at: FloatArray) -> FloatArray:
        """Return distribution function, density and the density's derivative, (3, M), at one value (M,) each."""
        found = np.empty((3, len(at)))
        for rows in _blocks(self.mean.shape):
            w, n = self.weight[rows], self.narrow[rows]
            z = at[rows, None] - self.mean[rows]
            z *= n
            bell = z * z
            bell *= -0.5
            np.exp(bell, out=bell)
            found[0, rows] = np.einsum("mk,mk->m", w, below(z, bell))
            bell *= n
            found[1, rows] = np.einsum("mk,mk->m", w, bell) / _ROOT_TWO_PI
            bell *= z
            bell *= n
            found[2, rows] = np.einsum("mk,mk->m", w, bell) / -_ROOT_TWO_PI
        return found


def _newton(
    probability: float, parts: _Parts, start: FloatArray, bracket: tuple[FloatArray, FloatArray], tolerance: float
) -> FloatArray:
    """Solve cdf(a) = probability for M mixtures; every iteration works on those not yet solved.

    A step is Halley's, of third order. It is the last where what it leaves is within the tolerance: with a share `bend`
    that the next Newton step would differ by, and the density's second derivative at its largest.
    """
    low, high = bracket
    at: FloatArray = np.clip(start, low, high)
    left = np.arange(len(at))
    for _ in range(80):
        a, least, most = at[left], low[left], high[left]
        share, density, slope = parts.at(a)
        excess = share - probability
        least, most = np.where(excess > 0, least, a), np.where(excess > 0, a, most)
        with np.errstate(all="ignore"):
            newton = excess / density
            bend = 0.5 * newton * slope / density
            new = a - newton / np.where(np.abs(bend) < 0.5, 1 - bend, 1.0)
            good = (new >= least) & (new <= most)
            new = np.where(good, new, 0.5 * (least + most))
            off = np.abs(newton) * (4 * bend**2 + newton**2 * parts.bent / density)
            near = np.where(good & (np.abs(bend) < 0.1), off, np.inf)
            scale = np.minimum(parts.spread, 2 * probability * (1 - probability) / density)
            more = np.minimum(near, np.abs(new - a)) > tolerance * scale
        at[left], low[left], high[left] = new, least, most
        if not more.any():
            break
        if not more.all():
            left, parts = left[more], parts.only(more)
    return at
