"""What decides a picture of draws: how many, how much each remembers of the last, and what is read off them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Source
from bayes_core.evaluation.monte_carlo import QUANTITIES, Running, Spread, draws_of, read
from pages._ui.asking import Asking, OneOf
from pages._ui.fields import choice, fresh, handle
from pages._ui.settings import PageSettings, Scene, log_spaced

from .scenes import SCENES, Story, on

PAGE = "approx/integral"
STREAMS, LONGEST = 8, 4000
NAMES = {"mean": "mean", "median": "median", "upper": "95 % quantile", "sd": "sd", "rare": "one in a hundred"}
LEVEL = 0.9
"""Of the streams, chance keeps so many inside the cone."""
TIMES = ("2", "10", "100", "1000")
"""How many times the draws one more digit may be guessed to cost."""
_STEPS = 27


@dataclass(frozen=True, kw_only=True)
class DrawsSettings(PageSettings):
    """Number of draws and their memory are handles; what is read off them is a choice."""

    draws: float = handle(("draws", ""), "posterior", lambda s: "{:,.0f}".format, ends=("few", "many"), whole=True)
    correlation: float = handle(
        ("memory", " from draw to draw"), "data", lambda s: "{:.4g}".format, ends=("independent", "sticky")
    )
    quantity: str = choice(tuple(NAMES), "Read off the draws", NAMES.__getitem__, "mean")
    seed: int = fresh("Other draws")
    SCENES: ClassVar[Mapping[str, Scene]] = SCENES
    FIRST: ClassVar[str] = "tutorial"
    kind: ClassVar[str] = "draws"

    @classmethod
    def on(cls, source: Source) -> Scene:
        return on(source)

    @property
    def story(self) -> Story:
        """Return whose forecast it is."""
        story = self.spec.story
        assert isinstance(story, Story)
        return story

    @property
    def asking(self) -> Asking | None:
        """Return the question how many times the draws one more digit costs."""
        return OneOf(name="digit", shows=("stream", "exact"), keys=TIMES, right=lambda view: ("100",))

    def spaced(self, handle: str) -> FloatArray:
        low, high = self.spec.ranges[handle]
        if handle == "draws":
            return np.unique(np.round(log_spaced(low, high, _STEPS)))
        return np.append(np.round(np.linspace(low, 0.9, 13), 3), high)

    def slots(self, handle: str) -> Mapping[str, str]:
        return {"quantity": NAMES[self.quantity], "where": self.story.where}

    # ------------------------------------------------------------------------------------------------ what is asked
    def spread(self) -> Spread:
        """Return what is forecast."""
        return _spread(self.spec)

    def along(self, handle: str) -> dict[str, FloatArray]:
        """Return draws and correlation (V,) at every position of a handle."""
        values = self.positions(handle)
        return {name: values if name == handle else np.full(len(values), getattr(self, name)) for name in self.handles}

    def curves(self, correlation: float) -> Running:
        """Return what all streams say of the quantity along the whole axis."""
        return self.inside(tuple(self.spaced("draws").tolist()), correlation)

    def told(self, quantity: str, counts: tuple[float, ...], correlation: float) -> Running:
        """Return what the first stream says of a quantity after some numbers of draws."""
        return _running(self.spec, quantity, counts, self.seed, 1, correlation)

    def inside(self, counts: tuple[float, ...], correlation: float) -> Running:
        """Return what all streams say after some numbers of draws."""
        return _running(self.spec, self.quantity, counts, self.seed, STREAMS, correlation)


@lru_cache(maxsize=32)
def _spread(scene: Scene) -> Spread:
    story = scene.story
    assert isinstance(story, Story)
    return story.spread()


@lru_cache(maxsize=8)
def _noise(seed: int) -> FloatArray:
    return np.random.default_rng([seed, 14]).standard_normal((STREAMS, LONGEST))


@lru_cache(maxsize=512)
def _running(
    scene: Scene, quantity: str, counts: tuple[float, ...], seed: int, streams: int, correlation: float
) -> Running:
    draws = _drawn(scene, seed, correlation)[:streams]
    return read(_spread(scene), QUANTITIES[quantity], np.array(counts), draws, correlation)


@lru_cache(maxsize=48)
def _drawn(scene: Scene, seed: int, correlation: float) -> FloatArray:
    """Return all streams' draws: every quantity is read off the same ones."""
    return draws_of(_spread(scene), _noise(seed), correlation)
