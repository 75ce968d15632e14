"""Settings -> answers of the core -> one film along one handle of the MAP-is-ridge page."""

from __future__ import annotations

import numpy as np
import streamlit as st

from bayes_core.checks import FloatArray
from bayes_core.figures import penalty, ridge
from bayes_core.figures.film import Film, pack
from bayes_core.figures.frames import Frames
from bayes_core.ridge.along import Along, penalty_range
from bayes_core.ridge.answers import Answers
from bayes_core.ridge.bowl import Bowl, Ends, Pair, drawn_over, map_path, surface_range
from bayes_core.ridge.errors import BiasVariance, Errors, Evidence
from bayes_core.ridge.path import Paths, RidgePath, weight_range
from bayes_core.types import Fit

from .settings import HOURS, RidgeSettings
from .texts import error_texts, texts

LEVEL = 0.9
FOLDS = 5
MOST = 16  # weights at degree 15
GRID = np.linspace(*HOURS, 121)
RANGE = (-14.0, 14.0)


def answers(settings: RidgeSettings, handle: str, sampled: Fit | None) -> Answers:
    """Return mode, posterior and scikit-learn's answer along a handle."""
    return Answers.of(
        settings.problem(),
        settings.along(handle),
        settings.family,
        level=LEVEL,
        grid=None if settings.spec.real else GRID,
        columns=MOST,
        sampled=sampled,
        home=settings.home()[handle],
    )


def film(settings: RidgeSettings, handle: str, sampled: Fit | None = None) -> Film:
    """Return everything the picture shows along one handle; without a sampled answer it is cached."""
    if sampled is not None:
        return _made(settings, handle, sampled)
    alone = settings.family == "normal" and settings.view != "bowl" and handle != "degree"  # axes follow the degree
    return _cached(settings.others(handle) if alone else settings, handle)


@st.cache_data(max_entries=400, show_spinner=False)
def _cached(settings: RidgeSettings, handle: str) -> Film:
    return _made(settings, handle, None)


def _made(settings: RidgeSettings, handle: str, sampled: Fit | None) -> Film:
    track, found = settings.along(handle), answers(settings, handle, sampled)
    words = texts(settings, handle, track, found)
    if settings.view == "fit":
        numbers = ridge.curve_numbers(found, RANGE)
    elif settings.view == "weights":
        numbers = ridge.weight_numbers(found, track.width, weight_top(settings), len(weight_names(settings)))
    elif settings.view == "bowl":
        bowl = Bowl.of(settings.problem(), track, found.coef, settings.family, PAIRS[settings.spec.real])
        numbers = ridge.bowl_numbers(bowl, _path(settings), bowl_range(settings))
    else:
        numbers = penalty.upright("now", track.log_penalty(settings.family, penalty_ends(settings)))
        if settings.view == "paths":
            numbers |= _paths(settings, track)
        elif settings.view == "error":
            told, evidence = errors_along(settings, track), evidence_along(settings, track)
            numbers |= penalty.error_numbers(told, evidence, errors(settings, settings.degree).top)
            words |= error_texts(told, track.log_penalty("normal", penalty_ends(settings)), evidence)
        else:
            numbers |= penalty.bias_numbers(bias_along(settings, track))
    numbers["effective.share"] = found.share[:, None]
    return pack(Frames(handle, settings.positions(handle), numbers, words))


# ------------------------------------------------------------------------------------------------ weights, bowl
PAIRS: dict[bool, Pair] = {True: (3, 9), False: (1, 2)}  # bmi and s5; the first two powers
PATHS_TOLD = {True: (3, 4, 9), False: (1, 2, 3)}  # three of them: all bands would hide each other


def weight_names(settings: RidgeSettings) -> tuple[str, ...]:
    """Return what the weights are called that the pictures have room for."""
    return settings.problem().names(MOST - 1)


@st.cache_data(max_entries=100, show_spinner=False)
def weight_top(settings: RidgeSettings) -> float:
    """Return how far the axis of the weights reaches: what the scene's first answer needs, rounded up."""
    start = RidgeSettings.at_start(settings.scene, degree=settings.degree)
    problem = start.problem()
    at = np.array([start.width]), np.array([start.noise])
    return weight_range(RidgePath.of(problem.design(start.degree), problem.y, *at))


def pair(settings: RidgeSettings) -> Pair:
    """Return the two weights that the loss surface is drawn over."""
    return drawn_over(PAIRS[settings.spec.real], len(settings.problem().names(settings.degree)))


@st.cache_data(max_entries=100, show_spinner=False)
def bowl_range(settings: RidgeSettings) -> Ends:
    """Return the axes of the loss surface, which are those of the scene's first answer."""
    return surface_range(_path(RidgeSettings.at_start(settings.scene, degree=settings.degree)))


def _path(settings: RidgeSettings) -> FloatArray:
    """Return the MAP of the pair (L, 2) on its way to zero."""
    problem, two = settings.problem(), pair(settings)
    design = problem.design(settings.degree)
    return map_path(design, problem.y, two, settings.width, settings.noise, settings.family)


# --------------------------------------------------------------------------------------------- over the penalty
def penalty_ends(settings: RidgeSettings) -> tuple[float, float]:
    """Return the ends of the lambda axis in log10: what both handles can reach, within reason."""
    return penalty_range(settings.positions("width"), settings.positions("noise"), settings.family)


def penalties(settings: RidgeSettings) -> FloatArray:
    """Return log10 lambda along the axis."""
    return np.linspace(*penalty_ends(settings), 73)


def errors(settings: RidgeSettings, degree: float) -> Errors:
    """Return the errors of one degree; they depend on lambda alone."""
    return _errors(_plain(settings), degree)


@st.cache_data(max_entries=200, show_spinner=False)
def _errors(settings: RidgeSettings, degree: float) -> Errors:
    return Errors.of(settings.problem(), degree, penalties(settings), FOLDS, settings.seed)


def _plain(settings: RidgeSettings) -> RidgeSettings:
    """Return the settings with everything that plays no part in the errors at its start."""
    start = RidgeSettings.start(settings.scene)
    return RidgeSettings(
        start.scene, start.width, start.noise, start.degree, settings.points, settings.seed, loud=settings.loud
    )


def errors_along(settings: RidgeSettings, track: Along) -> Errors:
    """Return the errors at every position."""
    each = {degree: errors(settings, degree) for degree, _ in track.groups()}
    return Errors.stacked([each[degree] for degree in track.degree])


def evidence_along(settings: RidgeSettings, track: Along) -> Evidence:
    """Return the evidence over lambda at every position."""
    return Evidence.of(settings.problem(), track, penalties(settings))


def bias_along(settings: RidgeSettings, track: Along) -> BiasVariance:
    """Return squared bias and variance over lambda at every position, at the hours where there were data."""
    return BiasVariance.of(settings.problem(), track, penalties(settings), settings.loud, GRID)


def bias_here(settings: RidgeSettings) -> BiasVariance:
    """Return squared bias and variance over lambda at the present degree alone."""
    here = Along(np.array([settings.width]), np.array([settings.noise]), np.array([settings.degree]))
    return bias_along(settings, here)


def _paths(settings: RidgeSettings, track: Along) -> dict[str, FloatArray]:
    """Return every weight over lambda, with the bands of some."""
    names = weight_names(settings)
    found = Paths.of(settings.problem(), track, settings.family, penalties(settings), len(names), LEVEL)
    return penalty.path_numbers(found, weight_top(settings), PATHS_TOLD[settings.spec.real])
