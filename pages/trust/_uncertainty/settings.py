"""What decides everything that the page of the split shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any, ClassVar, Self

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.interventions import INTERVENTIONS
from bayes_core.data.source import Source
from bayes_core.data.units import Units
from bayes_core.evaluation.splits import Split, Spots, judged, split, true_variance
from bayes_core.figures.view import View
from bayes_core.inference import METHODS, ask, methods_for
from bayes_core.intervals import level_words
from bayes_core.likelihoods import Heteroscedastic, Likelihood
from bayes_core.models import Linear, Mlp
from bayes_core.models.linear import Bumps
from bayes_core.types import Budget, Model, Prior, Question, Task
from pages._ui import link, staging
from pages._ui.asking import Asking, OneOf
from pages._ui.fields import choice, fresh, handle, hidden, yes_no
from pages._ui.probing import Across, across
from pages._ui.settings import PageSettings, Scene, log_spaced

from .scenes import SCENES, UNITS, Story

PAGE = "trust/uncertainty"
LEVEL = 0.9
TESTS = tuple(INTERVENTIONS)
ADDED = INTERVENTIONS["points"].rows
TITLES = {
    "points": f"+{ADDED} points here",
    "noise": "double the noise",
    "outside": "ask outside",
    "sensor": "a second sensor",
    "": "none",
}
MODELS: dict[str, Model] = {
    "bumps": Linear(Bumps(-2.0, 2.2, 10, 0.45)),
    "line": Linear(),
    "network": Mlp((8,)),
    "noisy": Mlp((8,)),
}
LIKELIHOODS: dict[str, Likelihood] = {"noisy": Heteroscedastic()}
"""How a delay follows from the model, where that is not with one noise for every wind."""
MODEL_NAMES = {"bumps": "ten bumps", "line": "a line", "network": "a network", "noisy": "a network, noise too"}
_ELSEWHERE = ("prior", "nuts", "vi_lowrank")
"""A half-Cauchy prior has no variance to split; NUTS draws from what `exact` and `hmc` answer at once."""
BUDGET = Budget(draws=500, chains=4, steps=2000, members=20, dropout_rate=0.1)


def methods_of(model: str, task: Task = "regression") -> tuple[str, ...]:
    """Return the names of the methods that answer for one of the models, what they are measured by first."""
    return tuple(name for name in methods_for(MODELS[model], task) if name not in _ELSEWHERE)


_TASKS: tuple[Task, ...] = ("regression", "classification")
EVERY = tuple(dict.fromkeys(name for task in _TASKS for model in MODELS for name in methods_of(model, task)))


def read_tried(text: str) -> str:
    """Read which tests were pressed, such as "points.noise"; the ValueError says which there are."""
    named = [name for name in text.split(".") if name]
    if not set(named) <= set(TESTS):
        raise ValueError(f"“{text[:40]}” names tests that are not there: give some of {'.'.join(TESTS)}")
    return ".".join(name for name in TESTS if name in named)


_MOVED = {(True, False): "epistemic", (False, True): "aleatoric", (True, True): "both", (False, False): "neither"}


def _moved(test: str, view: View) -> tuple[str, ...]:
    """Return which parts a test changed, at every position; nothing where that is not known."""
    moves = (view.said[f"{test}.{part}.move"] for part in ("epistemic", "aleatoric"))
    return tuple(
        "" if "–" in pair or "" in pair else _MOVED[not pair[0].startswith("="), not pair[1].startswith("=")]
        for pair in zip(*moves, strict=True)
    )


@dataclass(frozen=True, kw_only=True)
class SplitSettings(PageSettings):
    """Where one asks, the prior's width, the noise in the world, who answers, and which test is in the picture.

    `tried` are the tests whose answers show too, `compare` shows other methods' splits of the same data.
    """

    here: float = handle("here", "data", lambda s: lambda v: f"{v:.4g} m/s", ends=("calm", "storm"))
    width: float = handle("prior width", "prior", lambda s: "{:.3g}".format, ends=("stubborn", "open-minded"))
    noise: float = handle(
        ("noise", " in the world"), "aleatoric", lambda s: lambda v: f"{v:.3g} min", ends=("halved", "doubled")
    )
    model: str = choice(tuple(MODELS), "Model", MODEL_NAMES.__getitem__, "bumps")
    method: str = choice(EVERY, "Answer by", lambda m: METHODS[m].title, "exact", offered=lambda s: s.methods)
    seed: int = fresh("New data")
    test: str = hidden(link.one_of(TESTS), "", "Test", TITLES.__getitem__)
    tried: str = hidden(read_tried, "")
    compare: bool = yes_no("Other methods", {False: "hidden", True: "shown"})
    SCENES: ClassVar[Mapping[str, Scene]] = SCENES
    FIRST: ClassVar[str] = "gap"
    units: ClassVar[Units] = UNITS
    tests: ClassVar[tuple[str, ...]] = TESTS
    splits: ClassVar[Callable[..., Split]] = staticmethod(split)

    @classmethod
    def on(cls, source: Source) -> Scene:
        """Say why rows that were measured cannot be split here."""
        raise ValueError(
            "This lesson tests a split of doubt by changing the world behind the data, twice the noise or more "
            f"{source.point[1]} at one place, and nobody can do that to what was measured."
        )

    @property
    def story(self) -> Story:
        """Return what the scene's picture needs to know."""
        story = self.spec.story
        assert isinstance(story, Story)
        return story

    def spaced(self, handle: str) -> FloatArray:
        low, high = self.spec.ranges[handle]
        return np.linspace(low, high, 55) if handle == "here" else log_spaced(low, high, 25)

    @property
    def telling(self) -> str:
        return "single" if self.method == "map" else "split"

    @property
    def measure(self) -> Any:
        return type(self), self.scene  # one method's parts may be compared with another's

    def slots(self, handle: str) -> Mapping[str, str]:
        return {"level": level_words(LEVEL), "count": str(len(self.source().dataset.y)), "added": str(ADDED)}

    @property
    def methods(self) -> tuple[str, ...]:
        """Return the methods that answer for the model."""
        return methods_of(self.model)

    def in_range(self) -> Self:
        method = self.method if self.method in self.methods else self.methods[0]
        there = replace(self, method=method, test=self.test if self.test in self.tests else "")
        return super(SplitSettings, there).in_range()

    @property
    def asking(self) -> Asking | None:
        """Return the question which part a test changes; until the answer the picture is that of before."""
        if not self.test:
            return None
        before = {
            "test": "",
            "tried": read_tried(".".join(name for name in self.tried.split(".") if name != self.test)),
        }
        return OneOf(
            name=f"{self.kind} {self.test}".strip(), keys=tuple(_MOVED.values()), right=partial(_moved, self.test),
            looks=before, own=True, always=True,
        )  # fmt: skip

    def acted(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a press on a test asks for: to see it, or, if it is seen, to see what was before."""
        test = values.get("test")
        if test not in self.tests or staging.locked("test"):
            return {}
        seen = "" if self.asks else self.test
        return {"test": "" if test == self.test else test, "tried": read_tried(f"{self.tried}.{seen}")}

    def at_position(self, handle: str, position: int) -> Self:
        """Return the settings with one handle at a position."""
        there: dict[str, Any] = {handle: float(self.positions(handle)[position])}
        return replace(self, **there)

    @property
    def exact(self) -> bool:
        """Return whether closed forms answer, at every position at once."""
        return METHODS[self.method].answer == "exact"

    @property
    def shown(self) -> tuple[str, ...]:
        """Return the tests whose answers show."""
        return tuple(name for name in self.tests if name in (*self.tried.split("."), self.test))

    @property
    def reweighs(self) -> bool:
        """Return whether draws are reweighted beside the handles."""
        return self.method == "hmc"

    # ------------------------------------------------------------------------------------------------ what is asked
    @property
    def across(self) -> Across:
        return across(self.source().axes)

    def source(self) -> Source:
        """Return what is looked at, its noise as the world has it."""
        return _source(self.spec, self.seed)

    @property
    def world(self) -> Any:
        """Return the world behind the data, a World."""
        world = self.source().world
        assert world is not None
        return world

    def tested(self, test: str, here: float) -> Any:
        """Return the world after a test at a place."""
        return INTERVENTIONS[test].world(self.world, here, self.seed) if test else self.world

    def noises(self, handle: str, test: str = "") -> FloatArray:
        """Return the noise in the world at every position of a handle, (V,), after a test."""
        values = self.positions(handle)
        values = values if handle == "noise" else np.full(len(values), self.noise)
        return INTERVENTIONS[test].noise(values) if test else values

    def widths(self, handle: str) -> FloatArray:
        """Return the prior's width at every position of a handle, (V,)."""
        values = self.positions(handle)
        return values if handle == "width" else np.full(len(values), self.width)

    def places(self, handle: str, test: str = "") -> FloatArray:
        """Return the wind that is asked about: at every position of "here", else at one place for all."""
        if test == "outside":
            return np.array([self.story.outside])
        return self.positions(handle) if handle == "here" else np.array([self.here])

    def question(self, test: str = "", method: str = "") -> Question:
        """Return what a fit answers, after a test where the reader asks."""
        method, noise = method or self.method, float(self.noises("here", test)[0])
        data = self.units.dataset(self.tested(test, self.here).dataset(noise))
        prior = Prior(self.width, self.source().noise_prior)
        work, likelihood = BUDGET.only(METHODS[method].reads), LIKELIHOODS.get(self.model)
        return ask(data, MODELS[self.model], method, prior, work, self.seed, likelihood)

    # ------------------------------------------------------------------------------------------------ what is true
    def moved(self, handle: str) -> FloatArray:
        """Return the noise after the test in the picture, at every position of its handle, or once for all (1,)."""
        noises = self.noises(handle, self.test)
        return noises if handle == "noise" else noises[:1]

    def truth(self, handle: str) -> FloatArray:
        """Return the true curve over the picture, (1, G)."""
        curve: FloatArray = self.world.truth(self.grid()[:, None])
        return curve[None]

    def own(self, handle: str) -> FloatArray:
        """Return what is truly aleatoric over the picture, at every position or once for all, (V, G)."""
        return true_variance(self.world, self.grid(), self.moved(handle))

    def truths(self, handle: str) -> tuple[FloatArray, FloatArray]:
        """Return the true curve and noise where the test in the picture asks, at every position (V,)."""
        size = len(self.positions(handle))
        at = np.broadcast_to(self.places(handle, self.test), size)[:, None]
        levels = self.world.noise_at(at, self.noises(handle, self.test))
        return self.world.truth(at), levels[np.arange(size), np.arange(size)]

    def judged(self, spots: Spots, handle: str) -> tuple[str, ...]:
        """Return whether the split is clean at every position, or why not."""
        return judged(spots, *self.truths(handle))

    def grid(self) -> FloatArray:
        """Return the places (G,) of the picture."""
        return self.source().axes.grid(64)


@lru_cache(maxsize=64)
def _source(scene: Scene, seed: int) -> Source:
    assert scene.source is not None
    return scene.source(seed=seed)
