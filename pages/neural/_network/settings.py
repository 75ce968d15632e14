"""What decides everything that the network page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, ClassVar, Self

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Source, slice_through
from bayes_core.inference import METHODS, ask, methods_for
from bayes_core.intervals import level_words
from bayes_core.likelihoods import Gaussian, Heteroscedastic, Likelihood
from bayes_core.models import Mlp
from bayes_core.types import Budget, Prior, Question
from pages._ui.asking import Asking, Band, Place, width_of
from pages._ui.fields import choice, fresh, handle, text, yes_no
from pages._ui.link import whole_in
from pages._ui.probing import Across, across
from pages._ui.settings import PageSettings, Scene, log_spaced

from .scenes import FEWEST, MEASUREMENTS, MOST, SCENES, Story, input_title, on

PAGE = "neural/regression"
UNITS = (3, 5, 10, 20, 50)
LAYERS = (1, 2, 3)
LEVELS = (0.8, 0.9, 0.95)
_FIRST = ("hmc", "nuts", "prior")  # the posterior, and what was believed before; then what only comes near it
_ELSEWHERE = ("laplace_last",)  # for classes, where its networks are large; of one curve laplace tells all that it does
METHODS_HERE = (*_FIRST, *(name for name in methods_for(Mlp()) if name not in _FIRST + _ELSEWHERE))
ACTIVATIONS = ("tanh", "relu", "sin", "erf")
BUDGET = Budget(draws=500, chains=4, chunk=100, steps=2000, members=20, dropout_rate=0.1)  # each reads its part
FAN_IN = {False: "as wide as any", True: "narrower"}
NOISE = {False: "one for all x", True: "depends on x"}


def _no_such_input(settings: NetworkSettings, value: str) -> str:
    inputs = settings.story.inputs
    if len(inputs) < 2:
        return "this scene has one input"
    return f"{input_title(value)} is not one of {', '.join(map(input_title, inputs))}"


@dataclass(frozen=True, kw_only=True)
class NetworkSettings(PageSettings):
    """Prior width, noise in the data, the network's size, who answers, and which of several inputs is looked along.

    `fan_in` shrinks the prior of wide layers, `heteroscedastic` lets the noise depend on x.
    """

    width: float = handle(
        ("prior width", " of every weight"), "prior", lambda s: "{:.3g}".format, ends=("stubborn", "open-minded")
    )
    noise: float = handle(
        ("noise", " in the data"), "aleatoric", lambda s: "{:.3g}".format, ends=("little noise", "much noise")
    )
    points: int = text(
        lambda s, typed: s.story.count(typed),
        lambda s: f"{'Patients' if s.story.features else 'Points'} ({FEWEST} to {s.story.most})",
        read=whole_in(FEWEST, MOST),
        longest=9,
        wide=230,
    )
    seed: int = fresh(
        lambda s: "Other rows" if s.story.sampled else "Other random numbers" if s.story.fixed else "New data"
    )
    units: int = choice(UNITS, "Units", start=5)
    layers: int = choice(LAYERS, "Layers", start=1)
    activation: str = choice(ACTIVATIONS, "Activation", start="tanh")
    method: str = choice(METHODS_HERE, "Answer by", lambda m: METHODS[m].title, "hmc")
    level: float = choice(LEVELS, "Interval", lambda v: f"{100 * v:g} %", 0.9)
    along: str = choice(
        tuple(MEASUREMENTS),
        "Slice along",
        input_title,
        "bmi",
        read=str,
        offered=lambda s: s.story.inputs if len(s.story.inputs) > 1 else (s.along,),
        refused=_no_such_input,
    )
    fan_in: bool = yes_no("Weights into wide layers", FAN_IN)
    heteroscedastic: bool = yes_no("Noise", NOISE)
    SCENES: ClassVar[Mapping[str, Scene]] = SCENES
    FIRST: ClassVar[str] = "sine"

    @classmethod
    def on(cls, source: Source) -> Scene:
        """Return a reader's own data as a scene of this page."""
        return on(source)

    @property
    def story(self) -> Story:
        """Return whose rows these are."""
        story = self.spec.story
        assert isinstance(story, Story)
        return story

    @property
    def handles(self) -> tuple[str, ...]:
        return ("width", "noise") if self.source().world else ("width",)

    @property
    def asking(self) -> Asking | None:
        """Return the question how far apart curves are in a gap, or where the network knows least."""
        if self.method in ("map", "prior") or self.heteroscedastic:
            return None
        if self.scene == "gap":
            places = {x: f"at x = {x:g}" for x in (-0.8, 0.0, 0.8)}
            return Band(name="gap", shows=("data",), of="credible", at=places)
        return Place(
            name="least", shows=("data",), curve=width_of("credible"), label="place, x",
            peak="The widest", most="the band is wider",
        )  # fmt: skip

    @property
    def telling(self) -> str:
        own = self.method in ("prior", "map")
        return f"network {self.method if own else METHODS[self.method].answer}"

    @property
    def measure(self) -> Any:
        return self.scene  # half-widths and noise can be compared whoever answers, along whichever input

    def slots(self, handle: str) -> Mapping[str, str]:
        return {"level": level_words(self.level)}

    @property
    def slice_along(self) -> str:
        """Return the name of the input that a slice runs along; nothing where there is one input."""
        if not self.story.sliced:
            return ""
        if self.story.features:
            return MEASUREMENTS[self.along].title
        source = self.source()
        return source.dataset.feature_names[source.along]

    @property
    def single(self) -> bool:
        """Return whether the MAP network is drawn beside the posterior."""
        return self.story.single and self.method in ("hmc", "nuts")

    def spaced(self, handle: str) -> FloatArray:
        return log_spaced(*self.spec.ranges[handle], 25)

    @property
    def opening(self) -> str:
        if self.heteroscedastic:
            return "scene heteroscedastic"
        if not self.brought:
            return super().opening
        return f"{super().opening} several" if self.story.sliced else super().opening

    def at_position(self, handle: str, position: int) -> Self:
        """Return the settings with one handle at a position."""
        there: dict[str, Any] = {handle: float(self.positions(handle)[position])}
        return replace(self, **there)

    # ------------------------------------------------------------------------------------------------ what is asked
    def model(self) -> Mlp:
        """Return the network."""
        hidden = (self.units,) * self.layers
        return Mlp(hidden, self.activation, self.fan_in)  # type: ignore[arg-type]

    def likelihood(self) -> Likelihood:
        """Return how a target follows from the network: with one noise, or one that is a second head."""
        return Heteroscedastic() if self.heteroscedastic else Gaussian()

    @property
    def across(self) -> Across:
        return across(self.source().axes)

    @property
    def chart(self) -> Source:
        return self.source().at(self.noise)

    def source(self) -> Source:
        """Return what is looked at, its noise as the world has it."""
        return _source(self.spec, self.points, self.seed, self.along)

    def prior(self) -> Prior:
        """Return the prior that the handles say; the noise is unknown."""
        return Prior(self.width, self.source().noise_prior)

    def question(self, method: str = "", **budget: Any) -> Question:
        """Return what a fit answers; how it is looked at plays no part in it."""
        method, source = method or self.method, self.source().at(self.noise)
        work = replace(BUDGET.only(METHODS[method].reads), **budget)
        return ask(source.dataset, self.model(), method, self.prior(), work, self.seed, self.likelihood())

    def outcomes(self, handle: str) -> FloatArray:
        """Return the targets (V, N) at every position of a handle, or (1, N) where it leaves them alone."""
        noises = self.positions(handle) if handle == "noise" else np.array([self.noise])
        return self.source().outcomes(noises)

    def noise_places(self) -> dict[str, FloatArray]:
        """Return the inputs (1, D) at which the noise is told: both ends of the data if it depends on x."""
        if not self.heteroscedastic:
            return {"noise": self.slice(np.zeros(1))}
        seen = self.source().seen
        return {"noise left": self.slice(seen[[seen.argmin()]]), "noise right": self.slice(seen[[seen.argmax()]])}

    def slice(self, x: FloatArray) -> FloatArray:
        """Return inputs (G, D) along the one that is looked along; all others stand at their mean, which is 0."""
        source = self.source()
        return slice_through(np.zeros(source.dataset.x.shape[1]), source.along, x)

    def grid(self) -> FloatArray:
        """Return the places (G,) of the picture."""
        return self.source().axes.grid(81)


@lru_cache(maxsize=64)
def _source(scene: Scene, points: int, seed: int, along: str) -> Source:
    assert scene.source is not None
    return scene.source(points=points, seed=seed, along=along)
