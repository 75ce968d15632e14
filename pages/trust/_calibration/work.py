"""Who forecasts: the fit of the scene's forecaster, and of the other one beside it where there are two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bayes_core.evaluation.calibration import (
    BandForecasts,
    ClassForecasts,
    best_stretch,
    best_temperature,
    predictive_logits,
)
from bayes_core.inference import METHODS
from bayes_core.types import Dataset, Fit
from pages._ui.work.courier import News, growing
from pages._ui.work.store import store

from .settings import CalibrationSettings

_MOST_DRAWS = 400  # evenly among all: a probability is known to 0.02 at worst, which no bin shows
_PACE = 1.0  # seconds between pictures of a fit under way
Forecasts = BandForecasts | ClassForecasts


@dataclass(frozen=True, eq=False)
class Forecaster:
    """What a fit forecasts of the test rows, and the spread or temperature that is best on others; NaN for none."""

    fit: Fit
    test: Forecasts
    best: float


@dataclass(frozen=True, eq=False)
class Found:
    """The forecaster on screen, and the `other` one, None where there is none or it is still to come."""

    own: Forecaster
    other: Forecaster | None = None


def forecaster(settings: CalibrationSettings, fit: Fit) -> Forecaster:
    """Return what a fit forecasts; the same fit is asked once, however often its picture is sent."""
    return _forecaster(fit, settings.days("test"), settings.days("others"))


@lru_cache(maxsize=24)
def _forecaster(fit: Fit, test: Dataset, others: Dataset) -> Forecaster:
    some = slice(None, None, -(-len(fit.noise) // _MOST_DRAWS))
    draws = {site: values[some] for site, values in fit.draws.items()}
    f = [fit.model.functions(draws, rows.x) for rows in (test, others)]
    if test.task == "regression":
        bands = [
            BandForecasts.of(rows.y, values[:, :, 0], fit.noise[some])
            for values, rows in zip(f, (test, others), strict=True)
        ]
        return Forecaster(fit, bands[0], best_stretch(bands[1]))
    logits = [predictive_logits(values) for values in f]
    try:
        best = best_temperature(logits[1], others.y).value
    except ValueError:  # every one of the others is right, or none of them can be told: no temperature is best
        best = float("nan")
    return Forecaster(fit, ClassForecasts.of(logits[0][:, 0], test.y), best)


def work(settings: CalibrationSettings) -> Iterator[News]:
    """Yield the forecaster on screen as it comes, then with the other one beside it."""
    own, *others = settings.questions()
    title = METHODS[own.method].title
    try:
        if store().get(own) is None and METHODS[own.method].answer != "exact":
            yield News(busy=f"{title} is at work…")
            for step in growing(store().steps(own), _PACE, at_once=False):
                if step.fit is not None and not step.fit.diagnostics.complete:
                    yield News(Found(forecaster(settings, step.fit)), busy=_so_far(title, step.fit), fit=step.fit)
        here = forecaster(settings, store().answer(own))
    except ValueError as error:
        yield News(trouble=f"{title} has no answer here. {error}", settled=True)
        return
    known = [fit for fit in (store().get(question) for question in others) if fit is not None]
    if not others or known:
        beside = forecaster(settings, known[0]) if known else None
        yield News(Found(here, beside), settled=True, fit=here.fit)
        return
    yield News(Found(here), extra=f"{METHODS[others[0].method].title}, to compare with…", settled=True, fit=here.fit)
    try:
        yield News(Found(here, forecaster(settings, store().answer(others[0]))), fit=here.fit)
    except ValueError:  # the forecaster on screen stands without it
        yield News(Found(here), fit=here.fit)


def _so_far(title: str, fit: Fit) -> str:
    """Return what is said of a fit under way; a search has not more draws, it moves the one it has."""
    many = fit.diagnostics.answer == "sampled"
    return f"{title}: {len(fit.noise):,} draws so far" if many else f"{title} is at work…"
