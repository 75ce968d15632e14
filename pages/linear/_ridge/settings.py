"""What decides everything the MAP-is-ridge page shows: its settings, their controls and their limits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, ClassVar, Self

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Source
from bayes_core.data.split import Split
from bayes_core.inference import ask
from bayes_core.intervals import level_words
from bayes_core.ridge.along import Along, penalty_range
from bayes_core.ridge.problem import Family, Problem
from bayes_core.types import Budget, Prior, Question
from pages._ui.asking import Asking, Place, depth_of
from pages._ui.fields import choice, fresh, handle, hidden
from pages._ui.holding import at_one
from pages._ui.link import yes_no
from pages._ui.probing import Across, across
from pages._ui.settings import PageSettings, Scene, log_spaced

from .scenes import MEASURED, SCENES, SIZES, on

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
POINTS = tuple(sorted({*SIZES, *MEASURED}))
LOUD = {0.5: "little", 1.5: "as it is", 4.0: "much"}
DEGREES = (1, 15)
FOLDS = 5
LEVEL = 0.9
PENALTIES = 73  # along the axis of lambda
_VALIDATION = 300
_BUDGET = Budget(draws=1000, warmup=500, chains=4)


def _position(_: RidgeSettings) -> Callable[[float], str]:
    return lambda value: f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def _not_drawn(settings: RidgeSettings, view: str) -> str:
    return f"{view} is not drawn for {settings.spec.title}"


@dataclass(frozen=True, kw_only=True)
class RidgeSettings(PageSettings):
    """Prior width and known noise, whose ratio is lambda; the degree; the prior's family and the data."""

    width: float = handle(("prior width", ""), "prior", _position, ends=("stubborn", "open-minded"))
    noise: float = handle(("noise", " you assume"), "aleatoric", _position, ends=("little noise", "much noise"))
    degree: float = handle(("degree", ""), "data", _position, ends=("straight line", "many bends"), whole=True)
    points: int = choice(POINTS, "Number of points", offered=lambda s: s.spec.story.sizes)
    family: Family = choice(tuple(FAMILIES), "Prior", FAMILIES.__getitem__, "normal")  # noqa: RUF009 (a Field, frozen)
    view: str = choice(
        tuple(VIEWS), "Look at", VIEWS.__getitem__, "fit", offered=lambda s: s.views, refused=_not_drawn
    )  # after the family, which decides what can be looked at
    seed: int = fresh(lambda s: s.spec.story.again, most=2**31)
    loud: float = choice(tuple(LOUD), "Noise in the data", LOUD.__getitem__, 1.5)
    sample: bool = hidden(yes_no, start=False, label="posterior sampled")
    SCENES: ClassVar[Mapping[str, Scene]] = SCENES
    FIRST: ClassVar[str] = "day"
    scaled: ClassVar[Mapping[str, str]] = {"width": "weight", "noise": "sigma"}

    # ------------------------------------------------------------------------------- what there is, and what follows
    @classmethod
    def on(cls, source: Source) -> Scene:
        """Return a reader's own data as a scene of this page."""
        return on(source)

    @property
    def powers(self) -> bool:
        """Return whether the weights are those of powers of one input: only then there are a degree and a curve."""
        inputs: int = self.source().dataset.x.shape[1]
        return inputs == 1

    @property
    def asking(self) -> Asking:
        """Return the question which penalty errs least on rows that were held back."""
        return Place(
            name="best", shows=("train",), looks={"view": "error"}, curve=depth_of("kept"),
            label="log10 λ (−2 is λ = 0.01)", sign="log10 λ = ", peak="The least", most="the error is smaller",
        )  # fmt: skip

    @property
    def handles(self) -> tuple[str, ...]:
        return ("width", "noise", "degree") if self.powers else ("width", "noise")

    @property
    def chart(self) -> Source | None:
        return self.source().at(self.data_noise) if self.view == "fit" else None

    @property
    def exact(self) -> bool:
        return self.family == "normal"

    @property
    def near(self) -> int:
        return 3  # the noise is known: the curve follows a target straight, and the bands stay as wide

    @property
    def drawn_as(self) -> str:
        return "Hollow points are held out: they judge the fit." if self.brought else ""

    @property
    def views(self) -> tuple[str, ...]:
        """Return the views there are: several inputs draw no curve, bias needs a truth, errors are shown for ridge."""
        lacking = set() if self.powers else {"fit", "bias"}
        lacking |= {"error", "bias"} if self.family == "laplace" else set()
        lacking |= set() if self.source().world else {"bias"}
        return tuple(view for view in VIEWS if view not in lacking)

    @property
    def sampling(self) -> bool:
        """Return whether the posterior is asked for, which only a Laplace prior's has to be."""
        return self.family == "laplace" and self.sample

    def spaced(self, handle: str) -> FloatArray:
        if handle == "degree":
            low, high = DEGREES
            return np.arange(float(low), high + 1)
        return log_spaced(*self.spec.ranges[handle], 41)

    def slots(self, handle: str) -> Mapping[str, str]:
        one, many = self.source().point
        symbol = "λ" if self.family == "normal" else "t"
        return {"symbol": symbol, "level": level_words(LEVEL), "one": one, "many": many}

    @property
    def opening(self) -> str:
        return f"{super().opening} several" if self.brought and not self.powers else super().opening

    @property
    def telling(self) -> str:
        return self.view if self.family == "normal" else f"{self.view} lasso"

    @property
    def across(self) -> Across | None:
        return across(self.source().axes) if self.view == "fit" else None

    def changed(self, **changes: Any) -> Self:
        """Return the settings after a choice: another family's posterior has to be asked for anew."""
        return super().changed(**({"sample": False} | changes if "family" in changes else changes))

    def in_range(self) -> Self:
        """Return the settings with handles in their ranges; a view that is not there gives way to the first."""
        view = self.view if self.view in self.views else self.views[0]
        return replace(super().in_range(), view=view)

    def alone(self, handle: str) -> Self:
        """Return what a film depends on; scikit-learn's lasso, the loss's path and all axes by the degree stand still.

        That is, they belong to where the handle was when the film was made.
        """
        moves = self.family == "normal" and self.view != "bowl" and handle != "degree"
        return self.others(handle) if moves else self

    def still(self) -> Self:
        """Return what the still part depends on: the axes of all views but the curve's fit the degree."""
        start = super().still()
        return start if self.view == "fit" else replace(start, degree=self.degree)

    def glanced(self) -> Self:
        return at_one(self) if self.view == "fit" else self  # the axes of other views hold every position

    # --------------------------------------------------------------------------------------------- what is asked
    def source(self) -> Source:
        """Return what is looked at."""
        return _source(self.spec, self.points, self.seed)

    def problem(self) -> Problem:
        """Return the rows that are fitted, those held out, and the model that reads them."""
        return _problem(self.spec, self.points, self.seed, self.loud)

    @property
    def data_noise(self) -> float:
        """Return the noise that the data have, whatever noise is assumed."""
        world = self.source().world
        return self.loud if world is None or self.spec.story.renewed else world.noise

    def prior(self) -> Prior:
        """Return the prior; the noise is known here, so that lambda means what it says."""
        return Prior(self.width, self.noise, noise_known=True)

    def question(self) -> Question:
        """Return what a sampled posterior answers."""
        problem = self.problem()
        model = problem.model(self.degree, self.family)
        return ask(problem.split.train, model, "nuts", self.prior(), _BUDGET, self.seed)

    def along(self, handle: str) -> Along:
        """Return the questions along one handle, the others standing where they stand."""
        values = self.positions(handle)
        names = ("width", "noise", "degree")
        return Along(*(values if n == handle else np.full(len(values), getattr(self, n)) for n in names))

    def here(self) -> Along:
        """Return the one question that is asked where the handles stand."""
        return Along(np.array([self.width]), np.array([self.noise]), np.array([self.degree]))

    # ------------------------------------------------------------------------------------------ how it is looked at
    def names(self) -> tuple[str, ...]:
        """Return what the weights are called that the pictures have room for, at any degree."""
        return self.problem().names(DEGREES[1])

    def grid(self) -> FloatArray:
        """Return the places along the one input where curves are drawn."""
        return self.source().axes.grid(121)

    def penalty_ends(self) -> tuple[float, float]:
        """Return the ends of the lambda axis in log10: what both handles can reach, within reason."""
        return penalty_range(self.positions("width"), self.positions("noise"), self.family)

    def penalties(self) -> FloatArray:
        """Return log10 lambda along the axis."""
        return np.linspace(*self.penalty_ends(), PENALTIES)

    def first(self) -> Self:
        """Return the scene's own start at this degree, whose answer the axes are made for."""
        return type(self).at_start(self.scene, degree=self.degree)


@lru_cache(maxsize=64)
def _source(scene: Scene, points: int, seed: int) -> Source:
    assert scene.source is not None
    return scene.source(points=points, seed=seed)


@lru_cache(maxsize=64)
def _problem(scene: Scene, points: int, seed: int, loud: float) -> Problem:
    source = _source(scene, points, seed)
    if source.world is not None and scene.story.renewed:
        fresh = _source(scene, _VALIDATION, seed + 1000).world
        assert fresh is not None
        split = Split.of_world(source.world, fresh, loud)
    else:
        rows = Split.of_rows(source.dataset, points, seed, centred=source.world is None)
        split = replace(rows, world=source.world)
    return Problem(split, source.axes.x_range if source.dataset.x.shape[1] == 1 else None)
