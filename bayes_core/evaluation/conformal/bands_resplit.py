"""A conformal band of a finite lot of rows, calibrated on some and tried on the others: what other splits would give.

No truth is known of them, and there are no further ones, so that worlds cannot be repeated; which rows calibrate can.
Where no two scores are equal, how many of the others are inside is beta-binomial, exactly; equal scores only raise it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from bayes_core.checks import FloatArray
from bayes_core.evaluation.conformal.along import BoolArray, Worlds
from bayes_core.evaluation.conformal.numbers import Edges, Forecast, edges, scored
from bayes_core.evaluation.conformal.sets_along import as_worlds, binned
from bayes_core.evaluation.conformal.threshold import CoverageDistribution, rank, thresholds, thresholds_of_first

Codes = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Lot:
    """Rows with what was forecast of them: inputs x (N,), targets y (N,), and the score that tells how far off it was.

    `own` are the forecast's own intervals at the rows, edges (N,) by level, where it has any.
    """

    x: FloatArray
    y: FloatArray
    forecast: Forecast
    score: str
    own: dict[float, Edges]

    @property
    def scores(self) -> FloatArray:
        """Return the scores (N,), in the order of the rows."""
        return scored(self.y, self.forecast, self.score)

    @property
    def equal(self) -> int:
        """Return how many rows have a score that another row has too."""
        return len(self.y) - len(np.unique(self.scores))


@dataclass(frozen=True, eq=False)
class Bands:
    """Bands at V positions, calibrated on the first `points` (V,) of the lot, which of all rows (V, N) they hold.

    `share` (V,) is of the others, `half` (V,) half the width at an average row, infinite where there is no end.
    `expected` (V,) is what such a band holds on average over splits, at least; `own_share` and `own_half` (V,) are the
    forecast's own, NaN where it has none.
    """

    level: FloatArray
    points: Codes
    ranks: Codes
    threshold: FloatArray
    kept: BoolArray
    share: FloatArray
    half: FloatArray
    expected: FloatArray
    own_share: FloatArray
    own_half: FloatArray

    @property
    def endless(self) -> BoolArray:
        """Return at which positions (V,) the rows are too few for a band with an end."""
        return np.isposinf(self.threshold)


def bands_of(lot: Lot, level: FloatArray, points: FloatArray) -> Bands:
    """Return the bands at V positions of level and number of calibration rows.

    >>> told = Lot(np.arange(4.0), np.array([1.0, 2, 3, 9]), Forecast(np.zeros(4)), "absolute", {})
    >>> found = bands_of(told, np.array([0.5, 0.9]), np.array([2.0, 3.0]))
    >>> found.threshold, found.share, found.expected.round(3)
    (array([ 2., inf]), array([0., 1.]), array([0.667, 1.   ]))
    """
    scores, counts = lot.scores, points.astype(int)
    q = thresholds_of_first(scores, counts, level)
    lower, upper = edges(lot.forecast, q[:, None], lot.score)
    kept = (lot.y >= lower) & (lot.y <= upper)
    own = [_own(lot, float(p), int(n)) for p, n in zip(level, counts, strict=True)]
    return Bands(
        level,
        counts,
        np.array([rank(n, p) for n, p in zip(counts, level, strict=True)]),
        q,
        kept,
        np.array([row[n:].mean() for row, n in zip(kept, counts, strict=True)]),
        np.maximum(upper - lower, 0.0).mean(1) / 2,
        np.array([CoverageDistribution(n, p).mean for n, p in zip(counts.tolist(), level.tolist(), strict=True)]),
        *np.array(own).T,
    )


def _own(lot: Lot, level: float, n: int) -> tuple[float, float]:
    """Return the share of the rows that do not calibrate in the forecast's own interval, and its half-width."""
    if level not in lot.own:
        return float("nan"), float("nan")
    low, high = lot.own[level]
    inside = (lot.y >= low) & (lot.y <= high)
    return float(inside[n:].mean()), float((high - low).mean() / 2)


def bands_in_resplits(
    scores: FloatArray, level: FloatArray, points: FloatArray, splits: Codes, ends: FloatArray
) -> Worlds:
    """Return what bands hold of the other rows in splits (R, N) of a lot with scores (N,), beside their exact law.

    >>> every = np.array([[0, 1, 2], [1, 2, 0], [2, 0, 1]])
    >>> ends = np.array([0, 0.5, 1])
    >>> told = bands_in_resplits(np.array([1.0, 2.0, 3.0]), np.array([0.6]), np.array([2.0]), every, ends)
    >>> told.counts, told.law.round(3), told.mean.round(3)
    (array([[1., 2.]]), array([[0.333, 0.667]]), array([0.667]))
    """
    counts, shuffled = points.astype(int), scores[splits]
    share = np.empty((len(level), len(splits)))
    for n in np.unique(counts):
        at = np.flatnonzero(counts == n)
        q = thresholds(shuffled[:, :n], level[at])
        for k, v in enumerate(at):
            share[v] = (shuffled[:, n:] <= q[:, [k]]).mean(1)
    laws = [_law(len(scores), int(n), p, ends) for n, p in zip(counts, level, strict=True)]
    return as_worlds(share, np.array(laws), ends)


def _law(rows: int, n: int, level: float, ends: FloatArray) -> FloatArray:
    """Return the probability of each bin of the share that n of so many rows hold of the others."""
    m, k = rows - n, rank(n, level)
    held = np.arange(m + 1)
    law = (held == m) * 1.0 if k > n else np.asarray(stats.betabinom(m, k, n + 1 - k).pmf(held))
    return binned(law, held / m, ends)
