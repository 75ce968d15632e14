"""Fits of the linear page: quick ones in closed form, slow ones step by step, kept for whoever asks next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bayes_core.inference import Step, fit, fit_steps
from bayes_core.inference.exact import posterior
from bayes_core.types import Budget, Fit
from pages._ui.work.store import kept

from .settings import LEVELS, MODEL, LinearSettings

_BUDGET = Budget(draws=2000, warmup=1000, chains=4, steps=2000)


def _question(settings: LinearSettings) -> LinearSettings:
    return replace(settings, level=LEVELS[0])  # the interval level plays no part in a fit


def kept_fit(settings: LinearSettings) -> Fit | None:
    """Return the fit of these settings if it is still at hand."""
    return kept("linear").get(_question(settings))


def run(settings: LinearSettings) -> Iterator[Step]:
    """Fit step by step, and keep the finished fit."""
    data = settings.world().dataset(settings.noise)
    steps = fit_steps(data, MODEL, settings.method, settings.prior(), _BUDGET, seed=settings.seed)
    return kept("linear").run(_question(settings), steps)


def quick_fit(settings: LinearSettings) -> Fit:
    """Return a fit in closed form: exact, prior or map."""
    data = settings.world().dataset(settings.noise)
    return fit(data, MODEL, settings.method, settings.prior(), _BUDGET, seed=settings.seed)


def log_evidence(settings: LinearSettings) -> float:
    """Return the exact log evidence of these settings."""
    return float(posterior(settings.world().dataset(settings.noise), MODEL, settings.prior()).log_evidence[0])
