"""What decides everything that the samplers page shows: a target, two samplers, their steps, and how far they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from bayes_core.checks import FloatArray
from bayes_core.data.source import Source
from bayes_core.samplers import SAMPLERS, Plan, Target, target
from bayes_core.samplers.run import METRICS, STARTS
from bayes_core.samplers.shown import FINE, LAST, Shown, long_enough, shown
from pages._ui.fields import choice, fresh, handle
from pages._ui.link import whole_in
from pages._ui.settings import PageSettings, Scene, log_spaced

from .scenes import EACH, LONG, NAMES, SCENES, SIZES, TARGET_NAMES, WARM, Story, evaluations

PAGE = "approx/samplers"
LEAPS = (3, 10, 30)
TRACES = ("across", "up")
_SIZES = 13  # positions of a step size
_METRIC_NAMES = {"unit": "unit", "diagonal": "diagonal", "dense": "dense"}
_BEGIN_NAMES = {"spread": "apart", "corner": "far out", "together": "together"}
_SIDES = {"size_a": "left", "size_b": "right"}


def _of(settings: ChainSettings, side: str) -> str:
    return f"step size of {NAMES[getattr(settings, side)]}"


@dataclass(frozen=True, kw_only=True)
class ChainSettings(PageSettings):
    """Two samplers on one target at the same number of evaluations."""

    spent: float = handle(
        ("evaluations", ", each chain"), "data", lambda s: "{:,.0f}".format, ends=("start", "1,600"), player=True,
        whole=True, read=whole_in(0, LAST),
    )  # fmt: skip
    left: str = choice(tuple(SAMPLERS), "Left", NAMES.__getitem__, "nuts")
    right: str = choice(tuple(SAMPLERS), "Right", NAMES.__getitem__, "random_walk")
    size_a: float = handle(lambda s: _of(s, "left"), "data", lambda s: "{:.3g}".format, ends=("timid", "bold"))
    size_b: float = handle(lambda s: _of(s, "right"), "data", lambda s: "{:.3g}".format, ends=("timid", "bold"))
    target: str = choice(
        tuple(TARGET_NAMES), "Walk on", TARGET_NAMES.__getitem__, "line", offered=lambda s: s.story.targets
    )
    metric: str = choice(METRICS, "Metric", _METRIC_NAMES.__getitem__, "diagonal")
    begin: str = choice(tuple(STARTS), "Chains start", _BEGIN_NAMES.__getitem__, "spread")
    warm: int = choice(WARM, "Warm-up, evaluations", str, 100)
    leaps: int = choice(LEAPS, "Leapfrog steps of HMC", str, 10)
    trace: str = choice(TRACES, "Trace", {"across": "horizontal", "up": "vertical"}.__getitem__, "across")
    seed: int = fresh("New dice")
    SCENES: ClassVar[Mapping[str, Scene]] = SCENES
    FIRST: ClassVar[str] = "line"

    @classmethod
    def on(cls, source: Source) -> Scene:
        raise ValueError(
            "This lesson walks on densities whose means are known from a grid; your own data are sampled on the pages "
            "before it."
        )

    @property
    def story(self) -> Story:
        """Return what may be walked on."""
        story = self.spec.story
        assert isinstance(story, Story)
        return story

    @property
    def aim(self) -> Target:
        """Return what is walked on."""
        return target(self.target)

    @property
    def traced(self) -> int:
        """Return which of the two parameters traces show."""
        return TRACES.index(self.trace)

    @property
    def handles(self) -> tuple[str, ...]:
        sizes = (name for name, side in _SIDES.items() if "size" in SAMPLERS[getattr(self, side)].reads)
        return ("spent", *sizes)

    def spaced(self, handle: str) -> FloatArray:
        if handle == "spent":
            return evaluations(EACH)
        return log_spaced(*self.spec.ranges["size"], _SIZES)

    def slots(self, handle: str) -> Mapping[str, str]:
        return {"left": NAMES[self.left], "right": NAMES[self.right]}

    def changed(self, **changes: Any) -> Self:
        """Give a sampler that is chosen anew a step size that suits it."""
        sizes = {name: SIZES[changes[side]] for name, side in _SIDES.items() if side in changes and name not in changes}
        return super().changed(**changes, **sizes)

    # ------------------------------------------------------------------------------------------------ what is asked
    def plan(self, side: str, size: float, spent: float) -> Plan:
        """Return what one side runs at a step size."""
        sampler = getattr(self, side)
        reads = SAMPLERS[sampler].reads
        plan = Plan(self.target, sampler, start=self.begin, seed=self.seed, spend=long_enough(spent))
        if "size" in reads:
            plan = replace(plan, size=size, metric=self.metric)
        return replace(plan, leaps=self.leaps) if "leaps" in reads else plan

    def along(self, handle: str) -> tuple[tuple[Shown, ...], tuple[Shown, ...]]:
        """Return what is seen of both sides along a handle: at every position, or once where nothing moves."""
        at = self.positions(handle).tolist()
        sides = []
        for name, side in _SIDES.items():
            if handle == "spent":
                sides.append(tuple(shown(self.plan(side, getattr(self, name), LAST), one, self.warm) for one in at))
            else:
                sizes = at if handle == name else [getattr(self, name)]
                sides.append(tuple(shown(self.plan(side, size, self.spent), self.spent, self.warm) for size in sizes))
        return sides[0], sides[1]


__all__ = ["FINE", "LONG", "PAGE", "ChainSettings"]
