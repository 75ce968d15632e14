"""How good a predictive distribution is on points that were not fitted: proper scores with their errors, and coverage.

    held_out(fit, dataset)                      a fit's log score and coverage
    log_score, brier_score, accuracy            of class probabilities (N, K) for labels (N,)
    log_density_score, crps                     of draws f (S, N) with noise for outcomes (N,)
    interval_score                              of intervals for outcomes (N,)

Log scores are larger for better forecasts, all other scores smaller (accuracy, no proper score, larger).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import logsumexp, ndtr

from bayes_core.checks import FloatArray, count, floats
from bayes_core.evaluation.forecasts import Gaussians, class_labels, class_probabilities, mixture_forecast
from bayes_core.intervals import tails
from bayes_core.predict import log_likelihood, predict
from bayes_core.summaries.summary import band
from bayes_core.types import Dataset, Fit

_MOST = 1 << 20  # draws of f in work at once
_HALF_LOG = 0.5 * float(np.log(2 * np.pi))


@dataclass(frozen=True)
class HeldOut:
    """Mean log predictive density per point (nats), and the share of points inside the predictive interval."""

    log_score: float
    coverage: float
    level: float


def held_out(fit: Fit, dataset: Dataset, level: float = 0.9) -> HeldOut:
    r"""Return log score and coverage of a fit on rows that it has not seen.

    .. math:: \frac1N \sum_n \log \frac1S \sum_s p(y_n \mid f_s(x_n), \sigma_s)

    Source: Gneiting and Raftery (2007), Strictly proper scoring rules.

    >>> from bayes_core import Prior, fit
    >>> line = Dataset.from_arrays([0.0, 1, 2, 3], [0.1, 0.9, 2.1, 2.9])
    >>> held_out(fit(line, method="exact", prior=Prior(5, 1)), line).coverage
    1.0
    """
    step = max(_MOST // len(fit.noise), 1)
    scores = []
    for start in range(0, len(dataset.y), step):
        each = log_likelihood(
            fit, replace(dataset, x=dataset.x[start : start + step], y=dataset.y[start : start + step])
        )
        peak = each.max(0)
        scores.append(peak + np.log(np.exp(each - peak).mean(0)))
    score = float(np.concatenate(scores).mean())
    found = band(predict(fit, dataset.x), level, "observation")
    inside = (dataset.y >= found.lower) & (dataset.y <= found.upper)
    return HeldOut(score, float(inside.mean()), level)


@dataclass(frozen=True, eq=False)
class Score:
    """The mean of a score over N outcomes, its standard error (NaN for a single one), and each of them (N,)."""

    mean: float
    error: float
    each: FloatArray

    @classmethod
    def of(cls, each: FloatArray) -> Score:
        """Return the score of its values (N,), N at least 1; outcomes count as independent.

        >>> told = Score.of(np.array([1.0, 2.0, 6.0]))
        >>> told.mean, round(told.error, 4)
        (3.0, 1.5275)
        """
        if len(each) == 0:
            raise ValueError("there are 0 outcomes: a score needs at least one")
        spread = each.std(ddof=1) if len(each) > 1 else np.nan
        return cls(float(each.mean()), float(spread / np.sqrt(len(each))), each)


def log_score(probabilities: ArrayLike, labels: ArrayLike) -> Score:
    r"""Return the log probability of the label, :math:`\log p_{n y_n}`, in nats; larger is better.

    Source: Good (1952), Rational decisions. Raises ValueError where a label had the probability 0: its score is minus
    infinity, whatever the others are.

    >>> round(log_score([[0.5, 0.5], [0.2, 0.8]], [0, 1]).mean, 4)
    -0.4581
    """
    p = class_probabilities(probabilities, 2)
    y = class_labels(labels, *p.shape)
    own = p[np.arange(len(p)), y]
    if (own == 0).any():
        row = int((own == 0).argmax())
        raise ValueError(
            f"row {row} is of class {y[row]}, which was given the probability 0: its log score is minus infinity; "
            "give no class exactly 0, or take the Brier score"
        )
    return Score.of(np.log(own))


def brier_score(probabilities: ArrayLike, labels: ArrayLike) -> Score:
    r"""Return the squared distance of probabilities (N, K) from what happened; smaller is better.

    .. math:: \sum_k (p_{nk} - [y_n = k])^2, \qquad \text{for two classes } (p_{n1} - y_n)^2

    so that two classes have half the sum, as is usual. Source: Brier (1950), Verification of forecasts expressed in
    terms of probability.

    >>> round(brier_score([[0.5, 0.5], [0.2, 0.8]], [0, 1]).mean, 4)
    0.145
    """
    p = class_probabilities(probabilities, 2)
    y = class_labels(labels, *p.shape)
    off = ((p - np.eye(p.shape[1])[y]) ** 2).sum(1)
    return Score.of(off / 2 if p.shape[1] == 2 else off)


def accuracy(probabilities: ArrayLike, labels: ArrayLike) -> Score:
    """Return whether the likeliest class was the label, 0 or 1; the first of several likeliest ones.

    >>> accuracy([[0.5, 0.5], [0.2, 0.8]], [1, 1]).mean
    0.5
    """
    p = class_probabilities(probabilities, 2)
    return Score.of((p.argmax(1) == class_labels(labels, *p.shape)).astype(float))


def log_density_score(y: ArrayLike, f: ArrayLike, noise: ArrayLike, share: ArrayLike | None = None) -> Score:
    r"""Return the log predictive density of outcomes y (N,), draws f (S, N), noise (S,) or (S, N), in nats.

    .. math:: \log \tfrac1S \sum_s N(y_n \mid f_{sn}, \sigma_{sn}^2)

    Where a draw is a mixture of M Gaussians, f, noise and their `share` are (S, N, M), see `Predictive.parts`.
    Larger is better; another unit of y adds a constant. Source: Gneiting and Raftery (2007), Strictly proper scoring
    rules, section 4.1.

    >>> round(log_density_score([0.0], [[0.0]], [1.0]).mean, 4)
    -0.9189
    """
    outcome, parts = mixture_forecast(y, f, noise, share)
    with np.errstate(divide="ignore"):  # a component without any share adds nothing
        each = [
            np.log(part.share) - _HALF_LOG - np.log(part.noise) - 0.5 * ((outcome - part.f) / part.noise) ** 2
            for part in parts
        ]
    return Score.of(logsumexp(np.concatenate(each), axis=0) - np.log(len(each[0])))


def crps(y: ArrayLike, f: ArrayLike, noise: ArrayLike, pairs: int = 16, share: ArrayLike | None = None) -> Score:
    r"""Return the continuous ranked probability score, in y's unit; smaller is better. Shapes as for the log density.

    .. math:: E|Y - y| - \tfrac12 E|Y - Y'|

    for Y, Y' of the mixture over draws, whose terms are known in closed form, also where each is a mixture (`share`).
    One draw is a Gaussian, as scoringrules
    has it; of many, each is paired with `pairs` others, evenly spaced (all of them where there are no more). Source:
    Grimit, Gneiting, Berrocal and Johnson (2006), The continuous ranked probability score for circular variables, with
    equation 5 for Gaussian mixtures.

    >>> round(crps([0.0], [[0.0]], [1.0]).mean, 4), round(crps([0.0], [[-1.0], [1.0]], [0.1, 0.1]).mean, 4)
    (0.2337, 0.4718)
    """
    outcome, parts = mixture_forecast(y, f, noise, share)
    pairs = count(pairs, "the number of pairs", 1, 10**6)
    if len(parts) > 1:
        return Score.of(_off(outcome, parts) - 0.5 * _apart(parts, pairs))
    _, values, level = parts[0]
    if len(values) == 1:
        from scoringrules import crps_normal  # noqa: PLC0415 (0.4 s to import; a page of classes does without)

        return Score.of(crps_normal(outcome, values[0], level[0]))
    return Score.of(crps_of_mixture(outcome, values, level, mean_distance_of_mixture(values, level, pairs)))


def crps_of_mixture(y: FloatArray, f: FloatArray, noise: FloatArray, apart: FloatArray) -> FloatArray:
    """Return the CRPS (N,) of outcomes whose forecasts' own mean distance E|Y - Y'| (N,) is known: see `crps`."""
    found: FloatArray = _mean_distance(y - f, noise).mean(0) - 0.5 * apart
    return found


def mean_distance_of_mixture(f: FloatArray, noise: FloatArray, pairs: int = 16) -> FloatArray:
    """Return E|Y - Y'| (N,) of two outcomes of each mixture, draws f (S, N) with noise (S, N): see `crps`."""
    draws = len(f)
    own: FloatArray = _mean_distance(np.zeros_like(noise), np.sqrt(2) * noise).mean(0)
    if draws == 1:
        return own
    shifts = _shifts(draws, pairs)
    apart = np.zeros_like(own)
    for shift in shifts:
        other, noisy = np.roll(f, shift, axis=0), np.hypot(noise, np.roll(noise, shift, axis=0))
        apart += _mean_distance(f - other, noisy).mean(0) / len(shifts)
    found: FloatArray = (apart * (draws - 1) + own) / draws
    return found


