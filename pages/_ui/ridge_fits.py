"""The posterior under a Laplace prior has no closed form: sampled on request, step by step, and kept."""

from __future__ import annotations

import time
from collections import OrderedDict

import streamlit as st

from bayes_core.inference import fit_steps
from bayes_core.types import Budget, Fit

from . import ridge_films
from .lesson import Lesson
from .linear_fits import AT_WORK
from .live import live_more, plain
from .ridge_settings import RidgeSettings

_BUDGET = Budget(draws=1000, warmup=500, chains=4)
_PACE = 0.3  # seconds between pictures of a growing fit


@st.cache_resource
def _kept() -> OrderedDict[RidgeSettings, Fit]:
    return OrderedDict()


def kept_fit(settings: RidgeSettings) -> Fit | None:
    """Return the sampled posterior of these settings if it is still at hand."""
    return _kept().get(settings.question())


def sample(lesson: Lesson, settings: RidgeSettings) -> Fit | None:
    """Sample the posterior, sending the picture what there is so far; return the fit, or None with a reason shown."""
    problem, home, last, fit = settings.problem(), settings.home(), 0.0, None
    model = problem.model(settings.degree, "laplace")
    trouble = st.empty()
    with st.container(key="courier"):
        slot = st.empty()
        try:
            with AT_WORK:
                for step in fit_steps(problem.dataset(), model, "nuts", settings.prior(), _BUDGET, seed=settings.seed):
                    if step.fit is None or (time.perf_counter() - last < _PACE and not step.fit.diagnostics.complete):
                        continue
                    fit, last = step.fit, time.perf_counter()
                    busy = "" if fit.diagnostics.complete else f"NUTS: {step.done:,} of {step.total:,}"
                    films = {h: ridge_films.film(settings, h, fit) for h in settings.handles}
                    with slot:
                        live_more(settings.stamp, films, home, lesson.key, "answer", busy=busy)
        except ValueError as error:
            trouble.error(f"NUTS has no answer here. {error}")
            return None
    if fit is not None and fit.diagnostics.complete:
        kept = _kept()
        kept[settings.question()] = fit
        while len(kept) > 64:
            kept.popitem(last=False)
        if plain(lesson.key):
            st.rerun()
    return fit
