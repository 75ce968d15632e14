"""The threshold among the scores of calibration points, and how its coverage varies from set to set."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from bayes_core.checks import FloatArray, assign, count, floats
from bayes_core.intervals import level_words

_MOST = 10_000_000
_DIGITS = 9
"""(n + 1)(1 - alpha) is rounded to this before it is rounded up: 100 x 0.55 is 55.00000000000001 to a computer."""


def rank(n: int, level: float) -> int:
    r"""Return which of n scores, counted from the smallest, is the threshold: :math:`k = \lceil (n + 1)\,level \rceil`.

    k = n + 1 says that n points are too few: none of the scores is far enough, and the band has no end.

    >>> rank(100, 0.9), rank(9, 0.9), rank(8, 0.9), rank(99, 0.55)
    (91, 9, 9, 55)
    """
    return ceil(round((count(n, "the number of calibration points", 0, _MOST) + 1) * _level(level), _DIGITS))


def needed(level: float) -> int:
    r"""Return the fewest calibration points that make a band with an end: :math:`\lceil level / (1 - level) \rceil`.

    >>> needed(0.9), needed(0.95), needed(0.99), needed(0.5)
    (9, 19, 99, 1)
    """
    return ceil(round(_level(level) / (1 - level), _DIGITS))


def thresholds(scores: ArrayLike, levels: ArrayLike) -> FloatArray:
    """Return the thresholds (..., V) of n scores (..., n) at levels (V,), infinite where n is too small.

    >>> thresholds([3.0, 1.0, 2.0, 5.0], [0.5, 0.8, 0.9])
    array([ 3.,  5., inf])
    """
    values = floats(scores, "scores")
    if values.ndim == 0:
        raise ValueError(f"scores are {values}: give one for every calibration point, in an array")
    return _picked(values.copy(), floats(levels, "levels", 1))


def thresholds_of_first(scores: ArrayLike, points: NDArray[np.intp], levels: FloatArray) -> FloatArray:
    """Return the thresholds (V, ...) of the first `points` (V,) of scores (..., N) at levels (V,).

    >>> thresholds_of_first([3.0, 1.0, 2.0, 5.0], np.array([4, 3]), np.array([0.5, 0.5]))
    array([3., 2.])
    """
    values = floats(scores, "scores")
    found = np.empty((len(levels), *values.shape[:-1]))
    for n in np.unique(points):  # scores of one size are put in order once
        at = np.flatnonzero(points == n)
        found[at] = np.moveaxis(_picked(values[..., :n].copy(), levels[at]), -1, 0)
    return found


def _picked(values: FloatArray, levels: FloatArray) -> FloatArray:
    """Return the thresholds (..., V) of scores (..., n), which are put in order as far as one level or all need it."""
    n = values.shape[-1]
    ranks = np.array([rank(n, level) for level in levels.tolist()], dtype=int)
    if n == 0:
        return np.full((*values.shape[:-1], len(ranks)), np.inf)
    places = np.minimum(ranks, n) - 1
    if np.ptp(places) == 0:
        values.partition(places[0], axis=-1)
    else:
        values.sort(axis=-1)
    return np.where(ranks <= n, values[..., places], np.inf)


@dataclass(frozen=True)
class CoverageDistribution:
    r"""How a threshold's coverage varies from one calibration set to the next: exactly Beta(k, n + 1 - k).

    This is the share of *all* new points inside the band of one calibration set, where scores are exchangeable and no
    two are equal; equal scores can only raise it. With k > n the band holds everything. Source: Vovk (2012),
    Conditional validity of inductive conformal predictors, proposition 2a.

    >>> told = CoverageDistribution(100, 0.9)
    >>> round(told.mean, 4), [round(end, 3) for end in told.interval(0.9)]
    (0.901, [0.848, 0.945])
    """

    n: int
    level: float

    @property
    def rank(self) -> int:
        """Return k."""
        return rank(self.n, self.level)

    @property
    def endless(self) -> bool:
        """Return whether there are too few points for a band with an end."""
        return self.rank > self.n

    @property
    def mean(self) -> float:
        """Return the coverage that is promised on average, k / (n + 1)."""
        return self.rank / (self.n + 1)

    @property
    def sd(self) -> float:
        """Return the sd of the coverage over calibration sets."""
        return 0.0 if self.endless else float(self._beta.std())

    def quantiles(self, probabilities: ArrayLike) -> FloatArray:
        """Return quantiles of the coverage."""
        p = floats(probabilities, "probabilities")
        return np.ones(p.shape) if self.endless else np.asarray(self._beta.ppf(p), dtype=float)

    def interval(self, level: float = 0.9) -> tuple[float, float]:
        """Return the equal-tailed interval in which the coverage of a calibration set lies."""
        low, high = self.quantiles([(1 - level) / 2, (1 + level) / 2]).tolist()
        return low, high

    def below(self, coverage: ArrayLike) -> FloatArray:
        """Return the share of calibration sets whose coverage is at most this."""
        c = floats(coverage, "coverage")
        return np.where(c >= 1, 1.0, 0.0) if self.endless else np.asarray(self._beta.cdf(c), dtype=float)

    def of_new(self, points: int, probabilities: ArrayLike) -> FloatArray:
        """Return quantiles of how many of some new points are inside: beta-binomial, since both sets are random.

        >>> CoverageDistribution(100, 0.9).of_new(100, [0.05, 0.5, 0.95])
        array([83., 90., 96.])
        """
        p, points = floats(probabilities, "probabilities"), count(points, "the number of new points", 0, _MOST)
        if self.endless:
            return np.full(p.shape, float(points))
        return np.asarray(stats.betabinom(points, self.rank, self.n + 1 - self.rank).ppf(p), dtype=float)

    @property
    def _beta(self) -> Any:
        return stats.beta(self.rank, self.n + 1 - self.rank)


@dataclass(frozen=True, eq=False)
class Calibration:
    """What n calibration points say at a level: their scores in rising order (n,), and the threshold among them.

    >>> told = Calibration([0.3, 2.0, 0.1, 0.7, 1.1, 0.3, 0.9, 0.2, 0.4], 0.8)
    >>> told.rank, told.threshold, told.endless, told.needed
    (8, 1.1, False, 4)
    >>> Calibration([0.3, 2.0], 0.9).reason
    '2 calibration points cannot promise 90 %: the band has no end; it takes 9'
    """

    scores: FloatArray
    level: float

    def __post_init__(self) -> None:
        """Put the scores in order, and check them and the level."""
        values = np.sort(floats(self.scores, "scores", 1))
        values.setflags(write=False)
        assign(self, scores=values, level=_level(self.level))

    @property
    def n(self) -> int:
        """Return the number of calibration points."""
        return len(self.scores)

    @property
    def rank(self) -> int:
        """Return which of the scores is the threshold, from 1; n + 1 where there are too few."""
        return rank(self.n, self.level)

    @property
    def endless(self) -> bool:
        """Return whether the points are too few, so that the band has no end."""
        return self.rank > self.n

    @property
    def threshold(self) -> float:
        """Return the k-th smallest score, infinite where there are too few."""
        return np.inf if self.endless else float(self.scores[self.rank - 1])

    @property
    def needed(self) -> int:
        """Return how many calibration points this level takes at least."""
        return needed(self.level)

    @property
    def ties(self) -> int:
        """Return how many other scores equal the threshold; the promise then holds from below only.

        >>> Calibration([0.5] * 19, 0.9).ties
        18
        """
        return 0 if self.endless else int((self.scores == self.threshold).sum()) - 1

    @property
    def coverage(self) -> CoverageDistribution:
        """Return how the coverage varies over calibration sets of this size."""
        return CoverageDistribution(self.n, self.level)

    @property
    def reason(self) -> str:
        """Return why the band has no end, and what would help; nothing where it has one."""
        if not self.endless:
            return ""
        points = f"{self.n} calibration point{'' if self.n == 1 else 's'}"
        return f"{points} cannot promise {level_words(self.level)}: the band has no end; it takes {self.needed}"


def calibrate(scores: ArrayLike, level: float = 0.9) -> Calibration:
    """Return what the scores (n,) of calibration points say at a level, which must lie between 0 and 1."""
    return Calibration(floats(scores, "scores", 1), level)


def by_group(scores: ArrayLike, groups: Sequence[Hashable], level: float = 0.9) -> Mapping[Hashable, Calibration]:
    """Return a calibration for every group (Mondrian): the promise then holds within each group, on average.

    `groups` (n,) name each point's group, which may depend on x or on what is forecast. A group with too few points has
    a band without end. Source: Vovk, Gammerman and Shafer (2005), section 4.5.

    >>> told = by_group([1.0, 2.0, 30.0, 10.0], ["calm", "calm", "storm", "storm"], 0.6)
    >>> {group: one.threshold for group, one in told.items()}
    {'calm': 2.0, 'storm': 30.0}
    """
    values, names = floats(scores, "scores", 1), _names(groups)
    if len(names) != len(values):
        raise ValueError(f"{len(names)} groups for {len(values)} scores: name the group of every calibration point")
    return {name: Calibration(values[[other == name for other in names]], level) for name in dict.fromkeys(names)}


def of_groups(calibrations: Mapping[Hashable, Calibration], groups: Sequence[Hashable]) -> FloatArray:
    """Return the threshold (G,) of each new point's group; a group that no calibration point has is infinite.

    >>> of_groups(by_group([1.0, 2.0], ["calm", "calm"], 0.6), ["calm", "storm"])
    array([ 2., inf])
    """
    known = {name: one.threshold for name, one in calibrations.items()}
    return np.array([known.get(name, np.inf) for name in _names(groups)], dtype=float)


def _names(groups: Sequence[Hashable]) -> list[Hashable]:
    return list(groups.tolist() if isinstance(groups, np.ndarray) else groups)


def _level(level: float) -> float:
    if not 0 < level < 1:
        raise ValueError(f"the level is {level}: give a number between 0 and 1, such as 0.9")
    return float(level)
