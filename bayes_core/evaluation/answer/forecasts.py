"""Forecasts of rows that were not fitted, beside what was measured there: mean, interval, range of draws, covers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.numerics import binomial

DRAWS = 100
"""Draws of the mean whose smallest and largest are told, as in the tutorial's table."""

_COARSE = 0.15


@dataclass(frozen=True)
class Covered:
    """How many of `total` new rows an interval holds, and how many it would hold nine times in ten, kept its promise.

    `low` and `high` are the 5 % and 95 % quantiles of Binomial(total, level).
    """

    inside: int
    total: int
    level: float
    low: int
    high: int

    @classmethod
    def of(cls, inside: NDArray[np.bool_], level: float) -> Covered:
        """Return the count of rows that are inside.

        >>> Covered.of(np.arange(100) < 84, 0.9).sentence()
        '84 of 100 rows (84 %) are inside; a promise of 90 % that is kept holds 85 to 95 nine times in ten'
        """
        total = len(inside)
        low, high = (int(binomial.quantile(tail, total, level)) for tail in (0.05, 0.95))
        return cls(int(inside.sum()), total, level, low, high)

    @property
    def outside(self) -> int:
        """Return how many are not."""
        return self.total - self.inside

    @property
    def share(self) -> float:
        """Return the share inside."""
        return self.inside / self.total

    @property
    def error(self) -> float:
        """Return the binomial standard error of a share of so many rows, were the promise kept."""
        return float(np.sqrt(self.level * (1 - self.level) / self.total))

    @property
    def few(self) -> bool:
        """Return whether a share of so many rows is uncertain by more than 15 points: these rows test little."""
        return 2 * 1.645 * self.error > _COARSE

    @property
    def verdict(self) -> str:
        """Return a sign and words: whether such a count is usual where the promise is kept."""
        if self.low <= self.inside <= self.high:
            return "✓ as promised"
        return "▼ fewer than promised" if self.inside < self.low else "▲ more than promised"

    def sentence(self) -> str:
        """Say the count, and what is usual."""
        return (
            f"{self.inside:,} of {self.total:,} rows ({100 * self.share:.3g} %) are inside; a promise of "
            f"{100 * self.level:.4g} % that is kept holds {self.low:,} to {self.high:,} nine times in ten"
        )


@dataclass(frozen=True, eq=False)
class Forecasts:
    """Forecasts of N rows in the target's own unit, all (N,): mean, predictive interval, what was `actual`.

    `least` and `most` are of `draws` posterior draws of the mean, which say how sure the mean is and nothing of the
    noise; `places` are the rows' places in the whole data set, `usual` is the mean of the fitted targets.
    """

    places: NDArray[np.intp]
    actual: FloatArray
    mean: FloatArray
    lower: FloatArray
    upper: FloatArray
    level: float
    least: FloatArray
    most: FloatArray
    draws: int
    usual: float

    @property
    def covered(self) -> NDArray[np.bool_]:
        """Return whether each interval holds what was measured, (N,)."""
        return (self.lower <= self.actual) & (self.actual <= self.upper)

    @property
    def coverage(self) -> Covered:
        """Return how many rows the predictive interval holds."""
        return Covered.of(self.covered, self.level)

    @property
    def within_draws(self) -> int:
        """Return how many rows lie between the smallest and the largest draw of the mean."""
        return int(((self.least <= self.actual) & (self.actual <= self.most)).sum())

    @property
    def rmse(self) -> float:
        """Return the root of the mean squared distance of the mean from what was measured."""
        return float(np.sqrt(np.mean((self.mean - self.actual) ** 2)))

    @property
    def rmse_error(self) -> float:
        """Return the standard error of the RMSE, rows counting as independent; NaN for a single row."""
        if len(self.actual) < 2 or self.rmse == 0:
            return float("nan")
        squares = (self.mean - self.actual) ** 2
        return float(squares.std(ddof=1) / np.sqrt(len(squares)) / (2 * self.rmse))

    @property
    def rmse_of_usual(self) -> float:
        """Return the RMSE of somebody who always says the mean of the fitted targets."""
        return float(np.sqrt(np.mean((self.usual - self.actual) ** 2)))

    @property
    def explained(self) -> float:
        """Return the share of the squared distances from the usual value that the mean explains, negative if worse."""
        return 1 - (self.rmse / self.rmse_of_usual) ** 2 if self.rmse_of_usual > 0 else float("nan")

    @property
    def side(self) -> NDArray[np.intp]:
        """Return for each row -1 below its interval, 0 inside, 1 above, (N,)."""
        return (self.actual > self.upper).astype(np.intp) - (self.actual < self.lower)

    @property
    def reach(self) -> FloatArray:
        """Return from the smallest to the largest draw of the mean, (N,)."""
        return self.most - self.least

    def examples(self, count: int = 8) -> NDArray[np.intp]:
        """Return places among these of some rows from the smallest forecast to the largest, evenly spaced in rank."""
        order = np.argsort(self.mean, kind="stable")
        some: NDArray[np.intp] = order[_spaced(len(order), count)]
        return some


def range_of(f: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the smallest and the largest (N,) of up to DRAWS evenly spaced draws of f (S, N)."""
    some = f[_spaced(len(f), DRAWS)]
    return some.min(0), some.max(0)


def _spaced(size: int, count: int) -> NDArray[np.intp]:
    """Return up to so many places among `size`, evenly spaced, with both ends."""
    return np.unique(np.linspace(0, size - 1, min(count, size)).round().astype(np.intp))


__all__ = ["DRAWS", "Covered", "Forecasts", "range_of"]
