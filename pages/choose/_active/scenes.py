"""The scenes of "Where to look next": a lake that nobody has sounded, and ground that may be rock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bayes_core.evaluation.active import FIELDS, MOST, Field
from pages._ui.asking import Asking, Place, height_of
from pages._ui.settings import Scene

_TITLE = "lake bed above the old chart, m"
_BED = ((-6.0, 6.0), (-6.0, -3.0, 0.0, 3.0, 6.0), _TITLE)
_SHAKEN = ((-9.0, 9.0), (-8.0, -4.0, 0.0, 4.0, 8.0), _TITLE)
_ROCK = ((-0.08, 1.2), (0.0, 0.25, 0.5, 0.75, 1.0), "probability of rock")
Axis = tuple[tuple[float, float], tuple[float, ...], str]


@dataclass(frozen=True, eq=False)
class Story:
    """Which field is searched, its axis up, the most that one measurement can tell, and how large errors get.

    `one` and `many` are what measurements are called, `unit` is that of an error.
    """

    name: str
    axis: Axis
    most: float
    worst: float
    one: str = "sounding"
    many: str = "soundings"
    unit: str = "m"

    @property
    def field(self) -> Field:
        """Return what can be measured."""
        return FIELDS[self.name]

    @property
    def classes(self) -> bool:
        """Return whether a measurement is a yes or a no."""
        return self.field.noise is None


def _next(*shows: str) -> Asking:
    """Return the question where one measurement would tell most."""
    return Place(
        name="next",
        curve=height_of("gain"),
        label="place",
        unit="km",
        peak="The most informative place",
        most="more would be told",
        shows=("first", "measured", "latest", *shows),
        looks={"view": "one"},
    )


_STARTS = {"seen": 0.0, "here": 5.0, "seed": 0, "strategy": "information"}
_ASKED: Mapping[str, tuple[float, ...]] = {}


def _scene(title: str, story: Story, guess: Asking, **start: Any) -> Scene:
    ranges = {"seen": (0.0, float(MOST)), "here": (0.0, 10.0)}
    return Scene(title, _STARTS | start, ranges, story=story, guess=guess)


SCENES: dict[str, Scene] = {
    "gap": _scene("A gap", Story("gap", _BED, 3.0, 2.0), _next(), seed=13),
    "noise": _scene(
        "Noise in the east", Story("noise", _SHAKEN, 3.3, 2.0), _next("predictive", "credible"), strategy="variance",
        seen=6.0, here=2.0, seed=41,
    ),
    "cliff": _scene("A cliff that the model cannot draw", Story("cliff", _BED, 3.0, 2.0), _next(), seen=12.0, seed=30),
    "rock": _scene(
        "Rock or no rock", Story("rock", _ROCK, 1.05, 0.5, "boring", "borings", ""), _next("credible"),
        strategy="entropy", seen=12.0, seed=46,
    ),
}  # fmt: skip
