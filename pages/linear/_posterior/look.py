"""From the linear page's settings to what is seen, and what follows the picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Axes, Source
from bayes_core.evaluation.average import average_coverage
from bayes_core.evaluation.compare import distance
from bayes_core.evaluation.coverage import MAKERS, Coverage, world_bands
from bayes_core.evaluation.coverage_along import FULL, QUICK, Along, Effort, Home
from bayes_core.evaluation.repeats import Repeats
from bayes_core.figures.view import View
from bayes_core.inference import METHODS
from bayes_core.inference.exact import posterior
from bayes_core.predict import predict
from bayes_core.summaries.sweep import sweep
from bayes_core.types import Fit
from pages._ui.settings import Scene
from pages._ui.telling import finding, view_opening
from pages._ui.words import words
from pages._ui.work.courier import News, growing, progress
from pages._ui.work.store import store
from pages._ui.work.turns import in_spare_time

from . import readouts, views
from .settings import MODEL, PAGE, SAMPLED, SHOWN, LinearSettings

WORLDS = 2000
_PLACES = 5
_DRAWN = 9  # places of a small multiple's band
_FEW, _MANY = (5, 800), (11, WORLDS)  # widths at which truths are drawn from the prior, and how many worlds at each


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
    """Return the meter along a handle: all worlds where it stands, and read off a few worlds elsewhere."""
    return _meter(settings, handle, QUICK, *_FEW)


def refined(settings: LinearSettings, handle: str, _: Any) -> View:
    """Return the meter along a handle as it is for a reader who goes on looking: read off many worlds."""
    return _meter(settings, handle, FULL, *_MANY)


def _meter(settings: LinearSettings, handle: str, effort: Effort, knots: int, worlds: int) -> View:
    source, track, level, method = settings.source(), settings.track(handle), settings.level, settings.method
    told = _along(replace(settings, world=0, worlds=False), handle, effort)
    low, high = np.log(settings.spec.ranges["width"])
    places = np.linspace(low, high, knots)
    design = MODEL.design(track.x)
    average = _over_prior(
        design.tobytes(), design.shape, tuple(places), track.noise, source.axes, level, method, worlds
    )
    return View(panels=(views.meter(level, method, told, average.at(places, np.log(track.width))),))


@lru_cache(maxsize=128)
def _along(settings: LinearSettings, handle: str, effort: Effort) -> Along:
    """Return the shares along a handle, from where it stands."""
    home = _home(settings.spec, settings.points, settings.seed, settings.method, settings.width, settings.noise)
    width = settings.track(handle).width
    return home.along(width, settings.noises(handle), settings.home()[handle], settings.level, effort)


@lru_cache(maxsize=64)
def _repeats(scene: Scene, points: int, seed: int) -> Repeats:
    """Return the repeated worlds of a scene, whichever of them is the data."""
    assert scene.source is not None
    source = scene.source(points=points, seed=seed)
    assert source.world is not None
    design = MODEL.design(source.dataset.x)
    return Repeats.of(source.world, WORLDS, seed, design, _rows(source), _truth(source))


@lru_cache(maxsize=8)  # 32 MB
def _home(scene: Scene, points: int, seed: int, method: str, width: float, noise: float) -> Home:
    """Return where the handles stand, the same for both of them."""
    assert scene.source is not None
    prior = scene.source(points=points, seed=seed).noise_prior
    return Home(_repeats(scene, points, seed), method, width, noise, prior)


@lru_cache(maxsize=256)
def _over_prior(
    design: bytes, shape: tuple[int, int], places: tuple[float, ...], noise: float, axes: Axes, level: float,
    method: str, worlds: int,
) -> Coverage:  # fmt: skip
    """Return the coverage over truths drawn from the prior, at some widths, whose logarithms are `places`.

    It is the same for all who look at these inputs: neither the noise in the data nor its errors matter to it.
    """
    inputs = np.frombuffer(design).reshape(shape)
    rows = MODEL.design(axes.grid(_PLACES)[:, None])
    return average_coverage(inputs, np.exp(places), noise, rows, level, method, worlds)


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
    fit = store().get(question)
    if settings.method not in SAMPLED:
        yield News(settled=True, making=lambda: store().answer(question))
    elif fit is None:
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
        yield News(fit, settled=True, fit=fit)
    if settings.method in (*SAMPLED, "map"):
        yield News(fit or store().answer(question), "distance", far)
    if settings.source().world is not None and settings.method in MAKERS:
        here = (settings.width, settings.noise)  # a meter's film depends on where its own handle stands, too
        yield News(here, "meter", meter)
        if settings.worlds:
            yield News(None, "worlds", worlds)
        for _ in in_spare_time((refined,)):
            yield News(here, "meter", refined)
