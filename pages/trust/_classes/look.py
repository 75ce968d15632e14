"""From the settings of the page of classes to what is seen: maps made once for as long as a fit is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from bayes_core.evaluation.class_map import ClassScore, class_score, draws_over
from bayes_core.figures.theme import CONCEPT
from bayes_core.figures.view import View
from bayes_core.types import Fit
from pages._ui.telling import view_opening
from pages._ui.words import words

from . import look_tutorial, views
from .kept import kept, map_of
from .readouts import about
from .settings import PAGE, ClassesSettings
from .settings_tutorial import TutorialSettings

_SIDE = {2: (64, 48, 24), 3: (52, 40, 20)}
"""By the number of classes: places along each side of the map, of the one voice and of the draws; films stay small."""


@dataclass(frozen=True, eq=False)
class Known:
    """The fits at hand along the width, by position, and the most probable classifiers there."""

    fits: Mapping[int, Fit]
    single: Mapping[int, Fit] = field(default_factory=dict)


def look(settings: ClassesSettings | TutorialSettings, handle: str, known: Known | look_tutorial.Along | None) -> View:
    """Return the map along a handle; without an answer where it stands, the data only."""
    if isinstance(settings, TutorialSettings):
        assert not isinstance(known, Known)
        return look_tutorial.look(settings, handle, known)
    assert not isinstance(known, look_tutorial.Along)
    fits, size = dict(known.fits) if known else {}, len(settings.positions(handle))
    data, (side, fewer, _) = settings.dataset(), _sides(settings)
    one = dict(known.single) if known else {}
    found = views.Found(
        {v: map_of(fit, settings.plane(), side) for v, fit in fits.items()},
        {v: fit.diagnostics.badge for v, fit in fits.items()},
        scores(fits, settings),
        {v: map_of(fit, settings.plane(), fewer) for v, fit in one.items()},
        scores(one, settings),
    )
    fresh = settings.fresh()
    seen = views.classes(
        data,
        settings.plane(),
        settings.story.ring,
        side,
        found,
        tuple(f"{v:g}" for v in settings.positions(handle)),
        words(PAGE),
        view_opening(words(PAGE), settings),
        about(fits, size),
        (settings.who, CONCEPT.get(settings.method, "posterior")),
        fresh is not None,
        ("yours", len(fresh.y)) if settings.brought and fresh is not None else None,
    )
    return replace(seen, words={**seen.words, **{name: (text,) for name, text in settings.story.counted.items()}})


def single(settings: ClassesSettings, handle: str, known: Known) -> View:
    """Return the one most probable classifier beside who answers."""
    maps = {v: map_of(fit, settings.plane(), _sides(settings)[1]) for v, fit in known.single.items()}
    return views.one_voice(maps, len(settings.positions(handle)))


def voices(settings: ClassesSettings, handle: str, fit: Fit) -> View:
    """Return draws where the handle stands, to be asked one by one at the ring."""
    places = settings.plane().places(_sides(settings)[2])
    odds = kept(fit, ("draws", settings.still()), lambda: draws_over(fit, places, views.VOTES))
    return views.voices(odds, settings.home()[handle])


def scores(fits: Mapping[int, Fit], settings: ClassesSettings) -> dict[int, ClassScore]:
    """Return how complete fits do on fresh points, where there are any."""
    fresh = settings.fresh()
    if fresh is None:
        return {}
    complete = {v: fit for v, fit in fits.items() if fit.diagnostics.complete}
    return {v: kept(fit, "score", partial(class_score, fit, fresh)) for v, fit in complete.items()}


def _sides(settings: ClassesSettings) -> tuple[int, int, int]:
    return _SIDE[len(settings.dataset().classes)]
