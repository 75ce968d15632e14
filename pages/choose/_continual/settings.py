"""What decides the picture of learning in turns: settings, their controls and limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.river import DAYS, NOISE
from bayes_core.data.source import Source
from bayes_core.evaluation.continual import KEEPINGS, Plan, Task
from bayes_core.figures.view import View
from pages._ui.asking import Asking, OneOf
from pages._ui.fields import choice, fresh, handle
from pages._ui.probing import Across, across
from pages._ui.settings import PageSettings, Scene, log_spaced

from .scenes import ORDERS, SCENES, Story, days, sounded

LEVEL = 0.9
VIEWS = {"curve": "the curve", "known": "what is still known"}
KEPT = {"all": "all correlations", "each": "each weight’s own", "meanfield": "mean-field VI"}
GROWN = {"kept": 1.5, "some": 6.0}
"""Up to how many times the error on task 1 may grow for it to be called kept, or kept in part."""
_POSITIONS = 9


def _plain(value: float) -> str:
    return f"{value:.7g}"


def remains(view: View) -> tuple[str, ...]:
    """Return which answer to the question what remains of task 1 is right, at every position."""
    least = list(GROWN.items())
    return tuple(next((key for key, most in least if times <= most), "gone") for times in view.facts["grown"])


@dataclass(frozen=True, kw_only=True)
class TurnSettings(PageSettings):
    """How many tasks were learnt, how much the old answer is trusted, the first prior, and what is kept."""

    seen: float = handle("tasks learnt", "data", lambda s: _plain, ends=("none", "all five"), player=True, whole=True)
    trust: float = handle(
        ("trust in the old answer", ", λ"),
        "posterior",
        lambda s: _plain,
        ends=("0: fine-tuning", "frozen"),
    )
    width: float = handle("prior width", "prior", lambda s: _plain, ends=("stubborn", "open-minded"))
    view: str = choice(tuple(VIEWS), "Look at", VIEWS.__getitem__, "curve")
    keeps: str = choice(KEEPINGS, "What is kept between tasks", KEPT.__getitem__, "all")
    order: str = choice(tuple(ORDERS), "Order of the tasks", lambda o: ORDERS[o][0], "came")
    seed: int = fresh("New soundings")
    SCENES: ClassVar[Mapping[str, Scene]] = SCENES
    FIRST: ClassVar[str] = "bumps"

    @property
    def story(self) -> Story:
        """Return who learns what."""
        story: Story = self.spec.story
        return story

    def spaced(self, handle: str) -> FloatArray:
        if handle == "seen":
            return np.arange(DAYS + 1.0)
        if handle == "trust":
            return np.array([0.0, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0])
        return log_spaced(*self.spec.ranges[handle], _POSITIONS)

    @property
    def bayes(self) -> bool:
        """Return whether in turns is as good as at once: nothing but Bayes' rule, and nothing lost on the way."""
        return self.story.straight and self.keeps == "all" and self.trust == 1.0

    @property
    def telling(self) -> str:
        return self.view

    @property
    def across(self) -> Across | None:
        return across(self.source.axes) if self.view == "curve" else None

    @property
    def asking(self) -> Asking | None:
        """Return the question what will remain of task 1; a network that has learnt several tasks is asked about."""
        if self.story.straight or self.seen < 2:
            return None
        return OneOf(
            name="remains",
            keys=(*GROWN, "gone"),
            right=remains,
            shows=("borders", "truth", "now", "gone", *(f"place {k}" for k in range(1, DAYS + 1))),
            looks={"view": "curve"},
        )

    @property
    def source(self) -> Source:
        """Return all soundings."""
        return sounded(self.seed, self.story.whole)

    def plan(self) -> Plan:
        """Return which curve learns what."""
        x, y = days(self.source, self.order)
        tasks = [Task(a, b) for a, b in zip(x, y, strict=True)]
        truth = [self.source.truth(a[:, None]) for a in x]
        assert all(one is not None for one in truth)
        return Plan(self.story.curve, tasks, truth, NOISE, self.keeps, self.seed)  # type: ignore[arg-type]

    def track(self, handle: str) -> dict[str, FloatArray]:
        """Return every handle's values (V,) along one of them."""
        values = self.positions(handle)
        return {name: values if name == handle else np.full(len(values), getattr(self, name)) for name in self.handles}
