"""What one may do to a world, to learn which part of an uncertainty that moves."""

from __future__ import annotations

from dataclasses import dataclass

from bayes_core.checks import FloatArray
from bayes_core.data.synthetic import World


@dataclass(frozen=True)
class Intervention:
    """Further `rows` within `spread` of a place, and every error times `louder`, past ones and those to come."""

    rows: int = 0
    spread: float = 0.0
    louder: float = 1.0

    def world(self, world: World, place: float, seed: int) -> World:
        """Return the world after it."""
        return world.denser(place, self.rows, self.spread, seed) if self.rows else world

    def noise(self, noise: FloatArray) -> FloatArray:
        """Return the noise (V,) of a reading after it."""
        after: FloatArray = noise * self.louder
        return after


INTERVENTIONS = {
    "points": Intervention(rows=20, spread=0.8),
    "noise": Intervention(louder=2.0),
    "outside": Intervention(),  # nothing is done but to ask elsewhere
    "sensor": Intervention(louder=2**-0.5),  # the mean of two independent readings
}

__all__ = ["INTERVENTIONS", "Intervention"]
