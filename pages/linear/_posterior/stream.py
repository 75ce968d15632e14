"""What follows the linear page's picture: a fit as it grows, its distance from the truth, the honesty meter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from bayes_core.inference import METHODS, Step
from bayes_core.types import Fit
from pages._ui.live.chart import live_more
from pages._ui.live.plain import plain
from pages._ui.work.courier import grow, progress

from . import films as linear_films
from . import fits as linear_fits
from .settings import HANDLES, SAMPLED, LinearSettings


def follow(settings: LinearSettings, answer: Fit | None, key: str) -> Fit:
    """Send everything that takes longer than a picture may wait, to the picture already sent; return the fit.

    `answer` is None where the method has yet to run. A method that cannot answer says why, and the exact answer stays.
    """
    home, trouble = settings.home(), st.empty()
    with st.container(key="courier"):
        if answer is None:
            try:
                answer = _grow(settings, home, key)
                if plain(key):
                    st.rerun()  # Streamlit's own chart is drawn once, and now there is an answer to draw
            except ValueError as error:
                trouble.error(f"{METHODS[settings.method].title} has no answer here. {error}")
                films = {h: linear_films.waiting_film(settings, h) for h in HANDLES}
                live_more(settings.stamp, films, home, key, "answer", busy="the exact answer only")
                return linear_fits.quick_fit(replace(settings, method="exact"))
        if settings.method in (*SAMPLED, "map"):
            far = {h: linear_films.distance_film(settings, h, answer) for h in HANDLES}
            live_more(settings.stamp, far, home, key, "distance")
        meter = {h: linear_films.meter_film(settings, h) for h in HANDLES}
        live_more(settings.stamp, meter, home, key, "meter")
    return answer


def _grow(settings: LinearSettings, home: Mapping[str, int], key: str) -> Fit:
    """Run a method step by step; the picture gets its draws now and again, a quick fit only when it is complete."""

    def send(step: Step, answer: Fit) -> None:
        films = {h: linear_films.film(settings, h, answer) for h in HANDLES}
        live_more(settings.stamp, films, home, key, "answer", busy=progress(METHODS[settings.method].title, step))

    return grow(linear_fits.run(settings), send, at_once=False)
