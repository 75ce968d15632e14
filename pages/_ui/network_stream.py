"""What follows the network's picture: a fit as it grows, its distance from the truth, and its neighbours.

After the picture stands, the server goes on: it computes real posteriors at the positions next to the handles, from
the nearest outwards, and sends them into the films. A handle that is dragged then shows converged answers, without
asking anybody; any move of the reader ends this work at once.
"""

from __future__ import annotations

import os
import time
from dataclasses import replace

import streamlit as st

from bayes_core.inference import METHODS, Step
from bayes_core.types import Fit

from . import network_changes, network_films, network_fits
from .kept import grow
from .lesson import Lesson
from .live import live_more, plain
from .network_settings import NetworkSettings

_PACE = 0.6  # seconds between messages
_BUSY = float(os.environ.get("BAYES_NEIGHBOURS", "40"))  # seconds of neighbours at most: a crowded server wants fewer
Known = dict[str, dict[int, Fit]]


def known_fits(settings: NetworkSettings) -> Known:
    """Return the fits at hand along each handle, by position."""
    known: Known = {}
    for handle in settings.handles:
        found = {}
        for v in range(len(settings.positions(handle))):
            fit = network_fits.kept_fit(network_films.at_position(settings, handle, v))
            if fit is not None:
                found[v] = fit
        known[handle] = found
    return known


def follow(lesson: Lesson, settings: NetworkSettings, known: Known) -> Fit | None:
    """Send what takes longer than a picture may wait; return the fit at home, or None with its reason shown."""
    home, first = settings.home(), settings.handles[0]
    trouble = st.empty()
    with st.container(key="courier"):
        fit = known[first].get(home[first])
        if fit is None:
            try:
                fit = _grow(lesson, settings, known)
            except ValueError as error:
                trouble.error(f"{METHODS[settings.method].title} has no answer here. {error}")
                films = {h: network_films.waiting_film(settings, h) for h in settings.handles}
                live_more(settings.stamp, films, home, lesson.key, "answer", busy="no answer")
                return None
            if plain(lesson.key):
                st.rerun()
        if settings.method not in ("hmc", "prior"):
            reference = network_fits.finished(replace(settings, method="hmc"))
            far = {h: network_films.distance_film(settings, h, fit, reference) for h in settings.handles}
            live_more(settings.stamp, far, home, lesson.key, "distance")
    return fit


def _grow(lesson: Lesson, settings: NetworkSettings, known: Known) -> Fit:
    """Run the method step by step; the picture gets its draws as soon as there are some."""
    home, title = settings.home(), METHODS[settings.method].title

    def send(_: Step, fit: Fit) -> None:
        for handle in settings.handles:
            known[handle][home[handle]] = fit
        busy = "" if fit.diagnostics.complete else f"{title}: {len(fit.noise):,} draws so far"
        _send(lesson, settings, known, busy, speak=fit.diagnostics.complete, beside=False)

    fit = grow(network_fits.run(settings), send)
    if settings.method == "hmc":
        with st.empty():
            _send(lesson, settings, known)  # what the draws say beside the handles may come a moment later
    return fit


def _send(
    lesson: Lesson, settings: NetworkSettings, known: Known, busy: str = "", speak: bool = False, beside: bool = True
) -> None:
    films = {h: network_films.film(settings, h, known[h], beside) for h in settings.handles}
    said = network_changes.heard(settings, films) if speak else ""
    live_more(settings.stamp, films, settings.home(), lesson.key, "answer", busy=busy, said=said)


def neighbours(lesson: Lesson, settings: NetworkSettings, known: Known) -> None:
    """Compute real answers beside the handles, nearest first, as long as the reader only looks."""
    if plain(lesson.key):
        return
    home, started, last, news = settings.home(), time.perf_counter(), time.perf_counter(), False
    queue = sorted(
        (abs(v - home[h]), h, v)
        for h in settings.handles
        for v in range(len(settings.positions(h)))
        if v not in known[h]
    )
    with st.container(key="courier2"):
        slot = st.empty()
        for _, handle, v in queue:
            if time.perf_counter() - started > _BUSY:
                break
            try:
                known[handle][v] = network_fits.finished(network_films.at_position(settings, handle, v))
            except ValueError:
                continue  # this position says why when the reader goes there
            news = True
            slot.empty()  # a reader who has moved on ends the work here
            if time.perf_counter() - last > _PACE:
                last, news = time.perf_counter(), False
                with slot:
                    _send(lesson, settings, known)
        if news:
            with slot:
                _send(lesson, settings, known)
