"""What was said of the classes of held-out rows, beside what they are: right or not, scores, calibration."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.evaluation.answer.forecasts import Covered
from bayes_core.evaluation.calibration.reliability import Reliability, reliability
from bayes_core.evaluation.forecasts import of_class, top_label
from bayes_core.evaluation.scores import Score, brier_score, log_score
from bayes_core.foundations.conjugate.beta import Beta
from bayes_core.intervals import tails

_LEAST = 1e-300
FEW = 40
"""Rows below which hardly any promise could be refuted."""


@dataclass(frozen=True)
class Hits:
    """How many of `total` rows are right, and the credible interval of the share, from a flat prior."""

    right: int
    total: int
    low: float
    high: float
    level: float

    @classmethod
    def of(cls, right: NDArray[np.bool_], level: float) -> Hits:
        """Return the count, and the quantiles of Beta(1 + right, 1 + wrong).

        >>> told = Hits.of(np.arange(22) > 0, 0.9)
        >>> told.right, told.total, round(told.low, 3), round(told.high, 3)
        (21, 22, 0.81, 0.984)
        """
        count, total = int(right.sum()), len(right)
        share = Beta(np.asarray(1.0 + count), np.asarray(1.0 + total - count))
        low, high = map(float, share.quantile(tails(level)))
        return cls(count, total, low, high, level)

    @property
    def share(self) -> float:
        """Return the share that is right."""
        return self.right / self.total


@dataclass(frozen=True, eq=False)
class ClassForecasts:
    """Probabilities (N, K) of rows that were not fitted, and the classes (N,) that they are.

    `places` are the rows' places in the whole data set, `usual` (K,) the shares of the fitted rows.
    """

    places: NDArray[np.intp]
    actual: NDArray[np.intp]
    probabilities: FloatArray
    usual: FloatArray
    classes: tuple[str, ...]
    level: float

    @property
    def best(self) -> NDArray[np.intp]:
        """Return the most probable class of each row, (N,)."""
        return np.asarray(self.probabilities.argmax(1), np.intp)

    @property
    def right(self) -> NDArray[np.bool_]:
        """Return whether that is the row's class, (N,)."""
        return np.asarray(self.best == self.actual)

    @property
    def accuracy(self) -> Hits:
        """Return how many rows are right."""
        return Hits.of(self.right, self.level)

    @property
    def usual_accuracy(self) -> Hits:
        """Return how many rows the commonest fitted class is right about."""
        return Hits.of(self.actual == int(self.usual.argmax()), self.level)

    @cached_property
    def log_score(self) -> Score:
        """Return the log score, nats a row."""
        return log_score(positive(self.probabilities), self.actual)

    @cached_property
    def brier(self) -> Score:
        """Return the Brier score."""
        return brier_score(self.probabilities, self.actual)

    @cached_property
    def usual_log_score(self) -> Score:
        """Return the log score of somebody who always says the shares of the fitted rows."""
        return log_score(self._always, self.actual)

    @cached_property
    def usual_brier(self) -> Score:
        """Return the Brier score of the same."""
        return brier_score(self._always, self.actual)

    @property
    def few(self) -> bool:
        """Return whether there are too few rows to test much on."""
        return len(self.actual) < FEW

    @property
    def event(self) -> str:
        """Return whose probability the calibration is about: of two classes the second's, of more the likeliest's."""
        return self.classes[1] if len(self.classes) == 2 else ""

    @cached_property
    def calibration(self) -> Reliability:
        """Return what was said against what happened, in tenths."""
        told = (
            of_class(self.probabilities, self.actual, 1) if self.event else top_label(self.probabilities, self.actual)
        )
        return reliability(*told, bins=10, level=self.level)

    @property
    def bins(self) -> NDArray[np.intp]:
        """Return the tenths that hold a row."""
        return np.flatnonzero(self.calibration.filled)

    @property
    def telling(self) -> Covered:
        """Return the count of the tenth to speak of: the fullest that was told neither 0 to 10 nor 90 to 100 %.

        The fullest of all where there is no other.
        """
        told = self.calibration
        inner = np.append(np.append(0, told.counts[1:-1]), 0)
        k = int((inner if inner.any() else told.counts).argmax())
        total = int(told.counts[k])
        inside, low, high = (round(float(end[k]) * total) for end in (told.observed, told.lower, told.upper))
        return Covered(inside, total, float(told.forecast[k]), low, high)

    def examples(self, count: int = 8) -> NDArray[np.intp]:
        """Return places among these of some rows, from the least certain forecast to the most, evenly in rank."""
        order = np.argsort(self.probabilities.max(1), kind="stable")
        some: NDArray[np.intp] = order[np.unique(np.linspace(0, len(order) - 1, count).round().astype(np.intp))]
        return some

    @property
    def _always(self) -> FloatArray:
        return np.broadcast_to(positive(self.usual[None]), self.probabilities.shape)


def positive(p: FloatArray) -> FloatArray:
    """Return probabilities none of which is so small that it became zero."""
    return np.maximum(p, _LEAST)


__all__ = ["FEW", "ClassForecasts", "Hits", "positive"]
