"""The scenes of learning in turns: a river bed, five days, and who remembers it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.river import DAYS, NOISE, river
from bayes_core.data.source import Axes, Source
from bayes_core.evaluation.continual import Columns, Curve, Tanh
from bayes_core.models import Linear
from bayes_core.models.linear import Bumps
from pages._ui.settings import Scene

PAGE = "choose/continual"
EACH = 10
BUMPS = Bumps(-6.0, 6.0, 9, 1.6)
UNITS = 5
AXES = Axes((-5, 5), (-3.4, 3.4), (-4, -2, 0, 2, 4), (-3, -2, -1, 0, 1, 2, 3), "km below the bridge", "bed level, m")
ORDERS = {
    "came": ("as they came", (0, 1, 2, 3, 4)),
    "back": ("last one first", (4, 3, 2, 1, 0)),
    "middle": ("middle one first", (2, 1, 3, 0, 4)),
    "mixed": ("mixed", (3, 0, 4, 1, 2)),
}


@dataclass(frozen=True)
class Story:
    """Who learns: a `straight` sum of bumps or a network; whether every day sounds the `whole` river."""

    straight: bool = False
    whole: bool = False

    @property
    def curve(self) -> Curve:
        """Return what learns."""
        return Columns(Linear(BUMPS)) if self.straight else Tanh(UNITS)

    @property
    def borders(self) -> tuple[float, ...]:
        """Return where one day's stretch ends and the next begins."""
        return () if self.whole else tuple(np.linspace(-5, 5, DAYS + 1)[1:-1].tolist())


@lru_cache(maxsize=32)
def sounded(seed: int, whole: bool) -> Source:
    """Return five days of soundings."""
    world = river(EACH, seed, whole)
    return Source(world.dataset(), AXES, {}, NOISE, world, point=("sounding", "soundings"))


def days(source: Source, order: str) -> tuple[list[FloatArray], list[FloatArray]]:
    """Return x and y of every day, in the order in which they are learnt."""
    x, y = source.seen.reshape(DAYS, -1), source.dataset.y.reshape(DAYS, -1)
    which = list(ORDERS[order][1])
    return list(x[which]), list(y[which])


def _start(seen: float, trust: float, keeps: str, width: float = 1.0) -> dict[str, object]:
    return {"seen": seen, "trust": trust, "keeps": keeps, "width": width, "seed": 4}


_NETWORK = {"width": (0.3, 3.0), "trust": (0.0, 30.0)}
SCENES: dict[str, Scene] = {
    "bumps": Scene(
        "Posterior becomes prior",
        _start(3.0, 1.0, "all", 2.0),
        {"width": (0.3, 10.0), "trust": (0.0, 30.0)},
        story=Story(straight=True),
    ),
    "tuned": Scene("Only the new data", _start(5.0, 0.0, "all"), _NETWORK, story=Story()),
    "tangent": Scene("Laplace in turns", _start(5.0, 1.0, "all"), _NETWORK, story=Story()),
    "vi": Scene("Mean-field in turns", _start(5.0, 1.0, "meanfield"), _NETWORK, story=Story()),
    "time": Scene("The whole river, daily", _start(5.0, 0.0, "all"), _NETWORK, story=Story(whole=True)),
}
