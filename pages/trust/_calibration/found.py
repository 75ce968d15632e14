"""Who forecasts, and what it says of the test rows: made once of a fit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from bayes_core.evaluation.calibration import (
    BandForecasts,
    ClassForecasts,
    best_stretch,
    best_temperature,
    predictive_logits,
)
from bayes_core.types import Dataset, Fit
from pages._ui.work.store import store

from .settings import CalibrationSettings

_MOST_DRAWS = 400  # evenly among all: a probability is known to 0.02 at worst, which no bin shows
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


def known(settings: CalibrationSettings) -> Found:
    """Return what the scene's forecasters say, once all have been fitted: it depends on the settings alone."""
    own, *others = (forecaster(settings, store().answer(question)) for question in settings.questions())
    return Found(own, others[0] if others else None)
