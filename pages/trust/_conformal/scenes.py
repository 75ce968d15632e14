"""The scenes of the conformal page: one ferry, who forecasts its delay, and what is promised from how many days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bayes_core.data import World, ferry
from bayes_core.data.source import Axes
from pages._ui.settings import Scene

MOST_DAYS = 500
NEW_DAYS = 100
CALM, STORM = 8.0, 17.0  # m/s: what is called calm lies below, a storm above
RAREST = (2.0, 23.0)  # m/s: 97 % of days lie between
_ASIDE, _NEW = 1000, 2000  # added to a scene's seed: days kept aside, and days that come later


@dataclass(frozen=True)
class Story:
    """Which ferry: how its noise grows with the wind, how many days were fitted, and how large a share of calm ones.

    The picture reaches up to `top` at least.
    """

    growth: float = 0.75
    fitted: int = 60
    calmest: float = 1.0
    top: float = 0.0

    def trained(self, seed: int) -> World:
        """Return the days that the forecast is fitted to."""
        return ferry(self.fitted, seed, self.growth, self.calmest)

    def aside(self, seed: int) -> World:
        """Return the days kept aside, of which the first calibrate."""
        return ferry(MOST_DAYS, self.seed_aside(seed), self.growth)

    def new(self, seed: int) -> World:
        """Return the days that come later."""
        return ferry(NEW_DAYS, self.seed_new(seed), self.growth)

    def seed_aside(self, seed: int) -> int:
        """Return the seed of the days kept aside."""
        return seed + _ASIDE

    def seed_new(self, seed: int) -> int:
        """Return the seed of the new days."""
        return seed + _NEW


def axes(low: float, high: float) -> Axes:
    """Return the picture's axes between two delays."""
    marks = tuple(float(mark) for mark in (-40, -20, 0, 20, 40, 60, 80) if low <= mark <= high)
    winds = (0.0, 5.0, 10.0, 15.0, 20.0, 25.0)
    return Axes((0.0, 25.0), (low, high), winds, marks, "wind, m/s", "delay of the ferry, minutes")


_START: dict[str, Any] = {"level": 0.9, "days": 100.0, "drift": 0.0, "seed": 13, "forecaster": "curve"}
_RANGES = {"level": (0.5, 0.99), "days": (4.0, float(MOST_DAYS)), "drift": (0.0, 15.0)}


def _scene(title: str, story: Story, asked: dict[str, tuple[float, ...]] | None = None, **start: Any) -> Scene:
    return Scene(title, _START | start, _RANGES, story=story, asked=asked or {})


SCENES: dict[str, Scene] = {
    "good": _scene("A good forecast", Story(), {"level": (0.99,), "days": (50.0,)}),
    "terrible": _scene("A terrible forecast", Story(), forecaster="terrible"),
    "drift": _scene("The days change", Story(top=62.0), {"drift": (0.0, 5.0)}, drift=10.0),
    "right": _scene("Bayes, right model", Story(growth=0.0), own=True, seed=9),
    "wrong": _scene("Bayes, wrong model", Story(fitted=40, calmest=0.45), forecaster="line", own=True, seed=5),
    "few": _scene("Ten calibration days", Story(), {"level": (0.9,), "days": (19.0,)}, level=0.95, days=10.0),
}
