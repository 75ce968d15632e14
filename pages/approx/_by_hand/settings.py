"""What decides everything that the page on approximation shows: q by hand, two noisy climbs, and two weights."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar, Self

import numpy as np

from bayes_core.approximation import (
    FAMILIES,
    Best,
    Exact,
    Landscape,
    Recipe,
    Tilted,
    covariances,
    landscape,
    minima,
)
from bayes_core.approximation.along import STEPS, Both, Followed
from bayes_core.approximation.climb import batches
from bayes_core.approximation.two_dimensions import Pairwise
from bayes_core.checks import FloatArray
from bayes_core.data.source import Source
from pages._ui.asking import Asking, OneOf
from pages._ui.fields import choice, fresh, handle, yes_no
from pages._ui.settings import PageSettings, Scene, log_spaced

from .scenes import CLIMBS, HANDS, ORIGIN_NAMES, PAIRS, Hand, Noise, Pair, on

WAYS = {"reverse": "reverse, KL(q‖p)", "forward": "forward, KL(p‖q)"}
WHY_NOT = "This scene holds a Gaussian against a posterior that is known beforehand."
_MEANS, _WIDTHS = 53, 41  # positions of a handle
MAP = (61, 49)  # cells of the map of all q


def signed(digits: int, unit: str) -> Callable[[float], str]:
    """Return how a number with so many decimals is written, with a true minus sign.

    >>> signed(1, "kg")(-0.25)
    '−0.2 kg'
    """
    return lambda value: f"{round(value, digits) + 0.0:.{digits}f} {unit}".strip().replace("-", "−")


def _amount_text(settings: HandSettings) -> Callable[[float], str]:
    return signed(settings.story.digits[1], settings.story.unit)


@dataclass(frozen=True, kw_only=True)
class HandSettings(PageSettings):
    """Where q begins, how many steps of Adam it has taken from there, and which divergence Adam goes down."""

    mean: float = handle(("mean of q", ""), "posterior", _amount_text, ends=("left", "right"))
    width: float = handle(("width of q", ""), "posterior", _amount_text, ends=("sure", "unsure"))
    step: float = handle(
        ("steps of Adam", " from there"), "data", lambda s: "{:.0f}".format, ends=("yours", "Adam’s"),
        player=True, whole=True,
    )  # fmt: skip
    way: str = choice(tuple(WAYS), "Adam goes down", WAYS.__getitem__, "reverse")
    SCENES: ClassVar[Mapping[str, Scene]] = HANDS
    FIRST: ClassVar[str] = "humps"
    kind: ClassVar[str] = "hand"

    @classmethod
    def on(cls, source: Source) -> Scene:
        """Return the slope of a reader's own data, between columns on one footing."""
        if source.dataset.task == "classification":
            raise ValueError("This lesson holds a Gaussian against the slope of a number, and your target is a class.")
        return on(source)

    @property
    def story(self) -> Hand:
        """Return whose posterior it is, and how one speaks of it."""
        story = self.spec.story
        assert isinstance(story, Hand)
        return story

    @property
    def asking(self) -> Asking | None:
        """Return the question where Adam will end, in the scene where it can end in several places."""
        keys = tuple(key for key, _ in self.story.endings)
        if len(keys) == 1 or self.way == "forward":
            return None
        looks = {"step": 0.0}
        return OneOf(name="ending", shows=_SHOWN, keys=keys, right=lambda view: view.said["ending.key"], looks=looks)

    @property
    def handles(self) -> tuple[str, ...]:
        return ("mean", "width") if self.asks else ("mean", "width", "step")  # where Adam goes is what is asked

    def spaced(self, handle: str) -> FloatArray:
        if handle == "step":
            return np.arange(STEPS + 1.0)
        low, high = self.spec.ranges[handle]
        if handle == "mean":
            return np.round(np.linspace(low, high, _MEANS), self.story.digits[1])
        return log_spaced(low, high, _WIDTHS)

    # ------------------------------------------------------------------------------------------------ what is asked
    def posterior(self) -> Exact:
        """Return the posterior."""
        return _exact(self.spec)

    def best(self) -> tuple[Best, ...]:
        """Return the minima of the divergence that Adam goes down."""
        return _land(self.spec, self.way)[1]

    def land(self) -> Landscape:
        """Return the divergence of every q on the map."""
        return _land(self.spec, self.way)[0]

    def along(self, handle: str) -> Followed:
        """Return q at every position of a handle."""
        at = {name: np.array([getattr(self, name)]) for name in ("mean", "width", "step")}
        at |= {handle: self.positions(handle)}
        return Followed.of(self.posterior(), self.way, at["mean"], at["width"], at["step"], self.best())


