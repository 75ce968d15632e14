"""From the linear page's settings to what is seen, and what follows the picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Source
from bayes_core.evaluation.compare import distance
from bayes_core.evaluation.coverage import MAKERS, Coverage, coverage, coverage_over_prior, world_bands
from bayes_core.figures.view import View
from bayes_core.inference import METHODS
from bayes_core.inference.exact import posterior
from bayes_core.predict import predict
from bayes_core.summaries.sweep import sweep
from bayes_core.types import Fit
from pages._ui.telling import finding, view_opening
from pages._ui.words import words
from pages._ui.work.courier import News, growing, progress
from pages._ui.work.store import store

from . import readouts, views
from .settings import MODEL, PAGE, SAMPLED, SHOWN, LinearSettings

WORLDS = 2000
_PLACES = 5
_DRAWN = 9  # places of a small multiple's band
_KNOTS = 11  # widths at which truths are drawn from the prior


def look(settings: LinearSettings, handle: str, fit: Fit | None) -> View:
    """Return what is seen along a handle; a sampled answer that is not there yet leaves data and exact answer."""
    source, method = settings.source(), settings.method
    track, lens, noises = settings.track(handle), settings.lens(), settings.noises(handle)
    noises = noises if handle == "noise" else noises[:1]
    if fit is None and method in SAMPLED:
        stand_in = sweep(track, lens, MODEL, "map" if len(source.dataset.y) > 2 else "exact")
        return views.line(stand_in, source, method, "", waiting=True)
    sampled = fit if method in SAMPLED else None
    swept = sweep(track, lens, MODEL, method, sampled, settings.home()[handle])
    badge = sampled.diagnostics.badge if sampled else METHODS[method].answer
    seen = views.line(swept, source, method, badge, noises)
    found = finding(view_opening(words(PAGE), settings), seen.said, len(track.values))
    # the positions that draws cannot answer for have no words to make a finding of
    alt = tuple(one if slope != "–" else readouts.UNKNOWN for one, slope in zip(found, seen.said["slope"], strict=True))
    return replace(seen, alt=alt)


def far(settings: LinearSettings, handle: str, fit: Fit) -> View:
    """Return how far a fit is from the exact answer."""
    question, lens = settings.question("exact"), settings.lens()
    exact = posterior(question.dataset, MODEL, question.prior)
    gap = distance(predict(fit, lens.x), exact, MODEL.design(lens.x))
    places, along = settings.home()[handle], settings.source().along
    return View(panels=(views.far(gap, lens.x[:, along], places, len(settings.positions(handle))),))


def meter(settings: LinearSettings, handle: str, _: Any) -> View:
    """Return the meter at every position of a handle: coverage at the page's truth, and averaged over the prior."""
    source, track, noises = settings.source(), settings.track(handle), settings.noises(handle)
    world, rows = source.world, _rows(source)
    assert world is not None
    repeated = world.repeated(WORLDS, noises, settings.seed)
    design, method, level = MODEL.design(track.x), settings.method, settings.level
    told = coverage(design, repeated, track.width, track.noise, rows, _truth(source), level, method)
    asked = replace(type(settings).start(settings.scene), points=settings.points, seed=settings.seed)
    average = _over_prior(replace(asked, level=level, method=method)).at(_knots(settings), np.log(track.width))
    return View(panels=(views.meter(level, method, told, average),))


@lru_cache(maxsize=64)
def _over_prior(settings: LinearSettings) -> Coverage:
    """Return the coverage over truths drawn from the prior, at some widths: neither noise nor errors matter to it."""
    source, width = settings.source(), np.exp(_knots(settings))
    asked = (settings.level, settings.method, WORLDS, settings.seed)
    return coverage_over_prior(MODEL.design(source.dataset.x), width, source.noise_prior, _rows(source), *asked)


def _knots(settings: LinearSettings) -> FloatArray:
    """Return the logarithms of the widths at which truths are drawn from the prior; what lies between is read off."""
    low, high = settings.spec.ranges["width"]
    return np.linspace(np.log(low), np.log(high), _KNOTS)


def _rows(source: Source) -> FloatArray:
    """Return the design rows of the places where the meter looks."""
    return MODEL.design(source.slice(source.axes.grid(_PLACES)))


def _truth(source: Source) -> FloatArray:
    assert source.world is not None
    return np.concatenate([[source.world.intercept], source.world.coef])


def worlds(settings: LinearSettings, handle: str, _: Any) -> View:
    """Return some of the meter's worlds themselves, at every position of a handle."""
    source, track, noises = settings.source(), settings.track(handle), settings.noises(handle)
    assert source.world is not None
    repeated = [y[:SHOWN] for y in source.world.repeated(SHOWN, noises, settings.seed)]
    places = source.slice(source.axes.grid(_DRAWN))
    asked = (MODEL.design(track.x), repeated, track.width, track.noise, MODEL.design(places))
    lower, upper, held = world_bands(*asked, _truth(source), settings.level, settings.method)
    data = np.array(repeated if handle == "noise" else repeated[:1])
    return View(panels=(views.worlds(source, settings.method, settings.world, (lower, upper), held, data),))


def work(settings: LinearSettings) -> Iterator[News]:
    """Yield the answer as it grows, its distance from the exact one, and the honesty meter."""
    question, title = settings.question(), METHODS[settings.method].title
    slow = settings.method in SAMPLED
    fit = store().get(question) if slow else store().answer(question)
    if fit is None:
        yield News(busy=f"{title} is at work…")
        try:
            for step in growing(store().steps(question), at_once=False):
                fit = step.fit
                assert fit is not None
                yield News(fit, busy=progress(title, step), settled=fit.diagnostics.complete, fit=fit)
        except ValueError as error:
            exact = store().answer(settings.question("exact"))
            words = f"{title} has no answer here. {error}"
            yield News(None, busy="the exact answer only", trouble=words, settled=True, fit=exact)
            return
    else:
        yield News(fit if slow else None, settled=True, fit=fit)
    if settings.method in (*SAMPLED, "map"):
        yield News(fit, "distance", far)
    if settings.source().world is not None and settings.method in MAKERS:
        yield News(None, "meter", meter)
        if settings.worlds:
            yield News(None, "worlds", worlds)
