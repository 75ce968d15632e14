"""What decides everything the linear page shows: its settings, their names in the link and their limits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from bayes_core.data import World
from bayes_core.models import Linear
from bayes_core.types import Prior

from .linear_scenes import POINTS, SCENES, Scene
from .link import among, number, number_in, one_of, whole_in

PAGE = "linear/posterior"
LEVELS = (0.8, 0.9, 0.95, 0.99)
HANDLES = ("width", "noise")
SAMPLED = ("nuts", "vi_meanfield", "vi_fullrank")
MODEL = Linear()
ANSWERS = ("exact", "nuts", "vi_meanfield", "vi_fullrank", "map", "prior")  # the methods that this page compares


@dataclass(frozen=True)
class LinearSettings:
    """Everything that decides what the linear page shows; every field is a name in the link."""

    scene: str
    width: float
    noise: float
    points: int
    seed: int
    level: float = 0.9
    method: str = "exact"

    @classmethod
    def at_start(cls, scene: str = "five", **changes: Any) -> LinearSettings:
        """Return a scene's own settings, with some of them changed; handles snap to their nearest position."""
        s = SCENES[scene]
        start = cls(scene, s.width, s.noise, s.points, s.seed)
        return replace(start, **changes).snapped()

    @classmethod
    def from_link(cls, values: dict[str, Any], notes: list[str]) -> LinearSettings:
        """Return a link's settings; a handle outside its scene's range stays at its start, with a note."""
        scene = values.get("scene", "five")
        kept = dict(values)
        for handle in set(HANDLES) & set(values):
            positions = SCENES[scene].positions(handle)
            try:
                number_in(float(positions[0]), float(positions[-1]))(f"{values[handle]:g}")
            except ValueError as error:
                notes.append(f"{handle}: {error}")
                del kept[handle]
        return cls.at_start(**kept)

    def snapped(self) -> LinearSettings:
        """Return the settings with both handles on one of their positions."""
        at = {h: float(self.spec.positions(h)[i]) for h, i in self.home().items()}
        return replace(self, **at)

    @property
    def spec(self) -> Scene:
        """Return the scene itself."""
        return SCENES[self.scene]

    def home(self) -> dict[str, int]:
        """Return the position of each handle."""
        return {h: int(np.abs(np.log(self.spec.positions(h) / getattr(self, h))).argmin()) for h in HANDLES}

    def link(self) -> dict[str, str]:
        """Return what the address must say: the fields that differ from the page's, or the scene's, start."""
        start = LinearSettings.at_start(self.scene)
        params = {} if self.scene == "five" else {"scene": self.scene}
        for name in ("width", "noise", "points", "seed", "level", "method"):
            value = getattr(self, name)
            if value != getattr(start, name):
                params[name] = f"{value:g}" if isinstance(value, float) else str(value)
        return params

    @property
    def stamp(self) -> str:
        """Return the name of the question apart from where the handles stand."""
        return f"{self.scene}|{self.points}|{self.seed}|{self.level:g}|{self.method}"

    def world(self) -> World:
        """Return the world of this scene with its number of points and seed."""
        return self.spec.world(n=self.points, seed=self.seed)

    def prior(self) -> Prior:
        """Return the prior that the handles say."""
        return Prior(self.width, self.spec.noise_prior)


PARSERS = {
    "scene": one_of(tuple(SCENES)),
    "width": number,  # each scene has its own range: see LinearSettings.from_link
    "noise": number,
    "points": among(POINTS, whole_in(min(POINTS), max(POINTS))),
    "seed": whole_in(0, 2**32 - 1),
    "level": among(LEVELS, number_in(min(LEVELS), max(LEVELS))),
    "method": one_of(ANSWERS),
}