# ----------------------------------------------------------------------------------------------- two noisy climbs
CLIMB_STEPS, _EVERY, _RATES = 240, 4, 25
DRAWS = (1, 4, 16, 64)
ROWS = (0, 10, 2)
WEIGHTS = {"right": 1.0, "forgotten": 0.0, "doubled": 2.0, "batch": 0.0}
WEIGHT_NAMES = {"right": "once", "forgotten": "never", "doubled": "twice", "batch": "once in every batch"}


def _rows_text(rows: int) -> str:
    return f"{rows} at a time" if rows else "all 40"


@dataclass(frozen=True, kw_only=True)
class ClimbSettings(PageSettings):
    """How far Adam has come and how large its steps are, and what its gradients are guessed from."""

    step: float = handle(
        "steps of Adam", "data", lambda s: "{:.0f}".format, ends=("start", "end"), player=True, whole=True
    )
    rate: float = handle("learning rate", "muted", lambda s: "{:.3g}".format, ends=("careful", "hasty"))
    draws: int = choice(DRAWS, "Draws a step", str, 4)
    batch: int = choice(ROWS, "Evenings a step", _rows_text, 0)
    weight: str = choice(
        tuple(WEIGHTS), "The KL to the prior counts", WEIGHT_NAMES.__getitem__, "right",
        offered=lambda s: tuple(w for w in WEIGHTS if s.batch or w != "batch"),
    )  # fmt: skip
    baseline: bool = yes_no("Score function", {False: "plain", True: "with a baseline"})
    seed: int = fresh("New draws")
    SCENES: ClassVar[Mapping[str, Scene]] = CLIMBS
    FIRST: ClassVar[str] = "humps"
    kind: ClassVar[str] = "climb"

    @classmethod
    def on(cls, source: Source) -> Scene:
        """Say why a table of rows is nothing that this lesson reads."""
        raise ValueError(WHY_NOT)

    @property
    def story(self) -> Noise:
        """Return which posterior is climbed to."""
        story = self.spec.story
        assert isinstance(story, Noise)
        return story

    def changed(self, **changes: Any) -> Self:
        made = super().changed(**changes)
        return made if made.batch or made.weight != "batch" else super().changed(**changes | {"weight": "right"})

    def spaced(self, handle: str) -> FloatArray:
        if handle == "step":
            return np.arange(0.0, CLIMB_STEPS + 1, _EVERY)
        return log_spaced(*self.spec.ranges[handle], _RATES)

    # ------------------------------------------------------------------------------------------------ what is asked
    def recipe(self) -> Recipe:
        """Return how gradients are guessed."""
        count = weight_of(self.weight, self.batch, len(self.story.target().x))
        return Recipe(self.draws, self.batch, count, self.baseline, self.seed)

    def along(self, handle: str) -> Both:
        """Return both climbs at every position of a handle."""
        at = {name: np.array([getattr(self, name)]) for name in self.handles} | {handle: self.positions(handle)}
        exact, best, _ = _aim(self.spec)
        return Both.of(exact, best, self.story.start, at["rate"], at["step"], self.recipe(), CLIMB_STEPS)

    def land(self) -> Landscape:
        """Return the divergence of every q on the map."""
        return _aim(self.spec)[2]


def weight_of(name: str, rows: int, count: int) -> float:
    """Return how often the KL term counts: once in every batch is as often as there are batches."""
    return float(batches(count, rows)) if name == "batch" else WEIGHTS[name]


