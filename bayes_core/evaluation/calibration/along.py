"""Forecasts judged at every position of a handle: a temperature, a spread, a number of bins, a number of outcomes.

    judge_classes(ClassForecasts, ...) -> ClassJudgement     "it is class 1", by logits over a temperature
    judge_bands(BandForecasts, ...)    -> BandJudgement      predictive distributions, stretched about their medians

All arrays are (V,) or (V, B), B the most bins of any position, with NaN where a position has fewer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import minimize_scalar
from scipy.special import expit, log_expit, logsumexp, ndtr

from bayes_core.checks import FloatArray, floats
from bayes_core.evaluation.calibration.bands import coverage_curve, pit_histogram, stretched
from bayes_core.evaluation.calibration.reliability import Reliability, reliabilities
from bayes_core.evaluation.calibration.telling import points_to_tell
from bayes_core.evaluation.forecasts import Labels, class_labels, regression_forecast
from bayes_core.evaluation.scores import Score, crps_of_mixture, mean_distance_of_mixture
from bayes_core.intervals import tails
from bayes_core.numerics.mixture import quantiles

LEVELS = np.round(np.linspace(0, 1, 41), 3)
"""At which levels coverage curves are drawn."""
TOLD = (0.5, 0.9, 0.95)
"""At which levels coverage is told in numbers."""
PROMISED = 0.9
_NEAR, _ERRORS = 0.02, 3.0
"""A gap that is called none: this much, or so many standard errors."""


class Verdict(NamedTuple):
    """What forecasts promised and kept (V,), kept's standard error, how many marks (V,) are off, by chance, of all.

    The error is never less than that of a share which is what was promised: of ten out of ten it is not zero.
    """

    promised: FloatArray
    kept: FloatArray
    error: FloatArray
    off: FloatArray
    off_by_chance: FloatArray
    marks: FloatArray

    def sign(self, v: int) -> str:
        """Return a sign and words: what the average says, and whether the marks agree with it.

        >>> told = (np.array([k]) for k in (0.91, 0.7, 0.01, 6.0, 0.6, 10.0))
        >>> Verdict(*told).sign(0)
        '▼ over-confident'
        """
        gap = float(self.promised[v] - self.kept[v])
        if abs(gap) > max(_NEAR, _ERRORS * float(self.error[v])):
            return "▼ over-confident" if gap > 0 else "▲ more cautious than need be"
        return "✓ keeps its word" if self.off[v] <= self._most(v) else "▼ only on average"

    def _most(self, v: int) -> float:
        """Return how many marks may be off by chance: their mean, and two of its sds."""
        by_chance = float(self.off_by_chance[v])
        return by_chance + 2 * float(np.sqrt(by_chance)) + 1e-9

    def points(self, v: int) -> float:
        """Return how many outcomes show that what is kept is not what was promised; NaN if these do not show it."""
        gap = float(self.promised[v] - self.kept[v])
        if abs(gap) <= _ERRORS * float(self.error[v]):
            return float("nan")
        return points_to_tell(float(self.promised[v]), float(self.kept[v]))


@dataclass(frozen=True, eq=False)
class ClassJudgement:
    """Forecasts of an event by bin (V, B): what they said, how often it happened, and what chance allows.

    Scores, ECE and the share of right ones (V,) come with their errors; `sure` is the mean probability of the likelier
    class, `points` how many forecasts were judged, `chance` the ECE that chance alone gives, `off` and `off_by_chance`
    how many bins lie outside their interval.
    """

    counts: FloatArray
    said: FloatArray
    happened: FloatArray
    lower: FloatArray
    upper: FloatArray
    sizes: FloatArray
    points: FloatArray
    ece: FloatArray
    ece_error: FloatArray
    chance: FloatArray
    off: FloatArray
    off_by_chance: FloatArray
    filled: FloatArray
    brier: FloatArray
    brier_error: FloatArray
    log_score: FloatArray
    log_score_error: FloatArray
    right: FloatArray
    right_error: FloatArray
    sure: FloatArray

    @property
    def verdict(self) -> Verdict:
        """Return how sure they were beside how often they were right."""
        error = np.maximum(self.right_error, _binomial_error(self.sure, self.points))
        return Verdict(self.sure, self.right, error, self.off, self.off_by_chance, self.filled)

    def most_filled(self) -> FloatArray:
        """Return the largest bin's count (V,)."""
        most: FloatArray = np.nanmax(self.counts, axis=1)
        return most


