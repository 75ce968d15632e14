r"""All inputs at once: the exact linear answer on one footing, and what each input is worth.

Inputs and target are in standard deviations from the fitted rows' mean, every weight ~ N(0, 1), sigma ~ HalfCauchy(1).
An input is worth what is lost without it, all others staying (leave one covariate out; Lei et al. 2018, section 6):
the RMSE of held-out rows rises, and log p(y) falls, by the logarithm of a Bayes factor. Two inputs that tell the same
are each worth little: either stands in for the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.data.upload.scaling import Scaling
from bayes_core.data.upload.words import number
from bayes_core.evaluation.answer.columns import Columns, ColumnWorth, column_names
from bayes_core.evaluation.answer.forecasts import DRAWS, Forecasts
from bayes_core.evaluation.answer.trial import Trial
from bayes_core.inference.exact import fixed_randomness
from bayes_core.inference.linear_posterior import LinearPosterior, Spectrum, condensed, solve
from bayes_core.intervals import level_words, tails
from bayes_core.types import Dataset, Prior

PRIOR = Prior(width=1.0, noise=1.0)
"""The prior on one footing: an input that moves by one sd moves the target by about one sd at most."""


@dataclass(frozen=True)
class Coefficient:
    """A standardised coefficient, in sds of the target per sd of the input, and the same in their own units.

    low to high is its equal-tailed credible interval of a `level`; `own` are mean, low and high.
    """

    name: str
    mean: float
    low: float
    high: float
    own: tuple[float, float, float]
    level: float

    @property
    def sign(self) -> str:
        """Return which way it goes, in a sign and words, as far as the interval says so."""
        if self.low > 0:
            return "▲ goes up with it"
        return "▼ goes down with it" if self.high < 0 else "○ may go either way"

    @property
    def label(self) -> str:
        """Return level and kind of the interval."""
        return f"{level_words(self.level)} credible"


class Worth(ColumnWorth):
    """What a column is worth in the target's own unit: by how much the held-out RMSE rises without it."""

    @property
    def rise(self) -> float:
        """Return by how much the RMSE rises."""
        return self.lost


@dataclass(frozen=True, eq=False)
class AllInputs(Columns[Worth]):
    """The exact answer of all inputs at once, in the fit's units inside, and in the data's own outside."""

    posterior: LinearPosterior
    _triangle: tuple[FloatArray, FloatArray]

    @property
    def log_evidence(self) -> float:
        """Return log p(y) of the standardised targets."""
        return float(self.posterior.log_evidence[0])

    @cached_property
    def coefficients(self) -> tuple[Coefficient, ...]:
        """Return every coefficient in the order of the inputs."""
        rows = np.eye(self.posterior.spectrum.right.shape[1])[1:]
        mean = self.posterior.moments(rows)[0][0]
        low, high = (part[0] for part in self.posterior.quantiles(rows, tails(self.level)))
        own = np.stack([self.scaling.own_slopes(part) for part in (mean, low, high)], axis=1)
        names = self.trial.train.feature_names
        return tuple(
            Coefficient(name, float(m), float(a), float(b), (float(o[0]), float(o[1]), float(o[2])), self.level)
            for name, m, a, b, o in zip(names, mean, low, high, own, strict=True)
        )

    def _intervals(self) -> Iterator[Sequence[Coefficient]]:
        return ((one,) for one in self.coefficients)

    @cached_property
    def sigma(self) -> tuple[float, float, float]:
        """Return the noise's interval and its median, (low, median, high), in the target's unit."""
        low, high = tails(self.level)
        told = self.posterior.sigma_quantiles((low, 0.5, high))
        a, b, c = (float(self.scaling.own_spread(part[0])) for part in told)
        return a, b, c

    @cached_property
    def forecasts(self) -> Forecasts | None:
        """Return the forecasts of the rows held out, None where there are none."""
        held = self.trial.held
        if held is None:
            return None
        design, own = self._design, self.scaling.own_target
        lower, upper = self.posterior.quantiles(design, tails(self.level), "observation", 1e-5)
        uniform, normal = fixed_randomness(DRAWS, design.shape[1], 0)
        f = self.posterior.weight_draws(self.posterior.sigma_draws(uniform), normal)[0] @ design.T
        mean = design @ _mean_weights(self.posterior)
        return Forecasts(
            self.trial.held_places,
            held.y,
            *(own(mean), own(lower[0]), own(upper[0])),
            self.level,
            *(own(f.min(0)), own(f.max(0))),
            DRAWS,
            self.scaling.target_middle,
        )

    @cached_property
    def worth(self) -> tuple[Worth, ...]:
        """Return what each column is worth, in the order of the inputs: one refit for each."""
        return tuple(self.worth_of(name) for name in dict.fromkeys(self.groups))

    def _worth(self, name: str, inputs: tuple[int, ...], stay: NDArray[np.intp]) -> Worth:
        x, y = self._triangle
        without = solved(x[:, stay], y, self.trial.train)
        evidence = self.log_evidence - float(without.log_evidence[0])
        if self.trial.held is None or self.forecasts is None:
            return Worth(name, inputs, float("nan"), float("nan"), evidence)
        mean = self.scaling.own_target(self._design[:, stay] @ _mean_weights(without))
        squares = (mean - self.trial.held.y) ** 2
        rmse, before = float(np.sqrt(squares.mean())), self.forecasts
        each = squares - (before.mean - before.actual) ** 2
        error = each.std(ddof=1) / np.sqrt(len(each)) / (rmse + before.rmse) if len(each) > 1 else np.nan
        return Worth(name, inputs, rmse - before.rmse, float(error), evidence)