def _shifts(draws: int, pairs: int) -> NDArray[np.intp]:
    """Return how far apart paired draws are: evenly spaced, all distances where there are no more than `pairs`."""
    return np.unique(np.linspace(1, draws - 1, min(pairs, draws - 1)).astype(int))


def _off(y: FloatArray, parts: Sequence[Gaussians]) -> FloatArray:
    """Return E|Y - y| (N,)."""
    each = [(part.share * _mean_distance(y - part.f, part.noise)).mean(0) for part in parts]
    found: FloatArray = np.sum(each, axis=0)
    return found


def _apart(parts: Sequence[Gaussians], pairs: int) -> FloatArray:
    """Return E|Y - Y'| (N,) of mixtures: every component of a draw with every one of its partners, and its own."""

    def between(shift: int) -> FloatArray:
        total = np.zeros(parts[0].f.shape[1])
        for one in parts:
            for other in (Gaussians(*(np.roll(part, shift, axis=0) for part in other)) for other in parts):
                far = _mean_distance(one.f - other.f, np.hypot(one.noise, other.noise))
                total += (one.share * other.share * far).mean(0)
        return total

    draws = len(parts[0].f)
    if draws == 1:
        return between(0)
    shifts = _shifts(draws, pairs)
    found: FloatArray = (between(0) + (draws - 1) * np.mean([between(int(by)) for by in shifts], axis=0)) / draws
    return found


