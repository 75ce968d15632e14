"""What follows the network's picture: a fit as it grows, its distance from the truth, and its neighbours.

After the picture stands, the server goes on: it computes real posteriors at the positions next to the handles, from
the nearest outwards, and sends them into the films. A handle that is dragged then shows converged answers, without
asking anybody; any move of the reader ends this work at once.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import replace

import streamlit as st

from bayes_core.figures.film import Film
from bayes_core.inference import METHODS, Step
from bayes_core.types import Fit
from pages._ui.by_hand import Lesson
from pages._ui.live.chart import live_more
from pages._ui.live.plain import plain
from pages._ui.work.courier import grow
from pages._ui.work.store import breathe

from . import changes as network_changes
from . import films as network_films
from . import fits as network_fits
from .settings import NetworkSettings

_AT_ONCE = 0.15  # seconds that a picture may wait for a complete fit
_FIRST_DRAWS = 0.3  # and for any draws at all
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


def at_home(settings: NetworkSettings, known: Known) -> Fit | None:
    """Return the fit where the handles stand, if it is known."""
    first = settings.handles[0]
    return known[first].get(settings.home()[first])


def _take(settings: NetworkSettings, known: Known, fit: Fit) -> None:
    for handle, position in settings.home().items():
        known[handle][position] = fit


def begin(settings: NetworkSettings, known: Known) -> Iterator[Step]:
    """Start the fit if there is none, put what the first picture may wait for into `known`, return what is left.

    A picture without draws, painted while the two cores fit, costs more time than it saves.
    """
    if at_home(settings, known) is not None:
        return iter(())
    steps, started, patience = network_fits.run(settings), time.perf_counter(), _FIRST_DRAWS
    if network_fits.size(settings) not in network_fits.COMPILED:
        return steps
    try:
        for step in steps:
            breathe()
            if step.fit is not None:
                _take(settings, known, step.fit)
                patience = _AT_ONCE
                if step.fit.diagnostics.complete:
                    break
            if time.perf_counter() - started > patience:
                break
    except ValueError as error:
        return _failing(error)
    return steps


def _failing(error: ValueError) -> Iterator[Step]:
    """Fail where the rest would have gone on: there the reader is told."""
    raise error
    yield


def follow(lesson: Lesson, settings: NetworkSettings, known: Known, steps: Iterator[Step]) -> Fit | None:
    """Send what takes longer than a picture may wait; return the fit at home, or None with its reason shown.

    `steps` is what `begin` has left to do.
    """
    home, trouble = settings.home(), st.empty()
    with st.container(key="courier"):
        fit = at_home(settings, known)
        if fit is None or not fit.diagnostics.complete:
            try:
                fit = _grow(lesson, settings, known, steps)
            except ValueError as error:
                trouble.error(f"{METHODS[settings.method].title} has no answer here. {error}")
                live_more(settings.stamp, films(settings, known), home, lesson.key, "answer", busy="no answer")
                return None
            if plain(lesson.key):
                st.rerun()
        if settings.method == "hmc" and not plain(lesson.key):
            with st.empty():
                _send(lesson, settings, known)  # what the draws say beside the handles may come a moment later
        if settings.method not in ("hmc", "prior"):
            reference = network_fits.finished(replace(settings, method="hmc"))
            far = {h: network_films.distance_film(settings, h, fit, reference) for h in settings.handles}
            live_more(settings.stamp, far, home, lesson.key, "distance")
    return fit


def _grow(lesson: Lesson, settings: NetworkSettings, known: Known, steps: Iterator[Step]) -> Fit:
    """Run the method step by step; the picture gets its draws as soon as there are some."""

    def send(_: Step, fit: Fit) -> None:
        _take(settings, known, fit)
        _send(lesson, settings, known, busy(settings, fit), speak=fit.diagnostics.complete, beside=False)

    return grow(steps, send)


def busy(settings: NetworkSettings, fit: Fit | None) -> str:
    """Return what the picture says while a fit is under way; nothing once it is complete."""
    title = METHODS[settings.method].title
    if fit is None:
        return f"{title} is at work…"
    return "" if fit.diagnostics.complete else f"{title}: {len(fit.noise):,} draws so far"


def films(settings: NetworkSettings, known: Known, beside: bool = False) -> dict[str, Film]:
    """Return every handle's film; what the draws say `beside` it takes longest."""
    made = {}
    for handle in settings.handles:
        made[handle] = network_films.film(settings, handle, known[handle], beside)
        breathe()
    return made


def _send(
    lesson: Lesson, settings: NetworkSettings, known: Known, busy: str = "", speak: bool = False, beside: bool = True
) -> None:
    made = films(settings, known, beside)
    said = network_changes.heard(settings, made) if speak else ""
    live_more(settings.stamp, made, settings.home(), lesson.key, "answer", busy=busy, said=said)


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
            if time.perf_counter() - last > _PACE:
                last, news = time.perf_counter(), False
                with slot:
                    _send(lesson, settings, known)
        if news:
            with slot:
                _send(lesson, settings, known)
