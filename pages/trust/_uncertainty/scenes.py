"""The scenes of the split: one ferry, its delay over the wind, seen at some winds and not at others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from bayes_core.data import World, ferry
from bayes_core.data.sailings import Sailings
from bayes_core.data.source import Axes, Source
from bayes_core.data.units import Units
from pages._ui.settings import Scene

UNITS = Units(12.0, 7.0, 15.0, 10.0)
"""What a fit sees: winds in steps of 7 m/s from 12, delays in steps of 10 minutes from 15."""

_PATCHY = ((1.0, 9.0, 0.65), (17.0, 22.0, 0.35))  # winds from, to, and the share of crossings there
_EVEN = ((1.0, 22.0, 1.0),)


@dataclass(frozen=True)
class Story:
    """Where "ask outside" asks, how high the layers are drawn, with ticks, and how far the line of noises reaches."""

    outside: float
    most: float
    ticks: tuple[float, ...]
    line: float = 20.0


def winds(count: int, seed: int, pieces: Sequence[tuple[float, float, float]]) -> np.ndarray:
    """Return winds (N, 1) in some stretches, a share of all crossings in each, in random order within it."""
    share = np.random.default_rng([seed, 3]).random(count)
    ends = np.cumsum([part for *_, part in pieces])
    which = np.searchsorted(ends, (np.arange(count) + 0.5) / count * ends[-1])
    low, high, _ = (np.array(column)[which] for column in zip(*pieces, strict=True))
    return np.asarray(low + (high - low) * share)[:, None]


def _crossings(
    seed: int, count: int, pieces: Sequence[tuple[float, float, float]], growth: float, y: tuple[float, float]
) -> Source:
    """Return the ferry with crossings at some winds only."""
    world: World = replace(ferry(count, seed, growth), x=winds(count, seed, pieces))
    marks = (0, 5, 10, 15, 20, 25), tuple(t for t in (-40, -20, 0, 20, 40, 60) if y[0] <= t <= y[1])
    axes = Axes((0, 27), y, *marks, "wind, m/s", "delay of the ferry, minutes")
    return Source(
        world.dataset(), axes, {}, 0.5, world, point=("crossing", "crossings"), beyond="nobody crossed out here"
    )


CLASS_UNITS = Units(12.0, 7.0)


def sailings(seed: int) -> Sailings:
    """Return days on which the ferry sailed or not, few at the winds that decide."""
    x = winds(60, seed, ((2.0, 12.0, 0.6), (19.0, 23.0, 0.4)))
    return Sailings(x, np.random.default_rng([seed, 5]).random((60, 2)))


def _days(seed: int, spoilt: float) -> Source:
    axes = Axes((0, 27), (-0.12, 1.12), (0, 5, 10, 15, 20, 25), (0, 0.5, 1), "wind, m/s", "chance that it sails")
    return Source(
        sailings(seed).dataset(spoilt), axes, {}, 1.0, None, point=("day", "days"), beyond="no such day out here"
    )


def _start(model: str, method: str, width: float, here: float, seed: int, noise: float = 4.0) -> dict[str, object]:
    return {"model": model, "method": method, "width": width, "noise": noise, "here": here, "seed": seed}


_RANGES = {"width": (0.2, 5.0), "noise": (2.0, 8.0), "here": (0.0, 27.0)}
_ASKED = {"noise": (2.0, 4.0, 8.0), "here": (5.0, 13.5, 20.0, 26.0), "width": (0.3, 5.0)}

CLASS_SCENES: dict[str, Scene] = {
    "sail": Scene(
        "Does it sail?",
        _start("bumps", "hmc", 2.0, 15.0, 2, 0.05),
        {"width": (0.2, 5.0), "noise": (0.02, 0.25), "here": (0.0, 27.0)},
        partial(_days, spoilt=0.05),
        Story(26.0, 1.0, (0, 0.25, 0.5, 0.75, 1.0), 1.0),
        {"noise": (0.05, 0.1), "here": (5.0, 15.0, 26.0)},
    )
}

SCENES: dict[str, Scene] = {
    "gap": Scene(
        "A gap in the wind",
        _start("bumps", "exact", 1.5, 13.5, 2),
        _RANGES,
        partial(_crossings, count=48, pieces=_PATCHY, growth=0.0, y=(-14, 50)),
        Story(26.0, 150.0, (0, 50, 100, 150)),
        _ASKED,
    ),
    "straight": Scene(
        "A straight line",
        _start("line", "exact", 2.0, 9.0, 2, 1.0),
        _RANGES | {"noise": (0.5, 2.0)},
        partial(_crossings, count=48, pieces=_EVEN, growth=0.0, y=(-14, 50)),
        Story(26.0, 12.0, (0, 4, 8, 12), 5.0),
        _ASKED | {"noise": (0.5, 1.0, 2.0)},
    ),
    "one": Scene(
        "One noise for every wind",
        _start("bumps", "exact", 1.5, 5.0, 3),
        _RANGES,
        partial(_crossings, count=60, pieces=_EVEN, growth=0.75, y=(-14, 50)),
        Story(26.0, 150.0, (0, 50, 100, 150)),
        _ASKED,
    ),
    "rough": Scene(
        "Rough sea, rough times",
        _start("noisy", "hmc", 1.5, 13.5, 2),
        _RANGES,
        partial(_crossings, count=60, pieces=_PATCHY, growth=0.75, y=(-14, 50)),
        Story(26.0, 150.0, (0, 50, 100, 150)),
        _ASKED,
    ),
    "eight": Scene(
        "Eight crossings",
        _start("noisy", "hmc", 1.5, 13.5, 5),
        _RANGES,
        partial(_crossings, count=8, pieces=_EVEN, growth=0.75, y=(-35, 75)),
        Story(26.0, 300.0, (0, 100, 200, 300)),
        _ASKED,
    ),
}
