"""From the theorem page's settings to what is seen: a test, two events, or clue after clue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data import iris
from bayes_core.figures.view import View
from bayes_core.foundations.events import allowed, reached, sweep_events
from bayes_core.foundations.naive_bayes import GaussianClasses
from bayes_core.foundations.studies import RATE_PRIORS, ppv_reach
from pages._ui.telling import finding, view_opening
from pages._ui.words import words

from . import readouts_tests, views_clues, views_events, views_tests
from .scenes import CLUES, PAGE
from .settings import MOST_TESTS, ClueSettings, EventSettings, TestSettings, quantity_of

_EDGE = 1e-6  # how near an end a density is drawn, as a share of its picture


def look(settings: Any, handle: str, _: Any) -> View:
    """Return what is seen along a handle; the alternative text is what the view finds, in the page's words."""
    seen, values = _LOOKS[type(settings)](settings, handle), settings.positions(handle)
    found = view_opening(words(PAGE), settings)
    return replace(seen, alt=finding(found, seen.frames(handle, values).words, len(values)))


# ---------------------------------------------------------------------------------------------------- a test
def _tests(settings: TestSettings, handle: str) -> View:
    test, values, people = settings.test(handle), settings.positions(handle), settings.people
    guess = settings.share_guessed
    if settings.asks:
        return views_tests.question(test, values, people)
    if settings.view == "curve":
        return views_tests.curve(test, values, people, guess, settings.prevalences())
    if settings.view == "again":
        return views_tests.again(test, values, people, guess, settings.results, MOST_TESTS)
    if settings.view == "unsure":
        ppv, at = settings.studied_ppv(handle), ppv_grid(settings.scene, settings.assumed)
        study = readouts_tests.studies(*settings.study(handle), RATE_PRIORS[settings.assumed])
        return views_tests.unsure(test, values, people, guess, ppv, at, study)
    return views_tests.count(test, values, people, guess)


@lru_cache(maxsize=16)
def ppv_grid(scene: str, assumed: str) -> FloatArray:
    """Return the PPVs that a scene's picture of unsure rates reaches over; a density may be infinite at 0 and at 1."""
    start = TestSettings.at_start(scene, assumed=assumed)
    likely = start.studied_ppv("prevalence").quantile(0.95)[start.home()["prevalence"]]
    reach = ppv_reach(float(likely), times=2.0)
    return np.linspace(_EDGE * reach, min(reach, 1 - _EDGE), 121)


# ------------------------------------------------------------------------------------------------ two events
def _events(settings: EventSettings, handle: str) -> View:
    moved = quantity_of(handle)
    return views_events.square(
        sweep_events(settings.known_along(handle)),
        settings.positions(handle),
        settings.a,
        settings.b,
        settings.quantities,
        moved,
        allowed(moved, settings.known()),
        reached(moved, settings.known()),
    )


# ------------------------------------------------------------------------------------------------- many clues
class Flowers(NamedTuple):
    """What the three species look like, and the flowers (N, F) themselves with their species (N,)."""

    classes: GaussianClasses
    x: FloatArray
    y: FloatArray


@lru_cache(maxsize=1)
def flowers() -> Flowers:
    """Return Fisher's flowers and what was learnt from them."""
    data = iris(CLUES)
    return Flowers(GaussianClasses.of(data.x, data.y), data.x, data.y)


def _clues(settings: ClueSettings, handle: str) -> View:
    classes, x = flowers().classes, settings.flowers(handle)
    naive, honest = classes.steps(x, settings.counts), classes.together_steps(x)
    return views_clues.evidence(naive, honest, classes.relative_factors(x), settings.positions(handle), settings.copies)


_LOOKS: dict[type, Callable[[Any, str], View]] = {
    TestSettings: _tests,
    EventSettings: _events,
    ClueSettings: _clues,
}
