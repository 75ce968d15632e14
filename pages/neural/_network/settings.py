"""What decides everything that the network page shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data import World, patients
from bayes_core.data.source import slice_through
from bayes_core.models import Mlp
from bayes_core.types import Budget, Dataset, Prior
from pages._ui.by_hand import PageSettings
from pages._ui.link import among, number, number_in, one_of, whole_in, yes_no
from pages._ui.settings import spread

from .scenes import FEWEST, MEASUREMENTS, MOST, SCENES, Scene

PAGE = "neural/regression"
UNITS = (3, 5, 10, 20, 50)
LAYERS = (1, 2, 3)
LEVELS = (0.8, 0.9, 0.95)
METHODS_HERE = (
    "hmc", "nuts", "prior", "laplace", "ensemble", "anchored", "dropout", "vi_meanfield", "vi_lowrank", "vi_fullrank",
    "map",
)  # fmt: skip
ACTIVATIONS = ("tanh", "relu", "sin", "erf")
BUDGET = Budget(draws=500, chains=4, chunk=100, steps=2000, members=20, dropout_rate=0.1)


@dataclass(frozen=True)
class NetworkSettings(PageSettings):
    """Prior width, noise in the data, the network's size, who answers, and which of several inputs is looked along.

    `fan_in` shrinks the prior of wide layers, `heteroscedastic` lets the noise depend on x.
    """

    width: float
    noise: float
    points: int
    seed: int
    units: int = 5
    layers: int = 1
    activation: str = "tanh"
    method: str = "hmc"
    level: float = 0.9
    along: str = "bmi"
    fan_in: bool = False
    heteroscedastic: bool = False
    FIRST: ClassVar[str] = "sine"

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
        return ("width", "noise") if self.spec.world else ("width",)

    def positions(self, handle: str) -> FloatArray:
        s = self.spec
        return spread(0.2, 5.0, 25, s.width) if handle == "width" else spread(0.05, 1.0, 25, s.noise)

    def model(self) -> Mlp:
        """Return the network."""
        hidden = (self.units,) * self.layers
        return Mlp(hidden, self.activation, self.fan_in, self.heteroscedastic)  # type: ignore[arg-type]

    def prior(self) -> Prior:
        """Return the prior that the handles say; the noise is unknown, and about one before any data."""
        return Prior(self.width, self.spec.prior_noise)

    def dataset(self) -> Dataset:
        """Return the data that the handles say."""
        if self.spec.world is None:
            return patients(self.spec.features, self.points, self.seed)
        return self.spec.world(n=self.points, seed=self.seed).dataset(self.noise)

    def outcomes(self, handle: str) -> FloatArray:
        """Return the targets (V, N) at every position of a handle, or (1, N) where it leaves them alone."""
        world = self.world() if handle == "noise" else None
        return world.outcomes(self.positions(handle)) if world else self.dataset().y[None]

    def world(self) -> World | None:
        """Return the world that the data come from, where there is one."""
        return self.spec.world(n=self.points, seed=self.seed) if self.spec.world else None

    def truth(self, x: FloatArray) -> FloatArray | None:
        """Return the true curve, where there is one."""
        world = self.world()
        return world.truth(x) if world else None

    def noise_places(self) -> dict[str, FloatArray]:
        """Return the inputs (1, D) at which the noise is told: both ends of the data if it depends on x."""
        if not self.heteroscedastic:
            return {"noise": self.slice(np.zeros(1))}
        seen = self.dataset().x[:, self.column]
        return {"noise left": self.slice(seen[[seen.argmin()]]), "noise right": self.slice(seen[[seen.argmax()]])}

    @property
    def column(self) -> int:
        """Return which input the picture looks along."""
        return self.spec.features.index(self.along) if self.spec.sliced else 0

    def slice(self, x: FloatArray) -> FloatArray:
        """Return inputs (G, D) along the one that is looked along; all others stand at their mean, which is 0."""
        return slice_through(np.zeros(max(len(self.spec.features), 1)), self.column, x)


def grid(settings: NetworkSettings) -> FloatArray:
    """Return the inputs (G,) of the picture."""
    return np.linspace(*settings.spec.x_range, 81)


def from_link(values: dict[str, Any], notes: list[str]) -> NetworkSettings:
    """Return a link's settings."""
    settings = NetworkSettings.from_link(values, notes)
    if settings.along != "bmi" and not settings.spec.sliced:
        notes.append("along: this scene has one input")
        settings = replace(settings, along="bmi")
    try:
        settings.spec.count(str(settings.points))
    except ValueError as error:
        notes.append(f"points: {error}")
        settings = replace(settings, points=settings.spec.points)
    return settings


PARSERS = {
    "scene": one_of(tuple(SCENES)),
    "width": number,
    "noise": number,
    "points": whole_in(FEWEST, MOST),
    "seed": whole_in(0, 2**32 - 1),
    "units": among(UNITS, whole_in(1, 100)),
    "layers": among(LAYERS, whole_in(1, 3)),
    "activation": one_of(ACTIVATIONS),
    "method": one_of(METHODS_HERE),
    "level": among(LEVELS, number_in(0.5, 0.99)),
    "along": one_of(tuple(MEASUREMENTS)),
    "fan_in": yes_no,
    "heteroscedastic": yes_no,
}
