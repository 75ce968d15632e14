"""Split conformal prediction around any fit."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bayes_core.checks import FloatArray, floats
from bayes_core.evaluation.conformal.classes import scored_classes, sets
from bayes_core.evaluation.conformal.numbers import Edges, Forecast, edges, scored
from bayes_core.evaluation.conformal.threshold import Calibration, by_group, of_groups
from bayes_core.intervals import level_words, tails
from bayes_core.likelihoods import MixtureDensity
from bayes_core.predict import predict
from bayes_core.summaries.answers import Equal, Mixed
from bayes_core.summaries.summary import band
from bayes_core.types import Dataset, Fit, Pointwise, Predictive

_ONE_SD = 0.6826894921370859  # of a normal's probability lies within one sd of its mean


@dataclass(frozen=True, eq=False)
class ConformalBand:
    """Edges (G,) at new inputs with the calibration behind them; infinite where it has too few points."""

    lower: FloatArray
    upper: FloatArray
    level: float
    calibrations: Mapping[Hashable, Calibration]

    @property
    def label(self) -> str:
        """Return level and kind in words, as they stand on a chart."""
        return f"{level_words(self.level)} conformal"

    def holds(self, y: ArrayLike) -> NDArray[np.bool_]:
        """Return which of new values (G,) are inside."""
        seen = floats(y, "y", 1)
        inside: NDArray[np.bool_] = (seen >= self.lower) & (seen <= self.upper)
        return inside


Centre = Literal["mean", "median"]


def forecast_of(predictive: Predictive, level: float = 0.9, centre: Centre = "mean") -> Forecast:
    """Return what a Predictive forecasts of a new y: a centre, how unsure it is, and its own quantiles at a level.

    The scale is half the width of the interval that holds 68.27 % of the predictive: its sd where it is normal, and
    there also where it has none (a half-Cauchy prior of the noise). The mean is that of f. Conformal prediction asks
    nothing of any of them.
    """
    if centre not in ("mean", "median"):
        raise ValueError(f"the centre is {centre!r}: choose 'mean' or 'median'")
    own, one = band(predictive, level, "observation"), band(predictive, _ONE_SD, "observation")
    return Forecast(getattr(own, centre), (one.upper - one.lower) / 2, own.lower, own.upper)


def own_intervals(predictive: Predictive, levels: Sequence[float], draws: int = 400) -> Edges:
    """Return the forecast's own equal-tailed intervals for a new y at several levels, edges (L, G).

    Of a sampled answer evenly chosen draws speak for all, at most twice `draws` of them: where the noise makes most of
    the width, the edges move by about a hundredth of it, and 50 levels come in a tenth of the time.
    """
    if not levels:
        return np.empty((0, len(predictive.x))), np.empty((0, len(predictive.x)))
    told = predictive.exact or _thinned(predictive, max(predictive.size // draws, 1))
    wanted = [p for level in levels for p in tails(level)]
    found = np.concatenate(told.quantiles(wanted, "observation"))
    return found[::2], found[1::2]


def _thinned(predictive: Predictive, step: int) -> Pointwise:
    """Return every so manieth draw as marginals."""
    f, likelihood = predictive.f[::step], predictive.likelihood
    if isinstance(likelihood, MixtureDensity):
        sigma = np.broadcast_to(predictive.noise[::step, None], f.shape[:2])
        return Mixed(likelihood.mean(f), *likelihood.parts(f, sigma))
    return Equal(f[:, :, 0], predictive.noise_at[::step])


def foretold(
    fit: Fit, x: FloatArray, levels: Sequence[float], level: float = 0.9, of: Dataset | None = None
) -> tuple[Forecast, Mapping[float, Edges]]:
    """Return what a fit forecasts at inputs x (G,), with its quantiles at `level`, and its own intervals by level.

    `of` are the rows in their own units where the fit has seen them `standardised`: x is in these units, and so is what
    is returned.
    """
    inputs, offset, unit = np.asarray(x, dtype=float)[:, None], 0.0, 1.0
    if of is not None:
        inputs, offset, unit = (inputs - of.x.mean(0)) / of.x.std(0), float(of.y.mean()), float(of.y.std())
    told = predict(fit, inputs)
    lower, upper = (offset + unit * edge for edge in own_intervals(told, levels))
    own = {float(one): (low, high) for one, low, high in zip(levels, lower, upper, strict=True)}
    return forecast_of(told, level).rescaled(offset, unit), own


def around(
    fit: Fit,
    dataset: Dataset,
    x: ArrayLike,
    level: float = 0.9,
    score: str = "absolute",
    centre: Centre = "mean",
    groups: Callable[[FloatArray], Sequence[Hashable]] | None = None,
) -> ConformalBand:
    """Return the conformal band around a fit at inputs x (G, D), calibrated on a dataset that it has not seen.

    `groups` says of inputs (n, D) which group each is of, for a promise within each. Raises ValueError where the
    calibration points are, number for number, those that were fitted: their scores are too small.

    >>> from bayes_core import Prior, fit
    >>> x = np.arange(40.0)
    >>> y = 2 * x + 3 * np.sin(x**2)
    >>> line = fit(Dataset.from_arrays(x[::2], y[::2]), method="exact", prior=Prior(5, 3))
    >>> told = around(line, Dataset.from_arrays(x[1::2], y[1::2]), [[10.0], [20.0]], 0.9)
    >>> told.label, told.calibrations[""].rank, bool(np.ptp(told.upper - told.lower) < 1e-9)
    ('90 % conformal', 19, True)
    """
    _unseen(fit, dataset)
    ahead = predict(fit, x)
    scores = scored(dataset.y, forecast_of(predict(fit, dataset.x), level, centre), score)
    seen = [""] * len(scores) if groups is None else groups(dataset.x)
    asked = [""] * len(ahead.x) if groups is None else groups(ahead.x)
    found = by_group(scores, seen, level)
    lower, upper = edges(forecast_of(ahead, level, centre), of_groups(found, asked), score)
    return ConformalBand(lower, upper, level, found)


def _unseen(fit: Fit, dataset: Dataset) -> None:
    """Refuse to calibrate on the very rows that were fitted."""
    if dataset.fingerprint == fit.question.dataset.fingerprint:
        raise ValueError(
            "the calibration points are those that were fitted, so their errors are too small: keep other rows aside "
            "(Split.of_rows)"
        )


@dataclass(frozen=True, eq=False)
class ConformalSets:
    """Which `classes` belong to the set of each new input, inside (G, K), with the calibrations behind them."""

    inside: NDArray[np.bool_]
    classes: tuple[str, ...]
    level: float
    calibrations: Mapping[Hashable, Calibration]

    @property
    def sizes(self) -> NDArray[np.intp]:
        """Return how many classes each set has, (G,): none where no class is likely enough."""
        sizes: NDArray[np.intp] = self.inside.sum(1)
        return sizes

    def holds(self, labels: ArrayLike) -> NDArray[np.bool_]:
        """Return whose sets hold their label, codes (G,) of the classes."""
        codes = floats(labels, "labels", 1).astype(int)
        held: NDArray[np.bool_] = self.inside[np.arange(len(codes)), codes]
        return held

    def named(self) -> tuple[tuple[str, ...], ...]:
        """Return the sets by the names of their classes."""
        return tuple(tuple(name for name, one in zip(self.classes, row, strict=True) if one) for row in self.inside)


def around_classes(
    fit: Fit,
    dataset: Dataset,
    x: ArrayLike,
    level: float = 0.9,
    score: str = "lac",
    groups: Callable[[FloatArray], Sequence[Hashable]] | None = None,
    *,
    seed: int | None = None,
    filled: bool = False,
) -> ConformalSets:
    """Return conformal sets around a fit of classes at inputs x (G, D), calibrated on rows that it has not seen.

    Scored is the average of the draws' class probabilities, whatever made the draws. A `seed` draws the uniform numbers
    that make "aps" exact, without one every class counts whole; `filled` leaves no set empty. A class that no
    calibration row has may still be in a set. Raises ValueError where the rows have other classes than were fitted, or
    are those that were fitted.

    >>> from bayes_core import Linear, fit
    >>> x = np.arange(30.0) - 14.5
    >>> data = Dataset.from_arrays(x, (x + 4 * np.sin(x * x) > 0) * 1.0, task="classification")
    >>> rows = [Dataset(data.x[i::2], data.y[i::2], "classification", classes=data.classes) for i in (0, 1)]
    >>> line = fit(rows[0], Linear(), "map")
    >>> around_classes(line, rows[1], [[-12.0], [0.0], [12.0]], 0.9).named()
    (('0',), ('0', '1'), ('1',))
    """
    _unseen(fit, dataset)
    if dataset.classes != fit.question.dataset.classes:
        raise ValueError(
            f"the calibration rows have the classes {', '.join(dataset.classes) or 'none'} and "
            f"{', '.join(fit.question.dataset.classes) or 'none'} were fitted: give rows of the same classes"
        )
    ahead = predict(fit, x)
    seen, new = (predict(fit, dataset.x).probabilities.mean(0), ahead.probabilities.mean(0))
    random = None if seed is None else np.random.default_rng(seed)
    left, there = (1.0, 1.0) if random is None else (random.random(len(seen)), random.random(len(new)))
    scores = scored_classes(seen, dataset.y, score, left)
    found = by_group(scores, [""] * len(scores) if groups is None else groups(dataset.x), level)
    limits = of_groups(found, [""] * len(new) if groups is None else groups(ahead.x))
    return ConformalSets(sets(new, limits, score, there, filled=filled), dataset.classes, level, found)
