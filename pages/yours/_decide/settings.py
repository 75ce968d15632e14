"""What decides everything that the decision page shows: whose futures, where one acts, and what mistakes cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Source
from bayes_core.evaluation import decision_along
from bayes_core.evaluation.decision import Ahead
from bayes_core.evaluation.decision_along import Acts, Amounts, Reach
from bayes_core.evaluation.origin import Origin
from bayes_core.evaluation.payoffs import Payoffs, payoffs
from pages._ui.asking import Asking, Number, OneOf
from pages._ui.fields import choice, fresh, handle, text, yes_no
from pages._ui.settings import PageSettings, Scene, log_spaced

from .scenes import ACT_NAMES, ACTS, NEAR, PLACES, SCENES, Story, on
from .typed import LONGEST, numbers_of
from .typed import table as read_table

PAGE = "yours/decide"
COUNTS = (20, 50)
_COSTS = 33  # positions of a cost's handle
_PLACES = 121  # of the curve of costs


def written(value: float, unit: str = "") -> str:
    """Return a number as it stands beside a handle: all the digits that its position has.

    >>> written(1200.0, "€"), written(-0.5)
    ('1,200 €', '−0.5')
    """
    return f"{value:,.7g} {unit}".strip().replace("-", "−")


def _amount_text(settings: DecideSettings) -> Callable[[float], str]:
    unit = settings.story.unit
    return lambda value: written(value, unit)


def _cost_text(settings: DecideSettings) -> Callable[[float], str]:
    money = settings.story.money if settings.story.money == "€" else ""
    return lambda value: written(value, money)


@dataclass(frozen=True, kw_only=True)
class DecideSettings(PageSettings):
    """A threshold or action, the costs of too much and too little, and whose futures they are."""

    action: float = handle(
        lambda s: s.story.action[0], "data", _amount_text, ends=lambda s: s.story.action[1], said="said action"
    )
    over: float = handle(lambda s: s.story.cost[0], "data", _cost_text, ends=("cheap", "dear"))
    under: float = handle(lambda s: s.story.cost[1], "data", _cost_text, ends=("cheap", "dear"))
    dots: int = choice(COUNTS, "Futures drawn", str, 50)
    where: str = choice(tuple(PLACES), "Predict", PLACES.__getitem__, NEAR, offered=lambda s: s.story.places)
    act: str = choice(
        ACTS, "You would give", ACT_NAMES.__getitem__, "wait", offered=lambda s: s.story.acts or ("wait",)
    )
    pays: bool = yes_no("Decide by", {False: "costs of a mistake", True: "a table of pay-offs"})
    table: str = text(
        lambda _, typed: read_table(typed),
        "Two to four actions, and what each pays at or below the threshold, and above it",
        longest=LONGEST,
        tall=True,
        hint="Wait: 0, −5",
    )
    seed: int = fresh("New data")
    SCENES: ClassVar[Mapping[str, Scene]] = SCENES
    FIRST: ClassVar[str] = "house"

    @classmethod
    def on(cls, source: Source) -> Scene:
        if source.dataset.task == "classification":
            raise ValueError("This lesson decides about a number, and your target is a class.")
        return on(source)

    @property
    def story(self) -> Story:
        """Return how one speaks of the scene."""
        story = self.spec.story
        assert isinstance(story, Story)
        return story

    @property
    def telling(self) -> str:
        return "table" if self.pays else self.story.kind

    @property
    def opening(self) -> str:
        return "scene table" if self.pays else super().opening

    @property
    def handles(self) -> tuple[str, ...]:
        return ("action",) if self.pays else ("action", "over", "under")

    @property
    def asking(self) -> Asking | None:
        """Return the question what one would do, before the costs are drawn; a reader's own table asks nothing."""
        if self.pays:
            return None
        shows, tells = ("dots", "centre", "above", "action"), ("above", "below")
        if self.story.acts:
            return OneOf(name="act", shows=shows, tells=tells, keys=ACTS, right=lambda view: view.said["best.key"])
        reach = self.reach()
        return Number(
            name="amount", shows=shows, tells=tells, of=("best",), label="Your action", unit=self.story.unit,
            ends=(reach.low, reach.high),
        )  # fmt: skip

    def spaced(self, handle: str) -> FloatArray:
        if handle == "action":
            return self.reach().actions
        return log_spaced(*self.spec.ranges[handle], _COSTS)

    def slots(self, handle: str) -> Mapping[str, str]:
        story = self.story
        return {"many": story.many, "measure": story.measure, "dots": str(self.dots), "unit": story.unit}

    # ------------------------------------------------------------------------------------------------ what is asked
    def ahead(self) -> Ahead:
        """Return the futures, now and after one more measurement."""
        return _ahead(self.spec, self.seed, self.where)

    def reach(self) -> Reach:
        """Return the axis of the futures."""
        return _reach(self.spec, self.seed, self.where)

    def places(self) -> FloatArray:
        """Return the places at which costs are drawn."""
        return np.linspace(self.reach().low, self.reach().high, _PLACES)

    def origin(self) -> Origin:
        """Return what the futures come from."""
        return _origin(self.spec, self.seed, self.where)

    def along(self, handle: str) -> Amounts | Acts | Payoffs:
        """Return the decision at every position of a handle; what it does not move is there once."""
        if self.pays:
            table, cuts = numbers_of(self.table), self.positions("action")
            return payoffs(self.ahead(), table, cuts, self.places(), self.dots)
        at = {name: np.array([getattr(self, name)]) for name in self.handles} | {handle: self.positions(handle)}
        costs = at["over"], at["under"], at["action"]
        if self.story.acts:
            return decision_along.acts(self.ahead(), *costs, ACTS.index(self.act), self.places(), self.dots)
        return decision_along.amounts(self.ahead(), *costs, self.places(), self.dots)


@lru_cache(maxsize=64)
def _ahead(scene: Scene, seed: int, where: str) -> Ahead:
    story = scene.story
    assert isinstance(story, Story)
    return story.basis(seed, where).ahead()


@lru_cache(maxsize=64)
def _origin(scene: Scene, seed: int, where: str) -> Origin:
    story = scene.story
    assert isinstance(story, Story)
    return story.basis(seed, where).origin()


@lru_cache(maxsize=64)
def _reach(scene: Scene, seed: int, where: str) -> Reach:
    return Reach.of(_ahead(scene, seed, where).now, whole=scene.story.whole)
