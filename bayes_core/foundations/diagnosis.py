"""Bayes' theorem on diagnostic tests: predictive values, and what one test after another says."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray, floats
from bayes_core.foundations.hypotheses import posterior
from bayes_core.foundations.quantities import union


@dataclass(frozen=True, eq=False)
class Diagnosis:
    """A yes-no test: arrays of any one shape, or numbers.

    prevalence = P(sick), sensitivity = P(positive | sick), specificity = P(negative | well).

    >>> float(Diagnosis(0.01, 0.8, 0.904).ppv.round(5))
    0.07764
    """

    prevalence: FloatArray
    sensitivity: FloatArray
    specificity: FloatArray

    def __post_init__(self) -> None:
        """Check that all three are probabilities, and make them one shape."""
        parts = [floats(getattr(self, name), name) for name in ("prevalence", "sensitivity", "specificity")]
        for name, part in zip(("prevalence", "sensitivity", "specificity"), parts, strict=True):
            if ((part < 0) | (part > 1)).any():
                wrong = part.ravel()[((part < 0) | (part > 1)).ravel()][0]
                raise ValueError(f"the {name} is {wrong}: a probability lies between 0 and 1")
        for name, part in zip(("prevalence", "sensitivity", "specificity"), np.broadcast_arrays(*parts), strict=True):
            object.__setattr__(self, name, part)

    @property
    def joint(self) -> FloatArray:
        """Return P of sick and positive, sick and negative, well and positive, well and negative: (..., 4)."""
        p, sens, spec = self.prevalence, self.sensitivity, self.specificity
        return np.stack([p * sens, p * (1 - sens), (1 - p) * (1 - spec), (1 - p) * spec], -1)

    @property
    def ppv(self) -> FloatArray:
        """Return the positive predictive value P(sick | positive); NaN where nobody can test positive."""
        return _share(self.joint[..., 0], self.joint[..., 2])

    @property
    def npv(self) -> FloatArray:
        """Return the negative predictive value P(well | negative); NaN where nobody can test negative."""
        return _share(self.joint[..., 3], self.joint[..., 1])

    @property
    def positive(self) -> FloatArray:
        """Return the evidence P(positive)."""
        return union(self.joint, "both", "other")

    @property
    def bayes_factors(self) -> tuple[FloatArray, FloatArray]:
        """Return what a positive and a negative result multiply the odds by; infinite for a perfect test."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return self.sensitivity / (1 - self.specificity), (1 - self.sensitivity) / self.specificity

    def after(self, results: str) -> FloatArray:
        """Return P(sick) before the first and after each of several independent tests, (..., 1 + tests).

        `results` is a word of + and -. Raises ValueError for other signs, or results that cannot happen.

        >>> Diagnosis(0.01, 0.8, 0.904).after("++").round(4)
        array([0.01  , 0.0776, 0.4123])
        """
        _checked(results)
        with np.errstate(divide="ignore"):
            prior = np.log(np.stack([self.prevalence, 1 - self.prevalence], -1))
            yes = np.log(np.stack([self.sensitivity, 1 - self.specificity], -1))
            no = np.log(np.stack([1 - self.sensitivity, self.specificity], -1))
        seen = np.zeros_like(prior)
        path = [self.prevalence]
        for result in results:
            seen = seen + (yes if result == "+" else no)
            path.append(posterior(prior, seen)[..., 0])
        return np.stack(path, -1)

    def possible(self, results: str) -> NDArray[np.bool_]:
        """Return where (...,) such results can happen: to someone sick, or to someone well.

        >>> Diagnosis(0.01, 1.0, [0.9, 1.0]).possible("+-")
        array([ True, False])
        """
        sick, well = (
            (share > 0) & ((rate > 0) | (hit not in results)) & ((rate < 1) | (miss not in results))
            for share, rate, hit, miss in (
                (self.prevalence, self.sensitivity, "+", "-"),
                (1 - self.prevalence, self.specificity, "-", "+"),
            )
        )
        return np.asarray(sick | well)

    def chain(self, results: str) -> FloatArray:
        """Return P(sick) as `after` does, (..., 1 + tests), NaN after the first where results cannot happen.

        >>> Diagnosis(0.01, 1.0, [0.9, 1.0]).chain("+-").round(4)
        array([[0.01  , 0.0917, 0.    ],
               [0.01  ,    nan,    nan]])
        """
        fine = self.possible(results)
        rates = (np.where(fine, rate, 0.5) for rate in (self.prevalence, self.sensitivity, self.specificity))
        path = np.where(fine[..., None], Diagnosis(*rates).after(results), np.nan)
        path[..., 0] = self.prevalence
        return path

    def together(self, results: str) -> Diagnosis:
        """Return one test (...,) that is positive where several independent tests give just these results.

        Its PPV is what is believed after them all, whatever their order. Raises ValueError as `after` does.

        >>> Diagnosis(0.01, 0.8, 0.904).together("++").joint.round(4)
        array([0.0064, 0.0036, 0.0091, 0.9809])
        """
        _checked(results)
        many, few = results.count("+"), results.count("-")
        hit = self.sensitivity**many * (1 - self.sensitivity) ** few
        alarm = (1 - self.specificity) ** many * self.specificity**few
        return Diagnosis(self.prevalence, hit, 1 - alarm)

    def among(self, prevalence: FloatArray) -> Diagnosis:
        """Return the same tests (...,) among people of other prevalences (G,): (..., G)."""
        return Diagnosis(prevalence, self.sensitivity[..., None], self.specificity[..., None])


def _checked(results: str) -> None:
    wrong = sorted(set(results) - set("+-"))
    if wrong:
        raise ValueError(f"“{wrong[0]}” is not a result: write + for positive and - for negative")


def _share(part: FloatArray, rest: FloatArray) -> FloatArray:
    with np.errstate(divide="ignore", invalid="ignore"):
        share: FloatArray = part / (part + rest)
    return share
