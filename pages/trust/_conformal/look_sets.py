"""From the settings of conformal sets to what is seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.class_map import class_map
from bayes_core.evaluation.conformal.classes import CLASS_SCORES
from bayes_core.evaluation.conformal.plane import PlaneForecast
from bayes_core.evaluation.conformal.resplits import orders, sets_in_resplits
from bayes_core.evaluation.conformal.sets_along import (
    Ahead,
    Codes,
    Scored,
    SetCase,
    piles,
    sets_along,
    sets_in_worlds,
    two_shares,
)
from bayes_core.figures.view import View
from bayes_core.types import Dataset, Fit
from pages._ui.telling import finding, view_opening
from pages._ui.words import words

from . import views_sets as views
from .classifiers import CLASSIFIERS
from .scenes_sets import MOST, Crowd
from .settings import PAGE
from .settings_sets import SetSettings

WORLDS = 2000
SIDE = {2: 64, 3: 52}
_BLOCK = 200  # worlds at a time
Told = tuple[Fit, str, str, str, int]
"""A fit, who it speaks for, the scene, the score, and the seed of its points: what sets are made of."""


def look(settings: SetSettings, handle: str, fit: Fit | None) -> View:
    """Return what is seen along a handle; a forecast that is not there yet leaves the new points alone."""
    crowd, seed = settings.crowd, settings.seed
    badge = fit.diagnostics.badge if fit is not None else ""
    scenery = views.Scenery(
        crowd.aside(seed),
        crowd.new(seed),
        crowd.plane,
        crowd.ring,
        settings.scoring,
        badge,
        crowd.repeats,
        *crowd.kind,
        len(crowd.fitted(seed).y),
    )
    values = settings.positions(handle)
    if fit is None:
        return views.sets(scenery, None, values)
    told = (fit, settings.classifier, settings.scene, settings.scoring, seed)
    seen = views.sets(scenery, _found(told, settings.along(handle), by_class=settings.by_class), values)
    return replace(seen, alt=finding(view_opening(words(PAGE), settings), seen.said, len(values)))


def _found(told: Told, at: Mapping[str, FloatArray], *, by_class: bool) -> views.Found:
    level, points = at["level"], at["points"]
    crowd, ends, places = _crowd(told), views.ENDS[_crowd(told).repeats], None
    if crowd.repeats:
        case, noises = _case(told), at["noise"].tolist()
        later = noises if len(set(noises)) > 1 else noises[:1]
        ahead, places = [_ahead(told, noise) for noise in later], np.array([crowd.new(told[-1], n).x for n in later])
        shares, scores = two_shares(at["share"]), _worlds(told, by_class=by_class)
        sets = sets_along(case, ahead, level, points, shares, by_class=by_class)
        worlds = sets_in_worlds(case, ahead, scores, level, points, shares, ends, by_class=by_class)
        aside = case.aside
    else:
        aside, splits = _lot(told), _splits(told, by_class=by_class)
        sets, worlds = sets_in_resplits(aside, level, points, splits, ends, by_class=by_class)
    scores_in_bins = piles(aside, sets.limits, sets.points, views.BINS)
    return views.Found(_forecast(told[:3]), sets, worlds, scores_in_bins, places)


def _crowd(told: Told) -> Crowd:
    crowd = SetSettings.scene_of(told[2]).story
    assert isinstance(crowd, Crowd)
    return crowd


@lru_cache(maxsize=16)
def _forecast(told: tuple[Fit, str, str]) -> PlaneForecast:
    """Return what is forecast over the plane; the terrible one gives every class the next one's name."""
    fit, name, scene = told
    plane = SetSettings.scene_of(scene).story.plane
    p = class_map(fit, plane.places(SIDE[len(fit.question.dataset.classes)])).probabilities
    return PlaneForecast.of(plane, np.roll(p, 1, axis=1) if CLASSIFIERS[name].swapped else p)


def _scored(told: Told, rows: Dataset) -> Scored:
    """Return points with the scores of all classes; what is likelier counts without the class itself, so that no set
    is empty."""
    p = _forecast(told[:3]).at(rows.x)
    return Scored(CLASS_SCORES[told[3]](p, 0.0), rows.y.astype(int))


@lru_cache(maxsize=8)
def _lot(told: Told) -> Scored:
    """Return the points of a lot, of which some calibrate."""
    return _scored(told, _crowd(told).aside(told[-1]))


@lru_cache(maxsize=6)
def _splits(told: Told, *, by_class: bool) -> Codes:
    """Return the orders in which the points of a lot calibrate."""
    return orders(_lot(told).labels, WORLDS, told[-1], by_class=by_class)


@lru_cache(maxsize=8)
def _case(told: Told) -> SetCase:
    crowd = _crowd(told)
    aside, everyone = (_scored(told, one) for one in (crowd.aside(told[-1]), crowd.everyone()))
    return SetCase(aside, everyone, np.array(crowd.world(1, 0).shares))


@lru_cache(maxsize=64)
def _ahead(told: Told, noise: float) -> Ahead:
    crowd = _crowd(told)
    fresh, everyone = (_scored(told, one) for one in (crowd.new(told[-1], noise), crowd.everyone(noise)))
    return Ahead(fresh, everyone, crowd.blur(noise))


@lru_cache(maxsize=6)
def _worlds(told: Told, *, by_class: bool) -> FloatArray:
    """Return own scores of calibration points in repeated worlds; by class, of the classes in the picture."""
    crowd, seed = _crowd(told), told[-1]
    world, labels = crowd.world(1, 0), crowd.aside(seed).y.astype(int)
    made = []
    for block in range(0, WORLDS, _BLOCK):
        at = (seed + 1) * WORLDS + block
        many = world.labelled(np.tile(labels, _BLOCK), at) if by_class else world.another(_BLOCK * MOST, at)
        made.append(_scored(told, many.dataset()).own.reshape(_BLOCK, MOST))
    return np.concatenate(made)