@lru_cache(maxsize=4)
def _aim(scene: Scene) -> tuple[Exact, Best, Landscape]:
    story = scene.story
    assert isinstance(story, Noise)
    exact = Exact(story.target())
    over = landscape(exact, np.linspace(*story.up, MAP[0]), np.geomspace(*CLIMB_WIDTHS, MAP[1]))
    return exact, minima(exact, over)[0], over


CLIMB_WIDTHS = (0.1, 6.0)


# ----------------------------------------------------------------------------------------------------- two weights
@dataclass(frozen=True, kw_only=True)
class PairSettings(PageSettings):
    """How wide q is in slope and intercept, whether it may tilt, and from where the input is counted."""

    wide: float = handle(
        ("slope width", " of q"), "posterior", lambda s: signed(2, s.story.units[0]), ends=("sure", "unsure")
    )
    tall: float = handle(
        ("intercept width", " of q"), "posterior", lambda s: signed(2, s.story.units[1]), ends=("sure", "unsure")
    )
    tilt: float = handle("correlation of q", "posterior", lambda s: signed(2, ""), ends=("falling", "rising"))
    family: str = choice(tuple(FAMILIES), "Family of q", FAMILIES.__getitem__, "meanfield")
    origin: str = choice(tuple(ORIGIN_NAMES), "Count short nights", ORIGIN_NAMES.__getitem__, "first")
    SCENES: ClassVar[Mapping[str, Scene]] = PAIRS
    FIRST: ClassVar[str] = "humps"
    kind: ClassVar[str] = "pair"

    @classmethod
    def on(cls, source: Source) -> Scene:
        """Say why a table of rows is nothing that this lesson reads."""
        raise ValueError(WHY_NOT)

    @property
    def story(self) -> Pair:
        """Return whose posterior it is."""
        story = self.spec.story
        assert isinstance(story, Pair)
        return story

    @property
    def handles(self) -> tuple[str, ...]:
        return ("wide", "tall") if self.family == "meanfield" else ("wide", "tall", "tilt")

    def changed(self, **changes: Any) -> Self:
        made = super().changed(**changes)
        return made if made.family != "meanfield" else super().changed(**changes | {"tilt": 0.0})

    def spaced(self, handle: str) -> FloatArray:
        low, high = self.spec.ranges[handle]
        if handle == "tilt":
            return np.round(np.linspace(low, high, 50), 2)
        return log_spaced(low, high, _WIDTHS)

    # ------------------------------------------------------------------------------------------------ what is asked
    def line(self) -> Tilted:
        """Return the exact posterior."""
        return self.story.line(self.story.origins[self.origin])

    def along(self, handle: str) -> Pairwise:
        """Return q at every position of a handle."""
        at = {name: np.array([getattr(self, name)]) for name in ("wide", "tall", "tilt")}
        at |= {handle: self.positions(handle)}
        return Pairwise(self.line(), covariances(at["wide"], at["tall"], at["tilt"]), self.family)

    def land(self) -> Landscape:
        """Return the divergence of every mean-field q on the map of both widths."""
        return _pairs(self.spec, self.origin)


@lru_cache(maxsize=8)
def _pairs(scene: Scene, origin: str) -> Landscape:
    story = scene.story
    assert isinstance(story, Pair)
    wide, tall = np.linspace(*scene.ranges["wide"], MAP[0]), np.geomspace(*scene.ranges["tall"], MAP[1])
    return Landscape(wide, tall, story.line(story.origins[origin]).reverse(covariances(wide[None, :], tall[:, None])))


@lru_cache(maxsize=8)
def _exact(scene: Scene) -> Exact:
    story = scene.story
    assert isinstance(story, Hand)
    return Exact(story.target())


@lru_cache(maxsize=16)
def _land(scene: Scene, way: str) -> tuple[Landscape, tuple[Best, ...]]:
    means = np.linspace(*scene.ranges["mean"], MAP[0])
    widths = np.geomspace(*scene.ranges["width"], MAP[1])
    over = landscape(_exact(scene), means, widths, way)
    return over, minima(_exact(scene), over, way)


_SHOWN = ("q", "p", "here", "grips", "draws")