@dataclass(frozen=True, eq=False)
class BandJudgement:
    """Coverage of central intervals (V, L), the PIT histogram (V, B), each with what chance allows; scores (V,).

    `kept` and `errors` (V, L) go with LEVELS; `told` and `told_errors` (V, 3) with TOLD; `width` is the mean width of
    the interval of level PROMISED, in the outcome's unit.
    """

    kept: FloatArray
    lower: FloatArray
    upper: FloatArray
    told: FloatArray
    told_errors: FloatArray
    counts: FloatArray
    expected: FloatArray
    bar_lower: FloatArray
    bar_upper: FloatArray
    sizes: FloatArray
    points: FloatArray
    off: FloatArray
    off_by_chance: FloatArray
    filled: FloatArray
    crps: FloatArray
    crps_error: FloatArray
    log_score: FloatArray
    log_score_error: FloatArray
    width: FloatArray

    @property
    def verdict(self) -> Verdict:
        """Return what the interval of level PROMISED keeps; the marks are the bars of the PIT histogram."""
        at = TOLD.index(PROMISED)
        promised = np.full(len(self.points), PROMISED)
        error = np.maximum(self.told_errors[:, at], _binomial_error(promised, self.points))
        return Verdict(promised, self.told[:, at], error, self.off, self.off_by_chance, self.filled)


def _binomial_error(share: FloatArray, points: FloatArray) -> FloatArray:
    error: FloatArray = np.sqrt(share * (1 - share) / points)
    return error


@dataclass(frozen=True, eq=False)
class ClassForecasts:
    """Forecasts "it is class 1": log odds (N,), and what it was, 0 or 1, (N,)."""

    logits: FloatArray
    labels: Labels

    @classmethod
    def of(cls, logits: ArrayLike, labels: ArrayLike) -> ClassForecasts:
        """Return forecasts, checked: as many labels as log odds, all of them 0 or 1."""
        z = floats(logits, "the logits", 1)
        return cls(z, class_labels(labels, len(z), 2))


def judge_classes(
    forecasts: ClassForecasts, temperatures: FloatArray, bins: FloatArray, points: FloatArray, level: float = 0.9
) -> ClassJudgement:
    """Judge the first `points` (V,) of forecasts at V temperatures, with V numbers of bins.

    >>> some = ClassForecasts.of([2.0, -1.0, 3.0], [1, 0, 0])
    >>> told = judge_classes(some, np.array([1.0, 2.0]), np.array([2.0, 2.0]), np.array([3.0, 3.0]))
    >>> told.right.round(3), told.sure.round(3)
    (array([0.667, 0.667]), array([0.855, 0.724]))
    """
    z, y = forecasts.logits, forecasts.labels.astype(float)
    sizes = [int(n) for n in points]
    now = [z[:n] / t for n, t in zip(sizes, temperatures, strict=True)]
    said = [expit(each) for each in now]
    found = reliabilities([(p, y[:n], int(b)) for p, n, b in zip(said, sizes, bins, strict=True)], "width", level)
    rows = []
    for n, logits, p, told in zip(sizes, now, said, found, strict=True):
        yes = y[:n]
        each = (p - yes) ** 2, log_expit((2 * yes - 1) * logits), ((logits > 0) == yes) * 1.0
        rows.append(_class_row(told, [Score.of(part) for part in each], float(np.maximum(p, 1 - p).mean()), n))
    return ClassJudgement(**_stacked(rows))


def _class_row(found: Reliability, scored: list[Score], sure: float, points: int) -> dict[str, FloatArray | float]:
    brier, log, right = scored
    return {
        "counts": found.counts.astype(float),
        "said": found.forecast,
        "happened": found.observed,
        "lower": found.lower,
        "upper": found.upper,
        "sizes": float(len(found.counts)),
        "points": float(points),
        "ece": found.ece,
        "ece_error": found.ece_error,
        "chance": found.ece_by_chance,
        "off": float(found.outside.sum()),
        "off_by_chance": found.outside_by_chance,
        "filled": float(found.filled.sum()),
        "brier": brier.mean,
        "brier_error": brier.error,
        "log_score": log.mean,
        "log_score_error": log.error,
        "right": right.mean,
        "right_error": right.error,
        "sure": sure,
    }


class Day(NamedTuple):
    """What each of N outcomes is given by its forecast: PIT, CRPS, log density, width of the interval; each (N,)."""

    pit: FloatArray
    crps: FloatArray
    log_density: FloatArray
    width: FloatArray