def interval_score(y: ArrayLike, lower: ArrayLike, upper: ArrayLike, level: float = 0.9) -> Score:
    r"""Return the interval score of outcomes y (N,) and their intervals, lower and upper (N,), by scoringrules.

    .. math:: (u - l) + \tfrac2\alpha (l - y)_+ + \tfrac2\alpha (y - u)_+, \quad \alpha = 1 - level

    The width, and a fine for every outcome outside; in y's unit, smaller is better. Source: Gneiting and Raftery
    (2007), equation 43. Raises ValueError where an upper end lies below the lower one, and for a level outside 0 to 1.

    >>> interval_score([0.0, 3.0], [-1.0, -1.0], [1.0, 2.0], 0.8).each.round(6)
    array([ 2., 13.])
    """
    from scoringrules import interval_score as scored  # noqa: PLC0415 (see crps)

    outcome, low, high = (floats(v, n, 1) for v, n in ((y, "y"), (lower, "lower"), (upper, "upper")))
    if not len(outcome) == len(low) == len(high):
        raise ValueError(
            f"there are {len(outcome)} outcomes, {len(low)} lower and {len(high)} upper ends: give as many"
        )
    if (high < low).any():
        row = int((high < low).argmax())
        raise ValueError(f"interval {row} ends at {high[row]:.6g} below its start {low[row]:.6g}: exchange them")
    return Score.of(scored(outcome, low, high, 2 * tails(level)[0]))


def _mean_distance(gap: FloatArray, sd: FloatArray) -> FloatArray:
    """Return E|X| of Gaussians with mean `gap` and this sd."""
    z = gap / sd
    found: FloatArray = gap * (2 * ndtr(z) - 1) + sd * np.exp(-0.5 * z * z) * np.sqrt(2 / np.pi)
    return found


__all__ = [
    "HeldOut",
    "Score",
    "accuracy",
    "brier_score",
    "crps",
    "crps_of_mixture",
    "held_out",
    "interval_score",
    "log_density_score",
    "log_score",
    "mean_distance_of_mixture",
]
