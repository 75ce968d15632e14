"""A map of everything that could be chosen: lines of equal height, the places where it is best, and the way there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Scale
from bayes_core.figures.panels import Panel, Texts


@dataclass(frozen=True, eq=False, kw_only=True)
class Landscape(Panel):
    """Two quantities, across and up; up is logarithmic. `lines` are pieces (P, 2, 2) by level, `best` where it is best.

    `here` (V, 2) is where one stands, `ways` (V, T, 2) by name lead there: each has a concept and a dash.
    """

    kind: ClassVar[str] = "landscape"
    tells: ClassVar[tuple[str, ...]] = ("answer",)
    x: tuple[str, Scale]
    y: tuple[str, Scale]
    lines: Mapping[float, FloatArray]
    best: Sequence[tuple[float, float]]
    ways: Mapping[str, tuple[str, str, FloatArray]] = field(default_factory=dict)
    here: FloatArray | None = None
    hint: str = ""
    alt: Texts = ()

    def still(self, present: bool) -> dict[str, Any]:
        sides = {
            side: {"low": scale.low, "high": scale.high, "ticks": list(scale.ticks), "title": title}
            for side, (title, scale) in (("x", self.x), ("y", self.y))
        }
        lines = [[float(f"{v:.4g}") for v in pieces.ravel()] for pieces in self.lines.values()]
        ways = [{"id": f"land.{name}", "concept": way[0], "dash": way[1]} for name, way in self.ways.items()]
        best = [[float(f"{v:.5g}") for v in place] for place in self.best]
        told = {"hint": self.hint, "alt": "alt.land"}
        return super().still(present) | sides | {"lines": lines, "best": best, "ways": ways} | told

    @property
    def words(self) -> Mapping[str, Texts]:
        return {"alt.land": self.alt} if self.alt else {}

    @property
    def numbers(self) -> Mapping[str, FloatArray]:
        drawn = {f"land.{name}": way[2].reshape(len(way[2]), -1) for name, way in self.ways.items()}
        return drawn if self.here is None else drawn | {"land.here": np.asarray(self.here, float)}
