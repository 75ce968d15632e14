"""What one may do to a world, to learn which part of an uncertainty that moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, Self, TypeVar

from bayes_core.checks import FloatArray


class Denser(Protocol):
    """A world that can have more rows around a place."""

    def denser(self, place: float, count: int, spread: float, seed: int) -> Self:
        """Return it with more rows."""
        ...


W = TypeVar("W", bound=Denser)


@dataclass(frozen=True)
class Intervention:
    """Further `rows` within `spread` of a place, and every error times `louder`, past ones and those to come."""

    rows: int = 0
    spread: float = 0.0
    louder: float = 1.0

    def world(self, world: W, place: float, seed: int) -> W:
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
