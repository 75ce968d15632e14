"""From the linear page's settings to what is seen, and what follows the picture."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bayes_core.evaluation.compare import distance
from bayes_core.evaluation.coverage import coverage
from bayes_core.figures.view import View
from bayes_core.inference import METHODS
from bayes_core.inference.exact import posterior
from bayes_core.predict import predict
from bayes_core.summaries.sweep import sweep
from bayes_core.types import Fit
from pages._ui.work.courier import News, growing, progress
from pages._ui.work.store import store

from . import views
from .settings import MODEL, SAMPLED, LinearSettings

WORLDS = 2000
_PLACES = 5


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
    return views.line(swept, source, method, badge, noises)


def far(settings: LinearSettings, handle: str, fit: Fit) -> View:
    """Return how far a fit is from the exact answer."""
    question, lens = settings.question("exact"), settings.lens()
    exact = posterior(question.dataset, MODEL, question.prior)
    gap = distance(predict(fit, lens.x), exact, MODEL.design(lens.x))
    places, along = settings.home()[handle], settings.source().along
    return View(panels=(views.far(gap, lens.x[:, along], places, len(settings.positions(handle))),))


def meter(settings: LinearSettings, handle: str, _: Any) -> View:
    """Return the honesty meter at every position of a handle: real coverage over repeated worlds."""
    source, track, noises = settings.source(), settings.track(handle), settings.noises(handle)
    assert source.world is not None
    repeated = source.world.repeated(WORLDS, noises, settings.seed)
    places = source.slice(source.axes.grid(_PLACES))
    truth = source.world.truth(places)
    rows = MODEL.design(places)
    told = coverage(MODEL.design(track.x), repeated, track.width, track.noise, rows, truth, settings.level)
    band = "credible band" if settings.method == "exact" else "exact credible band"
    return View(panels=(views.meter(settings.level, told, band),))


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
    if settings.source().world is not None:
        yield News(None, "meter", meter)
