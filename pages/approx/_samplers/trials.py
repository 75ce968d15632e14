"""Whom to trust: four runs of four chains each, of which one is fine; what decides which of them stands where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Source
from bayes_core.samplers import Plan
from bayes_core.samplers.reference import reference
from bayes_core.samplers.shown import LAST, Shown, shown
from pages._ui.asking import OneOf
from pages._ui.fields import choice, fresh, handle
from pages._ui.link import whole_in
from pages._ui.settings import PageSettings, Scene

from .scenes import EACH, WARM, evaluations


@dataclass(frozen=True)
class Trial:
    """One run: what it is, and which parameter its trace shows."""

    what: str
    plan: Plan
    traced: int


TRIALS: Mapping[str, Trial] = {
    "fine": Trial("NUTS in the right metric", Plan("line", "nuts", 0.9, "dense", seed=3, spend=LAST), 0),
    "slow": Trial("a walk with timid steps", Plan("line", "random_walk", 0.05, seed=4, spend=LAST), 0),
    "stuck": Trial("Langevin, one chain stuck", Plan("banana", "langevin", 0.6, "unit", seed=11, spend=LAST), 0),
    "missed": Trial("Gibbs, a hump unseen", Plan("weights", "gibbs", start="together", seed=1, spend=LAST), 1),
}
KEYS = ("a", "b", "c", "d")


def _right(view: object) -> tuple[str, ...]:
    return view.said["right"]  # type: ignore[attr-defined, no-any-return]


@dataclass(frozen=True, kw_only=True)
class TrialSettings(PageSettings):
    """How far the runs are, and in which order they stand."""

    spent: float = handle(
        ("evaluations", ", each chain"), "data", lambda s: "{:,.0f}".format, ends=("start", "1,600"), player=True,
        whole=True, read=whole_in(0, LAST),
    )  # fmt: skip
    warm: int = choice(WARM, "Warm-up, evaluations", str, 100)
    seed: int = fresh("New order")
    SCENES: ClassVar[Mapping[str, Scene]] = {
        "trust": Scene(
            "Whom to trust?",
            {"spent": 1600.0, "seed": 2},
            asked={"spent": (100.0, 800.0, 1600.0)},
            guess=OneOf(name="trust", always=True, shows=("runs",), tells=("spent",), keys=KEYS, right=_right),
        )
    }
    FIRST: ClassVar[str] = "line"
    kind: ClassVar[str] = "trust"

    @classmethod
    def on(cls, source: Source) -> Scene:
        raise ValueError("This scene compares four runs whose exact answers are known, which your data do not tell.")

    def spaced(self, handle: str) -> FloatArray:
        return evaluations(EACH)

    @property
    def order(self) -> tuple[str, ...]:
        """Return the names of the four runs in the order in which they stand."""
        names = list(TRIALS)
        return tuple(names[k] for k in np.random.default_rng(self.seed).permutation(len(names)))

    def along(self) -> tuple[tuple[Shown, ...], ...]:
        """Return every run in its order, along how far it is."""
        at = self.positions("spent").tolist()
        return tuple(tuple(shown(TRIALS[name].plan, one, self.warm) for one in at) for name in self.order)

    def whole(self) -> tuple[Shown, ...]:
        """Return every run in its order, as it is in the end."""
        return tuple(shown(TRIALS[name].plan, float(LAST), self.warm) for name in self.order)

    def means(self) -> tuple[float, ...]:
        """Return the exact means of what traces show, in the order of the runs."""
        every = (TRIALS[name] for name in self.order)
        return tuple(float(reference(one.plan.target).mean[one.traced]) for one in every)
