"""How far an approximation is from the exact or the sampled answer, where it is too sure, and what chance would do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray, count
from bayes_core.inference.linear_posterior import LinearPosterior
from bayes_core.types import Fit, Predictive

BELOW_EXACT, BELOW_SAMPLED = 0.9, 0.8
"""An sd below this share of the truth's is called over-confident; a sampled truth has an error of its own."""

_AT = (np.arange(500) + 0.5) / 500
_FEWEST_REPEATS, _MOST_REPEATS, _REDRAWN = 2, 100, 1600


@dataclass(frozen=True, eq=False)
class Distance:
    """Gaps at every x (G,): mean_gap and wasserstein in the true posterior's sds, sd_ratio approximate over true."""

    mean_gap: FloatArray
    sd_ratio: FloatArray
    wasserstein: FloatArray
    narrow: float

    @property
    def over_confident_share(self) -> float:
        """Return the share of the places where the approximation is over-confident."""
        return len(self.over_confident) / len(self.sd_ratio)

    @property
    def over_confident(self) -> tuple[int, ...]:
        """Return the grid points where the approximation's sd is less than `narrow` times the truth's."""
        return tuple(int(i) for i in np.flatnonzero(self.sd_ratio < self.narrow))

    @property
    def wider_share(self) -> float:
        """Return the share of the places where the approximation's sd is more than 1 / `narrow` times the truth's."""
        return float((self.sd_ratio * self.narrow > 1).mean())

    def typical_ratio(self, where: NDArray[np.bool_]) -> float:
        """Return the median ratio of the sds over the places `where` (G,); NaN where there is none.

        >>> told = Distance(np.zeros(4), np.array([0.1, 0.3, 0.2, 2.0]), np.ones(4), 0.8)
        >>> told.typical_ratio(np.array([True, True, True, False])), told.wider_share
        (0.2, 0.25)
        """
        return float(np.median(self.sd_ratio[where])) if where.any() else float("nan")

    @property
    def overall(self) -> float:
        """Return the mean Wasserstein distance over the places, in the true posterior's sds."""
        return float(self.wasserstein.mean())

    @property
    def largest_gap(self) -> float:
        """Return the largest distance of the means, in the true posterior's sds."""
        return float(np.abs(self.mean_gap).max())

    @property
    def widths(self) -> tuple[float, float]:
        """Return the smallest and the largest ratio of the sds."""
        return float(self.sd_ratio.min()), float(self.sd_ratio.max())


def distance(predictive: Predictive, exact: LinearPosterior, rows: FloatArray, strata: int = 19) -> Distance:
    r"""Compare function draws f (S, G, 1) with the exact posterior at design rows (G, P).

    The Wasserstein-1 distance is :math:`\int |F^{-1}(u) - G^{-1}(u)|\,du`, on evenly spaced quantiles.
    """
    f = predictive.mean_at
    mean, sd = (moment[0] for moment in exact.moments(rows))
    at = (np.arange(strata) + 0.5) / strata
    true = np.array([q[0] for q in exact.quantiles(rows, list(at), tolerance=1e-4)])
    gap = np.abs(np.quantile(f, at, axis=0) - true).mean(0)
    return Distance((f.mean(0) - mean) / sd, f.std(0) / sd, gap / sd, BELOW_EXACT)


def between(fit: Fit, reference: Fit, x: FloatArray) -> Distance:
    """Compare a fit's curves with those of a sampled reference at inputs x (G, D)."""
    places = np.asarray(x, dtype=float)
    return _apart(fit.curve(places), *_truth(reference, places.shape, places.tobytes()))


@lru_cache(maxsize=2)
def _truth(reference: Fit, shape: tuple[int, ...], places: bytes) -> tuple[FloatArray, FloatArray]:
    """Return a reference's curves (R, G) and their quantiles: dozens of fits are compared with them in a row."""
    curves = reference.curve(np.frombuffer(places).reshape(shape))
    return curves, np.quantile(curves, _AT, axis=0)


def apart(one: FloatArray, other: FloatArray) -> Distance:
    """Compare function draws (S, G) with those of the truth (R, G)."""
    return _apart(one, other, np.quantile(other, _AT, axis=0))


def _apart(one: FloatArray, other: FloatArray, true: FloatArray) -> Distance:
    far = np.abs(np.quantile(one, _AT, axis=0) - true).mean(0)
    sd = other.std(0)
    return Distance((one.mean(0) - other.mean(0)) / sd, one.std(0) / sd, far / sd, BELOW_SAMPLED)


@dataclass(frozen=True)
class Floor:
    """What this many draws of the truth itself would show: their mean distance, and the shares of narrow, wide places.

    Nothing that answers in so few draws can be expected below it.
    """

    draws: int
    overall: float
    narrower: float
    wider: float


def floor(reference: FloatArray, draws: int, seed: int = 0) -> Floor:
    """Return the mean of `apart` over sets of `draws` of the reference's own draws (R, G), drawn with replacement.

    Whole draws are taken, so that places of one curve stay together. There are more repetitions the fewer draws there
    are, 2 to 100. Source: Efron (1979), Bootstrap methods: another look at the jackknife. Raises ValueError for less
    than one draw.

    >>> normal = np.random.default_rng(1).standard_normal((4000, 3))
    >>> few, many = floor(normal, 20), floor(normal, 2000)
    >>> bool(0.2 < few.overall < 0.3 and many.overall < 0.04), many.narrower
    (True, 0.0)
    """
    draws = count(draws, "the number of draws", 1, 10**6)
    random, true = np.random.default_rng([seed, 71]), np.quantile(reference, _AT, axis=0)
    repeats = int(np.clip(_REDRAWN // draws, _FEWEST_REPEATS, _MOST_REPEATS))
    told = [_apart(reference[random.integers(len(reference), size=draws)], reference, true) for _ in range(repeats)]
    shares = np.mean([(t.overall, t.over_confident_share, t.wider_share) for t in told], axis=0)
    return Floor(draws, *map(float, shares))
