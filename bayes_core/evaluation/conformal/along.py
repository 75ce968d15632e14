"""A conformal band at every position of a handle: its level, the number of calibration days, how the days have changed.

    along(case, level, days, drift) -> Along         the band itself, and what it holds
    in_worlds(case, thresholds, ...) -> Worlds       what it holds in repeated worlds, counted, beside the exact law

A `Case` is what no handle changes: a forecast with everything that is asked of it. V positions, G inputs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.evaluation.conformal.numbers import Edges, Forecast, edges, scored
from bayes_core.evaluation.conformal.threshold import CoverageDistribution, rank, thresholds_of_first
from bayes_core.evaluation.conformal.worlds import Curve, Population, counted, law_held, mean_held, quantiles_held

BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Days:
    """Days that were seen: inputs x (n,), what happened y (n,), and what was forecast for them; `change` per drift."""

    x: FloatArray
    y: FloatArray
    forecast: Forecast
    change: FloatArray


@dataclass(frozen=True, eq=False)
class Case:
    """A forecast with the days that calibrate it, new days, every day that can be, and groups of inputs by name.

    `own` are the forecast's own intervals, edges (G,) by level, where it has any.
    """

    population: Population
    calibration: Days
    fresh: Days
    groups: Mapping[str, BoolArray] = field(default_factory=dict)
    own: Mapping[float, Edges] = field(default_factory=dict)

    @property
    def scores(self) -> FloatArray:
        """Return the scores (n,) of the calibration days, which never drift, in the order of the days."""
        return scored(self.calibration.y, self.calibration.forecast, self.population.score)


@dataclass(frozen=True, eq=False)
class Held:
    """A band (V, G), the share it holds at each input (V, G), of all new days (V,), of groups, and its half-width."""

    lower: FloatArray
    upper: FloatArray
    inside: FloatArray
    share: FloatArray
    groups: Mapping[str, FloatArray]
    half: FloatArray
    """Half its width on an average day (V,), infinite where it has no end."""


@dataclass(frozen=True, eq=False)
class Along:
    """The conformal band at V positions, with its ranks and thresholds (V,), the new days, and the forecast's own band.

    `fresh` (V, m) are what happened on the new days, `kept` (V, m) which of them are inside; `expected` (V,) is what
    such a band holds on average over sets of calibration days, nine in ten of them from `low` to `high`, and
    `promised` (V,) what it would without a drift. `mean` (V, G) is the truth, after the drift.
    """

    level: FloatArray
    days: NDArray[np.intp]
    drift: FloatArray
    ranks: NDArray[np.intp]
    threshold: FloatArray
    band: Held
    own: Held | None
    fresh: FloatArray
    kept: BoolArray
    expected: FloatArray
    low: FloatArray
    high: FloatArray
    promised: FloatArray
    mean: FloatArray

    @property
    def endless(self) -> BoolArray:
        """Return at which positions (V,) the days are too few for a band with an end."""
        return np.isposinf(self.threshold)


def along(case: Case, level: FloatArray, days: FloatArray, drift: FloatArray) -> Along:
    """Return the band at V positions of level, number of calibration days and drift, (V,) each."""
    counts, world = days.astype(int), case.population
    scores = case.scores
    threshold = thresholds_of_first(scores, counts, level)
    fresh = case.fresh.y + drift[:, None] * case.fresh.change
    lower, upper = edges(case.fresh.forecast, threshold[:, None], world.score)
    curves = _curves(world, drift)
    before = curves[0.0]
    asked = [(before, curves[d], n, p) for d, n, p in zip(drift.tolist(), counts, level, strict=True)]
    low, high = np.array([quantiles_held(*one, (0.05, 0.95)) for one in asked]).T
    own = None
    if case.own:
        parts = [case.own[float(p)] for p in level]
        own = _held(case, np.array([low for low, _ in parts]), np.array([high for _, high in parts]), drift)
    return Along(
        level,
        counts,
        drift,
        np.array([rank(n, p) for n, p in zip(counts, level, strict=True)]),
        threshold,
        _held(case, *world.edges(threshold), drift),
        own,
        fresh,
        (fresh >= lower) & (fresh <= upper),
        np.array([mean_held(*one) for one in asked]),
        low,
        high,
        np.array([CoverageDistribution(n, p).mean for n, p in zip(counts.tolist(), level.tolist(), strict=True)]),
        world.mean + drift[:, None] * world.change,
    )


def _held(case: Case, lower: FloatArray, upper: FloatArray, drift: FloatArray) -> Held:
    world = case.population
    inside = world.inside(lower, upper, drift)
    groups = {name: world.over(inside, where) for name, where in case.groups.items()}
    width = np.maximum(upper - lower, 0.0)  # a band that is empty somewhere is no wider for that
    return Held(lower, upper, inside, world.over(inside), groups, world.over(width) / 2)


def _curves(world: Population, drift: FloatArray) -> dict[float, Curve]:
    """Return the share inside over the threshold, before any drift and after each of these."""
    return {one: _curve(world, one) for one in {0.0, *drift.tolist()}}


@lru_cache(maxsize=400)  # no handle but the drift changes it, and all its positions are asked for again and again
def _curve(world: Population, drift: float) -> Curve:
    return world.curve() if drift == 0 else world.curve(drift, _curve(world, 0.0).q)


@dataclass(frozen=True, eq=False)
class Worlds:
    """What bands hold in R repeated worlds: counts and exact law (V, B) by bin, mean, its error and 5 to 95 %, (V,)."""

    counts: FloatArray
    law: FloatArray
    mean: FloatArray
    error: FloatArray
    low: FloatArray
    high: FloatArray
    worlds: int


def in_worlds(
    world: Population, found: FloatArray, level: FloatArray, days: FloatArray, drift: FloatArray, ends: FloatArray
) -> Worlds:
    """Return what bands calibrated in R repeated worlds hold, at V positions.

    Their thresholds `found` (V, R) are `thresholds_of_first` of the scores that `Population.draw` draws.
    """
    counts, curves = days.astype(int), _curves(world, drift)
    before = curves[0.0]
    held = np.stack([curves[d].at(q) for d, q in zip(drift.tolist(), found, strict=True)])
    law = [law_held(before, curves[d], n, p, ends) for d, n, p in zip(drift.tolist(), counts, level, strict=True)]
    low, high = np.quantile(held, (0.05, 0.95), axis=1)
    error = held.std(1, ddof=1) / np.sqrt(held.shape[1])
    return Worlds(counted(held, ends), np.array(law), held.mean(1), error, low, high, held.shape[1])


@dataclass(frozen=True, eq=False)
class Dots:
    """Scores in bins: how many of each (V, B) are inside the band, and how many are not."""

    inside: FloatArray
    outside: FloatArray


def dots(scores: FloatArray, days: NDArray[np.intp], threshold: FloatArray, ends: FloatArray) -> Dots:
    """Return the scores (n,) of the first days (V,) in bins with ends (B + 1,), inside and outside thresholds (V,).

    What lies beyond the bins is in the nearest.
    """
    clipped = np.clip(scores, ends[0], ends[-1])

    def binned(chosen: BoolArray) -> FloatArray:
        return np.histogram(clipped[: len(chosen)][chosen], ends)[0].astype(float)

    kept = [scores[:n] <= q for n, q in zip(days, threshold, strict=True)]
    return Dots(np.array([binned(k) for k in kept]), np.array([binned(~k) for k in kept]))
