"""Do intervals keep their levels? Where outcomes fall in their own predictive distributions, and how wide those are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from bayes_core.checks import FloatArray, count, floats, positive
from bayes_core.evaluation.calibration.reliability import consistency
from bayes_core.evaluation.forecasts import mixture_forecast, shares
from bayes_core.intervals import tails
from bayes_core.numerics import binomial
from bayes_core.numerics.mixture import quantiles


@dataclass(frozen=True, eq=False)
class CoverageCurve:
    """Which share of N outcomes central intervals of each level (L,) hold, `kept`; with what chance alone allows.

    `lower` and `upper` (L,) hold the share that calibrated intervals keep with at least the probability `chance`;
    `errors` are the shares' standard errors.
    """

    levels: FloatArray
    kept: FloatArray
    errors: FloatArray
    lower: FloatArray
    upper: FloatArray
    points: int
    chance: float

    @property
    def outside(self) -> NDArray[np.bool_]:
        """Return at which levels (L,) more or less is kept than chance allows."""
        far: NDArray[np.bool_] = (self.kept < self.lower - 1e-12) | (self.kept > self.upper + 1e-12)
        return far

    def at(self, level: float) -> float:
        """Return the share kept at one of the levels."""
        return float(self.kept[np.abs(self.levels - level).argmin()])


@dataclass(frozen=True, eq=False)
class PitHistogram:
    """How many of N outcomes fell into each of B equal parts of their own forecasts, and what chance alone allows.

    `outside_by_chance` is the probability that one part of a calibrated forecast holds more or fewer than that.
    """

    counts: NDArray[np.intp]
    expected: float
    lower: float
    upper: float
    level: float
    outside_by_chance: float

    @property
    def outside(self) -> NDArray[np.bool_]:
        """Return which parts (B,) hold more or fewer than chance allows."""
        far: NDArray[np.bool_] = (self.counts < self.lower - 1e-9) | (self.counts > self.upper + 1e-9)
        return far


def pit(y: ArrayLike, f: ArrayLike, noise: ArrayLike, share: ArrayLike | None = None) -> FloatArray:
    r"""Return what the forecast gave to less than y (N,), a probability; draws f (S, N), noise (S,) or (S, N).

    .. math:: \tfrac1S \sum_s \Phi\big((y_n - f_{sn}) / \sigma_{sn}\big)

    Where a draw is a mixture of M Gaussians, f, noise and their `share` are (S, N, M), see `Predictive.parts`.
    Uniform where the forecast is calibrated. Source: Gneiting, Balabdaoui and Raftery (2007), Probabilistic forecasts,
    calibration and sharpness, section 3.1. Raises ValueError where shapes disagree or a noise is not positive.

    >>> pit([1.0], [[0.0], [2.0]], [1.0, 1.0])
    array([0.5])
    """
    outcome, parts = mixture_forecast(y, f, noise, share)
    below = [(part.share * ndtr((outcome - part.f) / part.noise)).mean(0) for part in parts]
    found: FloatArray = np.sum(below, axis=0)
    return found


def coverage_curve(pits: ArrayLike, levels: Sequence[float] | FloatArray, chance: float = 0.9) -> CoverageCurve:
    """Return how many of the outcomes with these PIT values (N,) lie in the central interval of each level (L,).

    The interval of level l holds the PITs from (1 - l) / 2 to (1 + l) / 2. Raises ValueError for one outside 0 to 1.

    >>> coverage_curve([0.04, 0.3, 0.5, 0.96], [0.5, 0.9]).kept
    array([0.5, 0.5])
    """
    u, at = shares(pits, "the PIT values"), shares(np.asarray(levels), "the levels")
    off = np.sort(np.abs(2 * u - 1))
    kept = np.searchsorted(off, at + 1e-12, side="right") / len(u)
    lower, upper = _allowed(len(u), tuple(at.tolist()), chance)
    return CoverageCurve(at, kept, np.sqrt(kept * (1 - kept) / len(u)), lower, upper, len(u), chance)


def pit_histogram(pits: ArrayLike, bins: int = 20, level: float = 0.9) -> PitHistogram:
    """Return the histogram of PIT values (N,), with the interval of each bar by chance, were they uniform.

    >>> pit_histogram([0.1, 0.2, 0.9], bins=2).counts
    array([2, 1])
    """
    u = shares(pits, "the PIT values")
    bins = count(bins, "the number of bins", 1, 1000)
    counts = np.bincount(np.minimum((u * bins).astype(int), bins - 1), minlength=bins)
    lower, upper = (float(end[0] * len(u)) for end in _allowed(len(u), (1 / bins,), level))
    inside = binomial.cdf([lower - 1, upper], len(u), 1 / bins)
    return PitHistogram(counts, len(u) / bins, lower, upper, level, float(1 - np.diff(inside)[0]))


@lru_cache(maxsize=1024)  # how wide a forecast is changes nothing of it
def _allowed(points: int, levels: tuple[float, ...], chance: float) -> tuple[FloatArray, FloatArray]:
    """Return within which shares chance keeps the levels (L,) of so many outcomes."""
    ends = consistency(np.full(len(levels), points), levels, chance)
    for end in ends:
        end.setflags(write=False)
    return ends


def sharpness(f: ArrayLike, noise: ArrayLike, level: float = 0.9, share: ArrayLike | None = None) -> float:
    """Return the mean width of the central predictive intervals of draws f (S, N), noise (S,) or (S, N), in y's unit.

    With a `share` all three are (S, N, M).

    A matter of the forecasts alone: of two that keep their word the sharper one is better. Source: Gneiting,
    Balabdaoui and Raftery (2007), section 3.4.

    >>> round(sharpness([[0.0, 5.0]], [1.0], 0.9), 3)
    3.29
    """
    values = floats(f, "f", 2 if share is None else 3)
    _, parts = mixture_forecast(np.zeros(values.shape[1]), values, noise, share)
    weight = np.concatenate([np.broadcast_to(part.share, part.f.shape) for part in parts]).T / len(values)
    means, sds = (np.concatenate(every).T for every in ([p.f for p in parts], [p.noise for p in parts]))
    low, high = quantiles(tails(level), weight, means, sds)
    return float((high - low).mean())


def stretched(y: ArrayLike, centre: ArrayLike, factor: float) -> FloatArray:
    r"""Return where an outcome y (N,) lies in its forecast once that is `factor` times as wide about a centre (N,).

    .. math:: F_c\big(m + c (t - m)\big) = F(t) \quad\Rightarrow\quad F_c(y) = F\big(m + (y - m) / c\big)

    So PIT values, coverage and scores of the wider forecast are those of the old one at these outcomes, with CRPS and
    widths multiplied by the factor and its logarithm taken off the log score.

    >>> stretched([3.0], [1.0], 2.0)
    array([2.])
    """
    factor = positive(factor, "the factor", "1 leaves the band as it is")
    outcome, middle = floats(y, "y", 1), floats(centre, "the centre", 1)
    moved: FloatArray = middle + (outcome - middle) / factor
    return moved


__all__ = [
    "CoverageCurve",
    "PitHistogram",
    "coverage_curve",
    "pit",
    "pit_histogram",
    "sharpness",
    "stretched",
]
