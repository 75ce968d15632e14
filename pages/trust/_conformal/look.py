"""From the conformal page's settings to what is seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data import World
from bayes_core.data.synthetic import ferry_change, ferry_wind_density, ferry_winds
from bayes_core.evaluation.conformal.along import Case, Days, along, dots, in_worlds
from bayes_core.evaluation.conformal.fits import foretold
from bayes_core.evaluation.conformal.numbers import Edges, Forecast
from bayes_core.evaluation.conformal.threshold import thresholds_of_first
from bayes_core.evaluation.conformal.worlds import Population
from bayes_core.figures.view import View
from bayes_core.types import Fit
from pages._ui.telling import finding, view_opening
from pages._ui.words import words
from pages._ui.work.store import store

from . import views
from .forecasts import ABOUT, FORECASTERS
from .scenes import CALM, MOST_DAYS, RAREST, STORM
from .settings import PAGE, ConformalSettings

WORLDS = 2000
_PLACES = np.linspace(0.0, 25.0, 101)
_COMMON = (RAREST[0] <= _PLACES) & (RAREST[1] >= _PLACES)
_FIXED = 0.9  # the level of the quantiles that "cqr" scores by, wherever the level stands
Told = tuple[Fit, str, str, int]
"""A fit, who it speaks for, and the scene and the seed of its days: what a forecast is made of."""


def look(settings: ConformalSettings, handle: str, fit: Fit | None) -> View:
    """Return what is seen along a handle; a forecast that is not there yet leaves the days alone."""
    who, score, axes = settings.who, settings.score, settings.axes()
    fit = store().answer(settings.question()) if who.at_once else fit
    if fit is None:
        later = settings.story.new(settings.seed).dataset()
        aside = settings.story.aside(settings.seed).dataset()
        return views.waiting(who, score, _PLACES, aside, later, _COMMON, axes, own=settings.own)
    told, at = (fit, settings.forecaster, settings.scene, settings.seed), settings.along(handle)
    case = _case(told, score, tuple(settings.positions("level").tolist()))
    found = along(case, at["level"], at["days"], at["drift"])
    kept = in_worlds(case.population, _thresholds(told, score, at), at["level"], at["days"], at["drift"], views.ENDS)
    bins = np.linspace(*views.score_scale(who, score).range, views.BINS + 1)
    piles = dots(case.scores, found.days, found.threshold, bins)
    seen = views.conformal(who, score, case, found, kept, piles, _COMMON, axes, handle, own=settings.own)
    return replace(seen, alt=finding(view_opening(words(PAGE), settings), seen.said, len(found.level)))


@lru_cache(maxsize=16)
def _foretold(told: Told, levels: tuple[float, ...]) -> tuple[Forecast, Mapping[float, Edges]]:
    """Return what is forecast at the places of the picture, and the forecast's own intervals at levels."""
    fit, name, scene, seed = told
    who, rows = FORECASTERS[name], ConformalSettings.at_start(scene, seed=seed).dataset()
    forecast, own = foretold(fit, _PLACES, levels, _FIXED, rows if who.standard else None)
    return (forecast.turned(ABOUT), {}) if who.turned else (forecast, own)


@lru_cache(maxsize=16)
def _population(told: Told, score: str) -> Population:
    """Return a forecast over every day that can be."""
    _, _, scene, seed = told
    world, at = ConformalSettings.at_start(scene).story.new(seed), _PLACES[:, None]
    noise = world.noise_at(at, np.array([world.noise]))[0]
    weights = ferry_wind_density(_PLACES)
    forecast, _ = _foretold(told, ())
    return Population(_PLACES, weights, forecast, world.truth(at), noise, ferry_change(_PLACES), score)


@lru_cache(maxsize=16)
def _case(told: Told, score: str, levels: tuple[float, ...]) -> Case:
    """Return a forecast with the days that calibrate it, new days, and every day that can be."""
    _, _, scene, seed = told
    story, population = ConformalSettings.at_start(scene).story, _population(told, score)

    def days(world: World) -> Days:
        x = world.x[:, 0]
        read = population.forecast.mapped(lambda part: np.interp(x, _PLACES, part))
        return Days(x, world.dataset().y, read, ferry_change(x))

    groups = {"calm": _PLACES < CALM, "storm": _PLACES > STORM}
    return Case(population, days(story.aside(seed)), days(story.new(seed)), groups, _foretold(told, levels)[1])


@lru_cache(maxsize=6)
def _draws(told: Told, score: str) -> FloatArray:
    """Return the scores of calibration days in repeated worlds."""
    return _population(told, score).draw(WORLDS, MOST_DAYS, told[3], ferry_winds)


def _thresholds(told: Told, score: str, at: Mapping[str, FloatArray]) -> FloatArray:
    """Return the thresholds (V, R) of bands in repeated worlds."""
    return _found(told, score, tuple(at["level"].tolist()), tuple(at["days"].astype(int).tolist()))


@lru_cache(maxsize=24)  # a drift changes what is held, not what calibrates
def _found(told: Told, score: str, level: tuple[float, ...], days: tuple[int, ...]) -> FloatArray:
    return thresholds_of_first(_draws(told, score), np.array(days), np.array(level))
