"""From the MAP-is-ridge page's settings to what is seen; a Laplace prior's posterior is sampled on request."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.figures.view import View
from bayes_core.ridge.along import Along
from bayes_core.ridge.answers import Answers
from bayes_core.ridge.bias import BiasVariance
from bayes_core.ridge.bowl import Bowl, Ends, drawn_over, map_path, surface_range
from bayes_core.ridge.errors import Choice, Errors, Evidence, outermost
from bayes_core.ridge.path import Paths, RidgePath, weight_range
from bayes_core.ridge.problem import Problem
from bayes_core.types import Fit
from pages._ui.telling import finding, view_opening
from pages._ui.words import words
from pages._ui.work.courier import News, growing, progress
from pages._ui.work.store import store

from . import readouts, views
from .settings import FOLDS, LEVEL, PAGE, PENALTIES, RidgeSettings

Seen = Callable[[RidgeSettings, Along, Answers], View]


def answers(settings: RidgeSettings, handle: str, sampled: Fit | None = None) -> Answers:
    """Return mode, posterior and scikit-learn's answer along a handle."""
    return Answers.of(
        settings.problem(),
        settings.along(handle),
        settings.family,
        level=LEVEL,
        grid=settings.grid() if settings.powers else None,
        columns=len(settings.names()),
        sampled=sampled,
        home=settings.home()[handle],
    )


def look(settings: RidgeSettings, handle: str, sampled: Fit | None) -> View:
    """Return what is seen along a handle."""
    track, found, family = settings.along(handle), answers(settings, handle, sampled), settings.family
    seen = _SEEN[settings.view](settings, track, found)
    middle = seen.panels or (views.table(found, settings.names(), family),)
    said = {**readouts.said(track, found, family), **counted(settings), **seen.words}
    return replace(
        seen,
        value=tuple(f"{v:.3g}" for v in settings.positions(handle)),
        alt=finding(view_opening(words(PAGE), settings), said, len(track)),
        badge=("exact",),
        words=said,
        panels=views.panels(found, track, family, words(PAGE), middle),
    )


def counted(settings: RidgeSettings) -> dict[str, tuple[str, ...]]:
    """Return how many rows are fitted and held out, in words."""
    return readouts.counted(settings.problem().split, settings.source().point)


def work(settings: RidgeSettings) -> Iterator[News]:
    """Yield the sampled posterior as it grows, where it is asked for."""
    if not settings.sampling:
        yield News(settled=True)
        return
    question = settings.question()
    fit = store().get(question)
    if fit is not None:
        yield News(fit, settled=True, fit=fit)
        return
    yield News(busy="NUTS is at work…")
    try:
        for step in growing(store().steps(question)):
            fit = step.fit
            assert fit is not None
            yield News(fit, busy=progress("NUTS", step), settled=fit.diagnostics.complete, fit=fit)
    except ValueError as error:
        yield News(trouble=f"NUTS has no answer here. {error}", settled=True)


# ----------------------------------------------------------------------------------------------- where handles stand
def _fit(settings: RidgeSettings, track: Along, found: Answers) -> View:
    source, split = settings.source(), settings.problem().split
    one = source.point[0]
    return views.curve(found, split, source.axes, settings.grid(), settings.family, one, sampled=settings.sampling)


def _weights(settings: RidgeSettings, track: Along, found: Answers) -> View:
    width, top, title = settings.width, weight_top(settings), settings.spec.story.weight
    return views.weights(found, track, settings.names(), width, top, title, settings.family)


def _bowl(settings: RidgeSettings, track: Along, found: Answers) -> View:
    problem, story = settings.problem(), settings.spec.story
    names = problem.names(settings.degree)
    first, second = drawn_over(story.pair, len(names))
    bowl = Bowl.of(problem, track, found.coef, settings.family, story.pair)
    return views.bowl(bowl, _path(settings), _bowl_range(settings), (names[first], names[second]), story.unit)


