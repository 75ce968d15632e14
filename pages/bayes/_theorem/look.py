"""From the theorem page's settings to what is seen: a test, two events, or clue after clue."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data import iris
from bayes_core.figures.view import View
from bayes_core.foundations.events import allowed, reached, sweep_events
from bayes_core.foundations.naive_bayes import GaussianClasses
from bayes_core.foundations.studies import ppv_draws, ppv_reach

from . import views_clues, views_events, views_tests
from .scenes import CLUES
from .settings import MOST_TESTS, ClueSettings, EventSettings, TestSettings, quantity_of

DRAWS = 1000
_SEED = 100


def look(settings: Any, handle: str, _: Any) -> View:
    """Return what is seen along a handle."""
    return _LOOKS[type(settings)](settings, handle)


# ---------------------------------------------------------------------------------------------------- a test
def _tests(settings: TestSettings, handle: str) -> View:
    test, values, people = settings.test(handle), settings.positions(handle), settings.people
    guess = settings.guessed
    if settings.asks:
        return views_tests.question(test, values, people, settings.guess if settings.guess >= 0 else 50)
    if settings.view == "curve":
        return views_tests.curve(test, values, people, guess, settings.prevalences())
    if settings.view == "again":
        return views_tests.again(test, values, people, guess, settings.results, MOST_TESTS)
    if settings.view == "unsure":
        return views_tests.unsure(test, values, people, guess, unsure(settings, handle), ppv_grid(settings.scene))
    return views_tests.count(test, values, people, guess)


def unsure(settings: TestSettings, handle: str) -> FloatArray:
    """Return draws (V, S) of the PPV when every rate is known only from a study of `studied` people."""
    return ppv_draws(**settings.rates(handle), draws=DRAWS, seed=_SEED)


@lru_cache(maxsize=16)
def ppv_grid(scene: str) -> FloatArray:
    """Return the PPVs that a scene's picture of unsure rates reaches over."""
    start = TestSettings.at_start(scene)
    return np.linspace(0, ppv_reach(unsure(start, "prevalence")[start.home()["prevalence"]]), 121)


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
