"""All inputs at once, of classes: every standardised coefficient, what each input is worth, and forecasts.

Of two classes a coefficient is by how much the log odds of the second class rise. More classes have a softmax, which
stays as it is where every class's weights rise alike; so what is told of a class is by how much its logit rises above
the mean of all classes' logits: the log odds against the geometric mean of all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.data.upload.scaling import Scaling
from bayes_core.evaluation.answer.class_forecasts import ClassForecasts, positive
from bayes_core.evaluation.answer.class_line import most_rows
from bayes_core.evaluation.answer.class_weights import ClassWeights, around, class_weights, probabilities
from bayes_core.evaluation.answer.columns import Columns, ColumnWorth, column_names
from bayes_core.evaluation.answer.line import step_of
from bayes_core.evaluation.answer.trial import Trial
from bayes_core.evaluation.scores import log_score
from bayes_core.intervals import tails
from bayes_core.likelihoods import Categorical
from bayes_core.types import Dataset

_PAIRS, _WORK = 250, 4_000_000  # mirrored draws that compare two answers, and probabilities that they may cost


@dataclass(frozen=True)
class ClassCoefficient:
    """By how much a class's log odds rise per sd of an input: mean, low, high; `odds`: by what they are multiplied.

    `odds` (mean in the log, low, high) are per `step` of the input's own unit.
    """

    name: str
    label: str
    mean: float
    low: float
    high: float
    step: float
    odds: tuple[float, float, float]
    level: float

    @property
    def sign(self) -> str:
        """Return which way it goes, in a sign and words, as far as the interval says so."""
        if self.low > 0:
            return "▲ more probable"
        return "▼ less probable" if self.high < 0 else "○ may go either way"


class ClassWorth(ColumnWorth):
    """What a column is worth in nats a row: by how much the held-out log score falls without it.

    Both compare Laplace's approximation with itself.
    """

    @property
    def fall(self) -> float:
        """Return by how much the log score falls."""
        return self.lost


@dataclass(frozen=True, eq=False)
class ClassInputs(Columns[ClassWorth]):
    """The answer of all inputs at once about classes, given the fitted rows of a trial."""

    weights: ClassWeights

    @property
    def classes(self) -> tuple[str, ...]:
        """Return the classes."""
        return self.trial.train.classes

    @property
    def told(self) -> tuple[str, ...]:
        """Return the classes that coefficients are told of: of two the second, of more all."""
        return self.classes[1:] if len(self.classes) == 2 else self.classes

    @cached_property
    def contrasts(self) -> FloatArray:
        """Return draws (S, P, C) of what is told: log odds of the second of two, or logits above their mean."""
        drawn = self.weights.draws
        return drawn if drawn.shape[2] == 1 else drawn - drawn.mean(2, keepdims=True)

    @cached_property
    def coefficients(self) -> tuple[tuple[ClassCoefficient, ...], ...]:
        """Return for every input, in their order, the coefficient of each class that is told."""
        drawn, x = self.contrasts[:, 1:], self.trial.train.x
        mean, (low, high) = drawn.mean(0), np.quantile(drawn, tails(self.level), axis=0)
        found = []
        for d, name in enumerate(self.trial.train.feature_names):
            step = step_of(x[:, d])
            own = step / self.scaling.scale[d]
            each = []
            for c, label in enumerate(self.told):
                m, a, b = float(mean[d, c]), float(low[d, c]), float(high[d, c])
                odds = _odds(own * m), _odds(own * a), _odds(own * b)
                each.append(ClassCoefficient(name, label, m, a, b, step, odds, self.level))
            found.append(tuple(each))
        return tuple(found)

    def _intervals(self) -> Iterator[Sequence[ClassCoefficient]]:
        return iter(self.coefficients)

    @cached_property
    def forecasts(self) -> ClassForecasts | None:
        """Return what is said of the rows held out, None where there are none."""
        held, train = self.trial.held, self.trial.train
        if held is None:
            return None
        some = max(min(len(self.weights.draws), _WORK // (len(held.y) * len(self.classes))), 100)
        p = probabilities(self.weights.draws[:: len(self.weights.draws) // some], self._design, _likelihood(train))
        usual = np.bincount(train.y.astype(np.intp), minlength=len(self.classes)) / len(train.y)
        actual = held.y.astype(np.intp)
        return ClassForecasts(self.trial.held_places, actual, p, usual, self.classes, self.level)

    def _worth(self, name: str, inputs: tuple[int, ...], stay: NDArray[np.intp]) -> ClassWorth:
        (before, evidence), (after, less) = self._whole, self._without(stay)
        if before is None or after is None:
            return ClassWorth(name, inputs, float("nan"), float("nan"), evidence - less)
        each = before - after
        error = each.std(ddof=1) / np.sqrt(len(each)) if len(each) > 1 else np.nan
        return ClassWorth(name, inputs, float(each.mean()), float(error), evidence - less)

    @cached_property
    def _whole(self) -> tuple[FloatArray | None, float]:
        return self._without(np.arange(len(self.groups) + 1))

    @cached_property
    def _fitted(self) -> FloatArray:
        return self.scaling.design(self.trial.train.x)

    def _without(self, stay: NDArray[np.intp]) -> tuple[FloatArray | None, float]:
        """Return the log probability of every held-out row's class, and log p(y), with some of the columns only."""
        held, train, rows = self.trial.held, self.trial.train, 0
        if held is not None:
            rows = len(held.y) * len(self.classes)
        pairs = int(np.clip(_WORK // max(2 * rows, 1), 16, _PAIRS))
        draws, evidence = around(self._fitted[:, stay], train.y, _likelihood(train), pairs)
        if held is None:
            return None, evidence
        p = probabilities(draws, self._design[:, stay], _likelihood(train))
        return log_score(positive(p), held.y.astype(np.intp)).each, evidence


def class_inputs(trial: Trial, level: float = 0.9, groups: Sequence[str] = ()) -> ClassInputs:
    """Return the posterior of all standardised coefficients of classes, given the fitted rows, at most 4,000 of them.

    `groups` names for each input the column that it came from. Raises ValueError for a target that is a number, too
    many weights, and a level outside 0 to 1.

    >>> from bayes_core.evaluation.answer.trial import held_out_rows
    >>> x = np.random.default_rng(0).normal(size=(200, 2)) * [1.0, 50.0]
    >>> y = (x[:, 0] + 0.3 * np.random.default_rng(1).normal(size=200) > 0).astype(int)
    >>> found = class_inputs(held_out_rows(Dataset.from_arrays(x, y, task="classification")))
    >>> [each[0].sign for each in found.coefficients], [one.fall > 0.1 for one in found.quick_worth.values()]
    (['▲ more probable', '○ may go either way'], [True, False])
    """
    train = trial.train
    if train.task != "classification":
        raise ValueError(f"the target {train.target_name!r} is a number: these coefficients are of classes")
    tails(level)
    names = column_names(groups, train)
    small = trial.at_most(most_rows(len(train.classes)))
    scaling = Scaling.of(small.train)
    found = class_weights(scaling.design(small.train.x), small.train.y, _likelihood(train))
    return ClassInputs(small, scaling, level, names, found)


def _odds(log: float) -> float:
    return float(np.exp(np.clip(log, -700, 700)))


def _likelihood(dataset: Dataset) -> Categorical:
    return Categorical(len(dataset.classes))


__all__ = ["ClassCoefficient", "ClassInputs", "ClassWorth", "class_inputs"]