def weight_top(settings: RidgeSettings) -> float:
    """Return how far the axis of the weights reaches: what the scene's first answer needs, rounded up."""
    first = settings.first()
    problem, track = first.problem(), first.here()
    return weight_range(RidgePath.of(problem.design(first.degree), problem.y, track.width, track.noise))


def _bowl_range(settings: RidgeSettings) -> Ends:
    """Return the axes of the loss surface, which are those of the scene's first answer."""
    return surface_range(_path(settings.first()))


def _path(settings: RidgeSettings) -> FloatArray:
    """Return the MAP of the pair (L, 2) on its way to zero."""
    problem, pair = settings.problem(), settings.spec.story.pair
    design = problem.design(settings.degree)
    return map_path(design, problem.y, pair, settings.width, settings.noise, settings.family)


# ------------------------------------------------------------------------------------------------- over the penalty
def _paths(settings: RidgeSettings, track: Along, found: Answers) -> View:
    names, family, penalties = settings.names(), settings.family, settings.penalties()
    paths = Paths.of(settings.problem(), track, family, penalties, len(names), LEVEL)
    told = settings.spec.story.told
    seen = views.paths(paths, _now(settings, track), penalties, names, told, weight_top(settings), family)
    return replace(seen, words=readouts.weight_words(found, names), facts={"top": found.top_size})


def _error(settings: RidgeSettings, track: Along, found: Answers) -> View:
    penalties, at = settings.penalties(), _now(settings, track)
    each = {degree: errors(settings, degree) for degree, _ in track.groups()}
    told = Errors.stacked([each[degree] for degree in track.degree])
    evidence = Evidence.of(settings.problem(), track, penalties)
    top, folds, problem = errors(settings, settings.degree).top, _folds(settings), settings.problem()
    chosen = {"now": track.log_penalty("normal"), "cv": told.best, "best": evidence.best}
    choices = {name: Choice.of(problem, track.degree, penalty) for name, penalty in chosen.items()}
    edge = outermost(problem, track.degree, evidence.best, folds, settings.seed)
    said = readouts.chosen_words(told, evidence, choices, edge, settings.source().point)
    why = finding(words(PAGE)["why" if settings.powers else "why several"], said, len(track))
    return views.errors(told, evidence, at, penalties, top, folds, settings.spec.story.error, said, why)


def _bias(settings: RidgeSettings, track: Along, found: Answers) -> View:
    title = f"expected squared error, {settings.spec.story.unit}²"
    top = bias_along(settings, settings.here()).top
    curves, at = bias_along(settings, track), _now(settings, track)
    said = readouts.bias_words(curves, settings.data_noise)
    defence = finding(words(PAGE)["priors"], said, len(track))
    return views.bias(curves, at, settings.penalties(), top, title, said, defence)


def errors(settings: RidgeSettings, degree: float) -> Errors:
    """Return the errors of one degree; they depend on lambda alone."""
    return _errors(settings.problem(), degree, settings.penalty_ends(), _folds(settings), settings.seed)


@lru_cache(maxsize=200)
def _errors(problem: Problem, degree: float, ends: tuple[float, float], folds: int, seed: int) -> Errors:
    return Errors.of(problem, degree, np.linspace(*ends, PENALTIES), folds, seed)


def bias_along(settings: RidgeSettings, track: Along) -> BiasVariance:
    """Return squared bias and variance over lambda at every position, at the places where there were data."""
    return BiasVariance.of(settings.problem(), track, settings.penalties(), settings.data_noise, settings.grid())


def _now(settings: RidgeSettings, track: Along) -> FloatArray:
    """Return where the reader is on the axis of the penalty, log10 (V,)."""
    return track.log_penalty(settings.family, settings.penalty_ends())


def _folds(settings: RidgeSettings) -> int:
    return min(FOLDS, settings.points)


_SEEN: dict[str, Seen] = {
    "fit": _fit, "weights": _weights, "bowl": _bowl, "paths": _paths, "error": _error, "bias": _bias,
}  # fmt: skip
