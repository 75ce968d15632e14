"""What decides everything that the page of methods side by side shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.appraisal import fresh_rows
from bayes_core.types import Dataset
from pages._ui.by_hand import PageSettings
from pages._ui.link import among, number, one_of, whole_in, yes_no
from pages._ui.settings import spread, through
from pages.neural._network.settings import NetworkSettings

PAGE = "neural/methods"
COMPARED = ("laplace", "ensemble", "anchored", "dropout", "vi_meanfield", "vi_lowrank", "vi_fullrank", "map")
WIDTHS = (0.5, 1.0, 1.5, 3.0)


@dataclass(frozen=True)
class Scene:
    """A question put to all methods: which curve, how many points, how wide a prior; the axis of the ELBO, in nats."""

    title: str
    curve: str
    points: int
    width: float
    nats: tuple[float, float]


SCENES = {
    "between": Scene("In between", "gap", 50, 1.5, (-120, 60)),
    "beyond": Scene("Beyond the data", "sine", 50, 1.0, (-120, 60)),
    "few": Scene("Ten points", "sine", 10, 1.0, (-40, 20)),
    "many": Scene("Two hundred points", "sine", 200, 1.0, (-240, 60)),
}


@dataclass(frozen=True)
class MethodsSettings(PageSettings):
    """The dropout rate and the KL weight are handles; prior width, seed and whether NUTS runs too are choices."""

    rate: float = 0.1
    kl: float = 1.0
    width: float = 1.0
    seed: int = 4
    nuts: bool = False
    FIRST: ClassVar[str] = "between"

    @classmethod
    def start(cls, scene: str) -> Self:
        return cls(scene, width=SCENES[scene].width)

    @property
    def handles(self) -> tuple[str, ...]:
        return ("rate", "kl")

    def question(self) -> MethodsSettings:
        """Return all that a fit at a given position of a handle depends on."""
        return replace(self, rate=0.1, kl=1.0, nuts=False)

    def positions(self, handle: str) -> FloatArray:
        if handle == "kl":
            return spread(0.1, 10.0, 13, 1.0)
        return through(np.round(np.linspace(0.02, 0.6, 15), 2), 0.1)

    def network(self, method: str) -> NetworkSettings:
        """Return the network page's settings for one method of this scene: the fits are shared."""
        s = SCENES[self.scene]
        start = NetworkSettings.start(s.curve)
        return replace(start, points=s.points, seed=self.seed, width=self.width, method=method)

    def fresh(self) -> Dataset:
        """Return points that nobody has fitted, where the data are."""
        network = self.network("hmc")
        assert network.spec.world is not None
        return fresh_rows(network.spec.world, network.dataset(), network.noise, self.seed)


def from_link(values: dict[str, Any], notes: list[str]) -> MethodsSettings:
    """Return a link's settings."""
    return MethodsSettings.from_link(values, notes)


PARSERS = {
    "scene": one_of(tuple(SCENES)),
    "rate": number,
    "kl": number,
    "nuts": yes_no,
    "width": among(WIDTHS, number),
    "seed": whole_in(0, 2**31),
}
