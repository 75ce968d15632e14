"""The posterior under a Laplace prior has no closed form: sampled on request, step by step, and kept."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from bayes_core.inference import Step, fit_steps
from bayes_core.types import Budget, Fit
from pages._ui.by_hand import Lesson
from pages._ui.live.chart import live_more
from pages._ui.live.plain import plain
from pages._ui.work.courier import grow, progress
from pages._ui.work.kept import kept

from . import films as ridge_films
from .settings import RidgeSettings

_BUDGET = Budget(draws=1000, warmup=500, chains=4)


def kept_fit(settings: RidgeSettings) -> Fit | None:
    """Return the sampled posterior of these settings if it is still at hand."""
    return kept("ridge").get(settings.question())


def run(settings: RidgeSettings) -> Iterator[Step]:
    """Sample step by step, and keep the finished fit."""
    problem = settings.problem()
    model = problem.model(settings.degree, "laplace")
    steps = fit_steps(problem.split.train, model, "nuts", settings.prior(), _BUDGET, seed=settings.seed)
    return kept("ridge").run(settings.question(), steps)


def sample(lesson: Lesson, settings: RidgeSettings) -> Fit | None:
    """Sample the posterior, sending the picture what there is so far; return the fit, or None with a reason shown."""

    def send(step: Step, fit: Fit) -> None:
        films = {h: ridge_films.film(settings, h, fit) for h in settings.handles}
        live_more(settings.stamp, films, settings.home(), lesson.key, "answer", busy=progress("NUTS", step))

    trouble = st.empty()
    with st.container(key="courier"):
        try:
            fit = grow(run(settings), send)
        except ValueError as error:
            trouble.error(f"NUTS has no answer here. {error}")
            return None
    if fit.diagnostics.complete and plain(lesson.key):
        st.rerun()  # Streamlit's own chart is drawn once, and now there is an answer to draw
    return fit
