"""What decides everything that the MAP-is-ridge page shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, ClassVar, Self

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data import diabetes, temperature
from bayes_core.data.split import Split
from bayes_core.ridge.along import Along
from bayes_core.ridge.problem import Family, Problem
from bayes_core.types import Prior
from pages._ui.by_hand import PageSettings
from pages._ui.link import among, number, one_of, whole_in, yes_no
from pages._ui.settings import spread

PAGE = "linear/map_vs_ridge"
VIEWS = {
    "fit": "Curve",
    "weights": "Weights",
    "bowl": "Loss surface",
    "paths": "Paths",
    "error": "Errors",
    "bias": "Bias",
}
FAMILIES = {"normal": "Gaussian: ridge", "laplace": "Laplace: lasso"}
SIZES = (8, 12, 20, 50, 200)
LOUD = {0.5: "quiet", 1.5: "as it is", 4.0: "loud"}
FEATURES = ("age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6")
HOURS = (0.0, 24.0)
VALIDATION = 300


@dataclass(frozen=True)
class Scene:
    """A data set, a first prior and a first view."""

    title: str
    width: float
    noise: float
    degree: int
    points: int
    view: str = "fit"
    seed: int = 3
    real: bool = False


SCENES = {
    "day": Scene("A day’s temperature", 10.0, 1.5, 9, 20),
    "strong": Scene("Prior too strong", 0.6, 1.5, 9, 20),
    "weak": Scene("Prior too weak", 3000.0, 1.5, 12, 20, seed=8),
    "bias": Scene("Are priors bias?", 10.0, 1.5, 9, 12, "bias"),
    "more": Scene("More data", 2.0, 1.5, 9, 200),
    "diabetes": Scene("Ten features", 15.0, 55.0, 1, 100, "weights", 1, True),
}
_WIDTHS = (0.1, 10_000.0)
_NOISES = (0.2, 12.0)


@dataclass(frozen=True)
class RidgeSettings(PageSettings):
    """Prior width and known noise, whose ratio is lambda; the degree; and the data."""

    width: float
    noise: float
    degree: float
    points: int
    seed: int
    view: str = "fit"
    family: Family = "normal"
    loud: float = 1.5
    sample: bool = False
    FIRST: ClassVar[str] = "day"

    @classmethod
    def start(cls, scene: str) -> Self:
        s = SCENES[scene]
        return cls(scene, s.width, s.noise, float(s.degree), s.points, s.seed, s.view)

    @property
    def spec(self) -> Scene:
        """Return the scene itself."""
        return SCENES[self.scene]

    @property
    def handles(self) -> tuple[str, ...]:
        return ("width", "noise") if self.spec.real else ("width", "noise", "degree")

    def positions(self, handle: str) -> FloatArray:
        s = self.spec
        if handle == "degree":
            return np.arange(1.0, 16.0)
        if handle == "width":
            return spread(*((0.5, 2000.0) if s.real else _WIDTHS), 41, s.width)
        return spread(*((10.0, 300.0) if s.real else _NOISES), 41, s.noise)

    @property
    def views(self) -> tuple[str, ...]:
        """Return the views there are: ten inputs draw no curve, real data know no truth, errors are shown for ridge."""
        real = ("fit", "bias") if self.spec.real else ()
        lasso = ("error", "bias") if self.family == "laplace" else ()
        return tuple(v for v in VIEWS if v not in (*real, *lasso))

    def along(self, handle: str) -> Along:
        """Return the questions along one handle, the others standing where they stand."""
        values = self.positions(handle)
        names = ("width", "noise", "degree")
        return Along(*(values if n == handle else np.full(len(values), getattr(self, n)) for n in names))

    def problem(self) -> Problem:
        """Return the rows that are fitted, those held out, and the model that reads them."""
        return _problem(self.spec.real, self.points, self.seed, self.loud)

    def prior(self) -> Prior:
        """Return the prior; the noise is known here, so that lambda means what it says."""
        return Prior(self.width, self.noise, noise_known=True)

    def question(self) -> RidgeSettings:
        """Return what a sampled posterior depends on."""
        return RidgeSettings(
            self.scene, self.width, self.noise, self.degree, self.points, self.seed, "fit", self.family, self.loud, True
        )


@lru_cache(maxsize=64)
def _problem(real: bool, points: int, seed: int, loud: float) -> Problem:
    if real:
        return Problem(Split.of_rows(diabetes(FEATURES), points, seed, centred=True))
    return Problem(Split.of_world(temperature(points, seed), temperature(VALIDATION, seed + 1000), loud), HOURS)


def from_link(values: dict[str, Any], notes: list[str]) -> RidgeSettings:
    """Return a link's settings; a view that the scene does not have gives way to its own."""
    kept = dict(values)
    scene = kept.get("scene", RidgeSettings.FIRST)
    start = replace(RidgeSettings.start(scene), family=kept.get("family", "normal"))
    if kept.get("view", start.view) not in start.views:
        notes.append(f"view: {kept['view']} is not drawn for {SCENES[scene].title}")
        del kept["view"]
    allowed = (20, 50, 100, 200) if SCENES[scene].real else SIZES
    if kept.get("points", start.points) not in allowed:
        notes.append(f"points: {kept['points']} is not one of {', '.join(map(str, allowed))}")
        del kept["points"]
    return RidgeSettings.from_link(kept, notes)


def sizes(settings: RidgeSettings) -> tuple[int, ...]:
    """Return the numbers of points one may choose."""
    return (20, 50, 100, 200) if settings.spec.real else SIZES


PARSERS = {
    "scene": one_of(tuple(SCENES)),
    "width": number,
    "noise": number,
    "degree": number,
    "points": whole_in(1, 200),
    "seed": whole_in(0, 2**31),
    "view": one_of(tuple(VIEWS)),
    "family": one_of(tuple(FAMILIES)),
    "loud": among(tuple(LOUD), number),
    "sample": yes_no,
}