@dataclass(frozen=True, eq=False)
class BandForecasts:
    """Outcomes y (N,) and their predictive distributions, with what no stretching changes.

    f and noise are (S, N); `centre` (N,) are the medians, `apart` (N,) the mean distances of two of a forecast's own
    outcomes, `width` (N,) the widths of the interval of level PROMISED.
    """

    y: FloatArray
    f: FloatArray
    noise: FloatArray
    centre: FloatArray
    apart: FloatArray
    width: FloatArray
    _days: dict[float, Day] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, y: ArrayLike, f: ArrayLike, noise: ArrayLike) -> BandForecasts:
        """Return forecasts of outcomes y (N,) by draws f (S, N) with noise (S,) or (S, N), checked."""
        outcome, values, level = regression_forecast(y, f, noise)
        low, high = tails(PROMISED)
        weight = np.full((1, len(values)), 1 / len(values))
        ends = quantiles((low, 0.5, high), weight, values.T, level.T, 1e-5)
        return cls(outcome, values, level, ends[1], mean_distance_of_mixture(values, level), ends[2] - ends[0])

    def log_density(self, factor: float) -> FloatArray:
        """Return the log density (N,) of each outcome under a forecast `factor` times as wide."""
        each = -0.5 * np.log(2 * np.pi) - np.log(self.noise) - 0.5 * self._z(factor) ** 2
        found: FloatArray = logsumexp(each, axis=0) - np.log(len(self.f) * factor)
        return found

    def at(self, factor: float) -> Day:
        """Return what each outcome is given by a forecast `factor` times as wide; kept for whoever asks again."""
        if factor not in self._days:
            moved = stretched(self.y, self.centre, factor)
            score = factor * crps_of_mixture(moved, self.f, self.noise, self.apart)
            told = Day(ndtr(self._z(factor)).mean(0), score, self.log_density(factor), factor * self.width)
            self._days[factor] = told
        return self._days[factor]

    def _z(self, factor: float) -> FloatArray:
        z: FloatArray = (stretched(self.y, self.centre, factor) - self.f) / self.noise
        return z


def judge_bands(
    forecasts: BandForecasts, factors: FloatArray, bins: FloatArray, points: FloatArray, level: float = 0.9
) -> BandJudgement:
    """Judge the first `points` (V,) of forecasts, `factors` (V,) times as wide, with PIT values counted in `bins` (V,).

    >>> at = np.ones(1)
    >>> told = judge_bands(BandForecasts.of([0.3, -3.0], [[0.0, 0.0]], [1.0]), at, 4 * at, 2 * at)
    >>> told.told, told.counts
    (array([[0.5, 0.5, 0.5]]), array([[1., 0., 1., 0.]]))
    """
    places = zip(factors, bins, points, strict=True)
    return BandJudgement(**_stacked([_band_row(forecasts.at(float(c)), int(b), int(n), level) for c, b, n in places]))


def best_stretch(forecasts: BandForecasts) -> float:
    """Return the factor with the highest mean log score: on other outcomes, what temperature is to classes.

    >>> round(best_stretch(BandForecasts.of([2.0, -2.0], [[0.0, 0.0]], [1.0])), 3)
    2.0
    """

    def loss(log_factor: float) -> float:
        return -float(forecasts.log_density(float(np.exp(log_factor))).mean())

    found = minimize_scalar(loss, bounds=(-3, 3), method="bounded", options={"xatol": 1e-5})
    return float(np.exp(found.x))


def _band_row(day: Day, bins: int, points: int, level: float) -> dict[str, FloatArray | float]:
    pits = day.pit[:points]
    curve, bars = coverage_curve(pits, LEVELS, level), pit_histogram(pits, bins, level)
    told = coverage_curve(pits, TOLD, level)
    scores = Score.of(day.crps[:points]), Score.of(day.log_density[:points])
    return {
        "kept": curve.kept,
        "lower": curve.lower,
        "upper": curve.upper,
        "told": told.kept,
        "told_errors": told.errors,
        "counts": bars.counts.astype(float),
        "expected": bars.expected,
        "bar_lower": bars.lower,
        "bar_upper": bars.upper,
        "sizes": float(bins),
        "points": float(points),
        "off": float(bars.outside.sum()),
        "off_by_chance": bins * bars.outside_by_chance,
        "filled": float(bins),
        "crps": scores[0].mean,
        "crps_error": scores[0].error,
        "log_score": scores[1].mean,
        "log_score_error": scores[1].error,
        "width": float(day.width[:points].mean()),
    }


def _stacked(rows: list[dict[str, FloatArray | float]]) -> dict[str, FloatArray]:
    """Return every part of the rows as one array (V,) or (V, n), filled up with NaN."""
    made = {}
    for name, first in rows[0].items():
        parts = [np.asarray(row[name], dtype=float) for row in rows]
        if np.ndim(first) == 0:
            made[name] = np.array(parts)
            continue
        whole = np.full((len(parts), max(map(len, parts))), np.nan)
        for v, part in enumerate(parts):
            whole[v, : len(part)] = part
        made[name] = whole
    return made


__all__ = [
    "LEVELS",
    "PROMISED",
    "TOLD",
    "BandForecasts",
    "BandJudgement",
    "ClassForecasts",
    "ClassJudgement",
    "Verdict",
    "best_stretch",
    "judge_bands",
    "judge_classes",
]
