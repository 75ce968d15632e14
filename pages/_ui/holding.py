"""Settings on points that are held: those on screen, with the points as data and every handle where it stands."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Source

from .fields import fields_of
from .settings import PageSettings, Scene

DATA = ("scene", "points", "seed", "world", "worlds", "guess", "reveal")
"""Settings that say which data are looked at, and go with them."""


def of_data(old: Any, *, own_still: bool) -> set[str]:
    """Return the settings that go with the data: among a reader's own a seed only draws, and a handle only counts."""
    return {*DATA} - ({"seed", *old.handles} if own_still else set())


def at_one(settings: Any) -> Any:
    """Return settings whose handles have one position each, the first of theirs."""
    kind = type(settings)

    def positions(self: Any, handle: str) -> FloatArray:
        return np.asarray(kind.positions(self, handle)[:1])

    once = type(kind.__name__, (kind,), {"positions": positions})
    return once(**{one.name: getattr(settings, one.name) for one in fields(settings)})


def held(settings: PageSettings, source: Source, times: int = 1) -> Any:
    """Return settings on points that are held: a handle has one position, or that one several times, where it stands.

    The scales stay those on screen, whose panels are drawn already.
    """
    kind = type(settings)
    on_screen = settings.chart
    assert on_screen is not None
    scene: Scene = kind.on(replace(source, scales={**source.scales, **on_screen.scales}))
    name = "held"

    def positions(self: Any, handle: str) -> FloatArray:
        return np.full(times, getattr(self, handle))

    once = type(kind.__name__, (kind,), {"SCENES": {name: scene}, "positions": positions})
    gone = of_data(settings, own_still=settings.brought)
    values = {one: getattr(settings, one) for one in fields_of(settings) if one not in gone}
    start: Any = once.start(name)  # type: ignore[attr-defined]
    return replace(start, **values, guess="", reveal=True)
