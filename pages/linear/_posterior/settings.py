"""What decides everything the linear page shows: its settings, their names in the link and their limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data import World
from bayes_core.inference import methods_for
from bayes_core.models import Linear
from bayes_core.types import Prior
from pages._ui.link import among, number, number_in, one_of, whole_in
from pages._ui.settings import PageSettings

from .scenes import POINTS, SCENES, Scene

PAGE = "linear/posterior"
LEVELS = (0.8, 0.9, 0.95, 0.99)
HANDLES = ("width", "noise")
MODEL = Linear()
_ELSEWHERE = ("vi_lowrank", "laplace", "ensemble", "anchored")  # of two weights they tell nothing that others do not
ANSWERS = tuple(name for name in methods_for(MODEL) if name not in _ELSEWHERE)
SAMPLED = tuple(name for name in ANSWERS if name not in ("exact", "map", "prior"))  # these are worked out everywhere


@dataclass(frozen=True)
class LinearSettings(PageSettings):
    """Prior width, noise in the data, the data themselves, the interval and who answers."""

    width: float
    noise: float
    points: int
    seed: int
    level: float = 0.9
    method: str = "exact"
    FIRST: ClassVar[str] = "five"

    @classmethod
    def start(cls, scene: str) -> Self:
        s = SCENES[scene]
        return cls(scene, s.width, s.noise, s.points, s.seed)

    @property
    def spec(self) -> Scene:
        """Return the scene itself."""
        return SCENES[self.scene]

    @property
    def handles(self) -> tuple[str, ...]:
        return HANDLES

    def positions(self, handle: str) -> FloatArray:
        return self.spec.positions(handle)

    def home(self) -> dict[str, int]:
        """Return the position of each handle: the nearest in the logarithm, in which they are evenly spaced."""
        return {h: int(np.abs(np.log(self.positions(h) / getattr(self, h))).argmin()) for h in HANDLES}

    def world(self) -> World:
        """Return the world of this scene with its number of points and seed."""
        return self.spec.world(n=self.points, seed=self.seed)

    def prior(self) -> Prior:
        """Return the prior that the handles say."""
        return Prior(self.width, self.spec.noise_prior)


PARSERS = {
    "scene": one_of(tuple(SCENES)),
    "width": number,  # each scene has its own range: see PageSettings.from_link
    "noise": number,
    "points": among(POINTS, whole_in(min(POINTS), max(POINTS))),
    "seed": whole_in(0, 2**32 - 1),
    "level": among(LEVELS, number_in(min(LEVELS), max(LEVELS))),
    "method": one_of(ANSWERS),
}
