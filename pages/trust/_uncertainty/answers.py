"""From the settings of the split to what is believed: closed forms everywhere at once, or the fits that there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from weakref import WeakKeyDictionary

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.splits import Split, Spots, drawn, exact_splits, joined, second_sensor
from bayes_core.models import Linear
from bayes_core.summaries.answers import Draws
from bayes_core.summaries.curves import log_data_ratio, log_prior_ratio
from bayes_core.types import Fit

from .settings import LEVEL, MODELS, SplitSettings

_TOLERANCE = 1e-5  # of a posterior sd: far below a pixel
_DRAWS: WeakKeyDictionary[Fit, Draws] = WeakKeyDictionary()


@dataclass(frozen=True, eq=False)
class Known:
    """The fits at hand: along each handle by position, after each test where the handles stand, and of other methods.

    `beside` the handles their draws are reweighted, which takes long.
    """

    fits: Mapping[str, Mapping[int, Fit]] = field(default_factory=dict)
    tests: Mapping[str, Fit] = field(default_factory=dict)
    others: Mapping[str, Fit] = field(default_factory=dict)
    beside: bool = True


def members_of(settings: SplitSettings) -> int:
    """Return how many curves are drawn: fewer where every position has its own, so that the film stays small."""
    return 10 if settings.test == "points" else 24


def picture(settings: SplitSettings, handle: str, known: Known | None, test: str) -> Split | None:
    """Return the split over all winds, at every position of a handle or at one that serves all."""
    found = _at(settings, handle, known, test, settings.grid(), members_of(settings))
    if found is None or test != "sensor":
        return found
    before = _at(settings, handle, known, "", settings.grid(), members_of(settings))
    return before and found.with_parts(second_sensor(before.parts, found.parts))


def spots(settings: SplitSettings, handle: str, known: Known | None, test: str = "") -> Spots | None:
    """Return the split where the reader asks, at every position of a handle; after a test at the place it is about."""
    places, size = settings.places(handle, test), len(settings.positions(handle))
    found = _at(settings, handle, known, test, places, 0)
    if found is None:
        return None
    told = Spots.of(found).over(size)
    if test != "sensor":
        return told
    before = spots(settings, handle, known)
    return before and told.with_parts(second_sensor(before.parts, told.parts))


def _at(
    settings: SplitSettings, handle: str, known: Known | None, test: str, places: FloatArray, members: int
) -> Split | None:
    if settings.exact:
        return _exact(settings, handle, test, tuple(places.tolist()), members)
    return None if known is None else _drawn(settings, handle, known, test, places, members)


@lru_cache(maxsize=256)
def _exact(settings: SplitSettings, handle: str, test: str, places: tuple[float, ...], members: int) -> Split:
    """Return closed forms; more rows at every place of "here" are another question each."""
    model, source = MODELS[settings.model], settings.source()
    assert isinstance(model, Linear)
    moves = handle == "here" and test == "points"
    widths, noises = settings.widths(handle), settings.noises(handle, test)
    if handle == "here":
        widths, noises = widths[:1], noises[:1]
    made = []
    for here, place in zip(*_asked(settings, moves, places), strict=True):
        world = settings.tested(test, here)
        asked = (settings.units.x(world.x), settings.units.y(world.outcomes(noises)), widths, source.noise_prior)
        made.append(
            exact_splits(model, *asked, np.array(place), settings.units, LEVEL, members, settings.seed, _TOLERANCE)
        )
    return joined(made)


def _asked(
    settings: SplitSettings, moves: bool, places: tuple[float, ...]
) -> tuple[list[float], list[tuple[float, ...]]]:
    """Return where rows are added and where it is looked at, question by question."""
    if not moves:
        return [settings.here], [places]
    every = settings.positions("here").tolist()
    return every, [(here,) for here in every] if places == tuple(every) else [places] * len(every)


def _drawn(
    settings: SplitSettings, handle: str, known: Known, test: str, places: FloatArray, members: int
) -> Split | None:
    """Return what the fits at hand say; after a test where the handles stand only, or where no place matters."""
    home, size, still = settings.home()[handle], len(settings.positions(handle)), handle == "here"
    if test in ("", "outside"):
        fits = dict(known.fits.get(handle, {}))
        if home not in fits:
            return None
        base = _split(settings, handle, fits[home], places, members, known.beside and not still)
        if still:
            return base
        others = {v: _read(settings, fit, places, members) for v, fit in fits.items()}
        return (base if len(base.mean) == size else base.among(size, home)).replaced(others)
    if test not in known.tests:
        return None
    if still and test != "points":
        return _read(settings, known.tests[test], places, members)
    place = places if members else np.array([settings.here])
    return _read(settings, known.tests[test], place, members).among(size, home)


def _split(settings: SplitSettings, handle: str, fit: Fit, places: FloatArray, members: int, beside: bool) -> Split:
    """Return the split of the fit where the handles stand, reweighted along one of them as far as its draws reach."""
    if not (beside and settings.reweighs and fit.diagnostics.complete):
        return _read(settings, fit, places, members)
    return settings.splits(_reweighted(settings, handle, fit), places, settings.units, LEVEL, members)


def _read(settings: SplitSettings, fit: Fit, places: FloatArray, members: int) -> Split:
    """Return the split of one fit."""
    return settings.splits(_answer(fit, settings.seed), places, settings.units, LEVEL, members)


def _answer(fit: Fit, seed: int) -> Draws:
    if fit not in _DRAWS:
        _DRAWS[fit] = drawn(fit, seed=seed)
    return _DRAWS[fit]


@lru_cache(maxsize=16)
def _reweighted(settings: SplitSettings, handle: str, fit: Fit) -> Draws:
    if handle == "width":
        ratio = log_prior_ratio(fit, settings.positions(handle))
    else:
        data = fit.question.dataset
        ratio = log_data_ratio(fit, data.x, data.y, settings.units.y(settings.world.outcomes(settings.noises(handle))))
    return drawn(fit, ratio, settings.home()[handle], settings.seed)


def reach(settings: SplitSettings, handle: str, known: Known | None) -> tuple[int, int] | None:
    """Return the positions that the draws at hand answer for, None where closed forms do."""
    home = settings.home()[handle]
    if settings.exact or known is None or home not in known.fits.get(handle, {}):
        return None
    if settings.test in ("noise", "sensor") and handle == "here":
        return None
    if settings.test not in ("", "outside"):
        return home, home
    fit = known.fits[handle][home]
    if handle == "here" or not (known.beside and settings.reweighs and fit.diagnostics.complete):
        return None if handle == "here" else (home, home)
    return _reweighted(settings, handle, fit).trusted


def compared(settings: SplitSettings, handle: str, known: Known | None) -> dict[str, Spots]:
    """Return the splits of other methods at hand, where the reader asks."""
    home, size, told = settings.home()[handle], len(settings.positions(handle)), {}
    for method, fit in known.others.items() if known else ():
        one = _read(settings, fit, settings.places(handle), 0)
        told[method] = Spots.of(one if handle == "here" else one.among(size, home))
    return told