def all_inputs(trial: Trial, level: float = 0.9, groups: Sequence[str] = ()) -> AllInputs:
    """Return the exact posterior of all standardised coefficients, given the fitted rows.

    `groups` names for each input the column that it came from, so that a column of words is worth something as a whole.
    Raises ValueError for classes, for inputs that fit the target without any error, and for a level outside 0 to 1.

    >>> from bayes_core.evaluation.answer.trial import held_out_rows
    >>> x = np.random.default_rng(0).normal(size=(60, 2)) * [1.0, 50.0]
    >>> y = 3 * x[:, 0] + 0.1 * np.random.default_rng(1).normal(size=60)
    >>> found = all_inputs(held_out_rows(Dataset.from_arrays(x, y)))
    >>> [round(one.own[0], 2) for one in found.coefficients], [one.rise > 0.1 for one in found.worth]
    ([2.97, -0.0], [True, False])
    """
    train = trial.train
    if train.task == "classification":
        raise ValueError(f"the target {train.target_name!r} is a class: all inputs at once answer for a number")
    tails(level)
    names, scaling = column_names(groups, train), Scaling.of(train)
    x, y = condensed(scaling.design(train.x), scaling.target(train.y))
    return AllInputs(trial, scaling, level, names, solved(x, y, train), (x, y))


def solved(x: FloatArray, y: FloatArray, dataset: Dataset) -> LinearPosterior:
    """Return the exact posterior given `condensed` rows that stand for a data set's own.

    Raises ValueError, in the words of the data, for a target that never varies or that inputs give without any error.
    """
    one, target = np.ones(1), dataset.target_name
    if np.ptp(dataset.y) == 0:
        raise ValueError(f"{target} is {number(float(dataset.y[0]))} in every row: choose a target that varies")
    try:
        rows = len(dataset.y)
        return solve(Spectrum.of(x), y[None], PRIOR.width * one, PRIOR.noise * one, PRIOR.noise_known, rows)
    except ValueError as error:
        if "fitted without error" not in str(error):
            raise
        given = f"{dataset.feature_names[0]} gives" if len(dataset.feature_names) == 1 else "the inputs give"
        raise ValueError(f"{given} {target} without any error, like a copy of it: leave out what tells it") from error


def _mean_weights(posterior: LinearPosterior) -> FloatArray:
    """Return the posterior mean of the weights (P,): f's mean at any rows is the rows times these."""
    mean: FloatArray = posterior.moments(np.eye(len(posterior.spectrum.scale)))[0][0]
    return mean


__all__ = ["PRIOR", "AllInputs", "Coefficient", "Worth", "all_inputs", "solved"]
