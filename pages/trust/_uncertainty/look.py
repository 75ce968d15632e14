"""From the settings of the split to what is seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.splits import Spots
from bayes_core.figures.panels import Texts
from bayes_core.figures.split_panels import Verdict
from bayes_core.figures.view import View
from bayes_core.inference import METHODS
from pages._ui.telling import finding, view_opening
from pages._ui.words import words

from . import views
from .answers import Known, compared, members_of, picture, reach, spots
from .readouts import verdict
from .settings import LEVEL, PAGE, TITLES, SplitSettings
from .terms import TERMS


def look(settings: SplitSettings, handle: str, known: Known | None) -> View:
    """Return what is seen along a handle; without an answer the data only."""
    place, test = _place(settings, handle), settings.test
    refitted = test not in ("", "outside")
    before, base = spots(settings, handle, known), picture(settings, handle, known, "")
    seen = None
    if before is not None and base is not None:
        told = {name: spots(settings, handle, known, name) for name in settings.shown}
        after = told[test] if test else before
        shown = picture(settings, handle, known, test) if refitted else base
        seen = views.Seen(
            shown=base if shown is None else shown,
            before=base if refitted else None,
            spots=before if after is None else after,
            spots_before=before,
            codes=settings.judged(before if after is None else after, handle),
            truths=settings.truths(handle),
            asked=_asked(settings, handle),
            here=settings.positions(handle) if handle == "here" else np.array([settings.here]),
            rows=_rows(settings, told, before),
            others=_others(settings, handle, known, before),
            pending=after is None,
        )
    made = views.split(
        _scenery(settings, handle, members_of(settings)),
        seen,
        _rows(settings, {}, None),
        place,
        _badge(settings, handle, known),
        LEVEL,
        settings.test,
        tested=refitted,
        compare=settings.compare,
        single=settings.method == "map",
        trusted=reach(settings, handle, known),
    )
    if seen is None or seen.pending:
        return made
    told_words = {**made.words, **{name: texts for panel in made.panels for name, texts in panel.words.items()}}
    found = finding(view_opening(words(PAGE), settings), told_words, len(settings.positions(handle)))
    totals = told_words["total"]
    alt = tuple(one if total != "–" else "Let go: it is fitted anew." for one, total in zip(found, totals, strict=True))
    return replace(made, alt=alt)


def _place(settings: SplitSettings, handle: str) -> Texts:
    places = settings.positions(handle) if handle == "here" else np.full(len(settings.positions(handle)), settings.here)
    return tuple(f"{v:.4g} m/s" for v in places)


def _asked(settings: SplitSettings, handle: str) -> tuple[FloatArray, Texts]:
    """Return where the numbers in the picture are, and how it is written, at every position or once for all."""
    places = settings.places(handle, settings.test)
    return places, tuple(f"{v:.4g} m/s" for v in places)


def _scenery(settings: SplitSettings, handle: str, members: int) -> views.Scenery:
    source, test = settings.source(), settings.test
    return views.Scenery(
        source=source,
        terms=TERMS[settings.kind],
        grid=settings.grid(),
        data=source.axes.clip(settings.world.outcomes(settings.moved(handle))),
        added=_added(settings, handle) if test == "points" else None,
        truth=settings.truth(handle),
        true=settings.own(handle),
        most=settings.story.most,
        line=settings.story.line,
        ticks=settings.story.ticks,
        outside=settings.story.outside if test == "outside" else None,
        members=members,
    )


def _added(settings: SplitSettings, handle: str) -> FloatArray:
    """Return the rows that the test adds, (V or 1, n, 2)."""
    rows, noises, before = [], settings.noises(handle), len(settings.world.x)
    heres = settings.positions(handle) if handle == "here" else np.full(len(noises), settings.here)
    for here, noise in zip(heres, noises, strict=True):
        world = settings.tested("points", float(here))
        y = world.outcomes(np.array([noise]))[0]
        rows.append(np.stack([world.x[before:, 0], y[before:]], axis=1))
    return np.array(rows if handle in ("here", "noise") else rows[:1])


def _rows(settings: SplitSettings, told: dict[str, Spots | None], before: Spots | None) -> tuple[Verdict, ...]:
    """Return the table: what was before, and every test, which is a guess until it is pressed."""
    lines = [verdict("base", "before", before, None, "at work", press=False)]
    for name in settings.tests:
        state = "at work" if name in settings.shown else "guess first"
        lines.append(verdict(name, TITLES[name], told.get(name), before, state, press=True))
    return tuple(lines)


def _others(settings: SplitSettings, handle: str, known: Known | None, before: Spots) -> tuple[Verdict, ...]:
    if not settings.compare:
        return ()
    found = compared(settings, handle, known)
    lines = []
    for method in settings.methods:
        at = before if method == settings.method else found.get(method)
        lines.append(verdict(f"by.{method}", METHODS[method].title, at, None, "at work", press=False))
    return tuple(lines)


def _badge(settings: SplitSettings, handle: str, known: Known | None) -> Texts:
    """Return what the answer is worth at every position."""
    if settings.exact:
        return ("exact",)
    home, size = settings.home()[handle], len(settings.positions(handle))
    fits = known.fits.get(handle, {}) if known else {}
    if home not in fits:
        return ()
    worth = fits[home].diagnostics.badge
    if handle == "here":
        return (worth,)
    return tuple(fits[v].diagnostics.badge if v in fits else "approximate" for v in range(size))
