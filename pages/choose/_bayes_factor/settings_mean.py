"""What decides what is shown of a mean: the values, the value that is tested, a margin, and the effect's prior."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, ClassVar, Self, cast

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Source
from bayes_core.foundations.bayes_factor import axes, robustness, sequential
from bayes_core.foundations.bayes_factor.hypotheses import Hypotheses, Side
from bayes_core.foundations.bayes_factor.mean import Effect
from pages._ui.fields import choice, handle, text
from pages._ui.link import as_text, whole_in
from pages._ui.settings import PageSettings, Scene, log_spaced

from .scenes import FIRST, MEANS, Measured, means_on
from .settings import SIDES, UNBOUNDED, VIEWS, improper, size_of
from .typed import sizes, statistic
from .typed import values as read_values

_POSITIONS = 41


def _plain(value: float) -> str:
    return f"{value:,.7g}".replace("-", "−")


def _value_text(settings: MeanSettings) -> Callable[[float], str]:
    unit = settings.unit
    return lambda value: f"{_plain(value)} {unit}".strip()


def _why_not(settings: Any, view: str) -> str:
    return f"{view} needs the values one by one, and this is a statistic of them"


@dataclass(frozen=True, kw_only=True)
class MeanSettings(PageSettings):
    """Values or a t statistic, the mean that is tested, and what the rival hypothesis expects of the effect."""

    data: str = text(
        lambda _, typed: read_values(typed), "Your own values, or t = 3.5, n = 20 + 20", "", hint="1.2 2.4 0.8",
        longest=4000,
    )  # fmt: skip
    side: str = choice(tuple(SIDES), "H₁ says", SIDES.__getitem__, "both")
    view: str = choice(
        tuple(VIEWS), "Look at", VIEWS.__getitem__, "heights",
        offered=lambda s: tuple(v for v in VIEWS if not (s.summary and v == "along")), refused=_why_not,
    )  # fmt: skip
    value: float = handle("tested mean", "data", _value_text, ends=("lower", "higher"))
    t: float = handle("t statistic", "data", lambda s: _plain, ends=("negative", "positive"))
    width: float = handle(
        ("H₁’s prior width", ", in sd"), "prior", lambda s: _plain, ends=("narrow", "wide"),
        read=size_of(*UNBOUNDED), refused=improper(*UNBOUNDED),
    )  # fmt: skip
    margin: float = handle(
        ("H₀’s margin", ", in sd"), "reference", lambda s: _plain,
        ends=("a point", "an interval"),
    )  # fmt: skip
    seen: float = handle(
        lambda s: f"{s.story.many} seen", "likelihood", lambda s: "{:,.0f}".format, ends=("none", "all"), player=True,
        whole=True, read=whole_in(0, 100_000),
    )  # fmt: skip
    SCENES: ClassVar[Mapping[str, Scene]] = MEANS
    FIRST: ClassVar[str] = FIRST
    kind: ClassVar[str] = "mean"

    @classmethod
    def on(cls, source: Source) -> Scene:
        """Return a reader's own numbers as values whose mean is tested."""
        return means_on(source)

    @property
    def story(self) -> Measured:
        """Return what is measured, and what it is called."""
        story = cast(Measured, self.spec.story)
        return Measured(np.zeros(0), "mean") if self.data else story

    @property
    def unit(self) -> str:
        """Return the unit of the values; typed ones have none."""
        return self.story.unit

    @property
    def summary(self) -> tuple[int, int] | None:
        """Return the sizes of groups where a statistic was typed in place of values."""
        return sizes(self.data) if self.data else None

    @property
    def handles(self) -> tuple[str, ...]:
        tested = "t" if self.summary else "value"
        if self.view == "along":
            return ("seen", "width", "margin")
        return ("width", tested, "margin") if self.view == "width" else (tested, "width", "margin")

    def spaced(self, handle: str) -> FloatArray:
        if handle == "width":
            return log_spaced(0.05, 5.0, _POSITIONS)
        if handle == "margin":
            return np.round(np.linspace(0.0, 0.5, 51), 2)
        if handle == "seen":
            return sequential.places(len(self.values()))
        if handle == "t":
            return axes.around(0.0, self.reach, 61)
        return axes.values_tested(self.values(), self.reach, 61)

    def slots(self, handle: str) -> Mapping[str, str]:
        story = self.story
        return {"many": story.many, "one": story.one, "name": story.name, "unit": story.unit, "n": f"{self.n:,.3g}"}

    def changed(self, **changes: Any) -> Self:
        """Take new values: all of them are seen, and tested against 0; of a statistic there is no order."""
        made = super().changed(**changes)
        if "data" not in changes or set(changes) & {"t", "value", "seen"}:
            return made
        if made.summary:
            view = "heights" if made.view == "along" else made.view
            return super(MeanSettings, made).changed(t=statistic(made.data), view=view)
        return super(MeanSettings, made).changed(value=self.spec.start["value"], seen=float(len(made.values())))

    def in_range(self) -> Self:
        """Return the settings with every handle in its range; where the order plays no part all values are seen."""
        made = super().in_range()
        return made if made.view == "along" else replace(made, seen=float(len(made.values())))

    def link(self) -> dict[str, str]:
        """Return what the address must say; of typed values, what is tested and seen too."""
        told = {"t": self.t} if self.summary else {"seen": self.seen}
        link = super().link() | ({name: as_text(value) for name, value in told.items()} if self.data else {})
        return link if self.view == "along" else {name: text for name, text in link.items() if name != "seen"}

    @classmethod
    def from_link(cls, values: Mapping[str, Any], notes: list[str]) -> Self:
        """Return a link's settings; typed values without a word of what is seen are all seen."""
        made = super().from_link(values, notes)
        if not made.data:
            return made
        told: dict[str, Any] = {"t": statistic(made.data)} if made.summary else {"seen": float(len(made.values()))}
        return replace(made, **{name: value for name, value in told.items() if name not in values}).in_range()

    def alone(self, handle: str) -> Self:
        return self if self.view == "along" else self.others(handle)

    def still(self) -> Self:
        return self if self.view == "along" else super().still()

    # ------------------------------------------------------------------------------------------------ what is asked
    def values(self) -> FloatArray:
        """Return the values, in their order."""
        if self.data and not self.summary:
            return np.array([float(word) for word in self.data.split()])
        return cast(Measured, self.spec.story).values

    @property
    def reach(self) -> float:
        """Return how far the axis of t statistics reaches."""
        if self.summary:
            return axes.t_shown(statistic(self.data))
        return axes.t_shown(float(Effect.of(self.values(), self.tested).t[0]))

    @property
    def tested(self) -> float:
        """Return the mean that is tested before a hand moves it."""
        return float(self.spec.start["value"])

    @property
    def n(self) -> float:
        """Return how many values the mean is worth."""
        return self.effect().n

    def effect(self, handle: str = "") -> Effect:
        """Return the t statistics (V,) or (1,) of all values."""
        if self.summary:
            t = self.positions("t") if handle == "t" else np.array([self.t])
            first, second = self.summary
            return Effect.of_groups(t, first, second) if second else Effect(t, first - 1.0, float(first))
        against = self.positions("value") if handle == "value" else np.array([self.value])
        return Effect.of(self.values(), against)

    def hypotheses(self, handle: str = "") -> Hypotheses:
        """Return what is compared, along a handle."""
        margin = self.positions("margin") if handle == "margin" else np.array([self.margin])
        return Hypotheses(0.0, margin, cast(Side, self.side))

    def widths(self, handle: str = "") -> FloatArray:
        """Return the prior's width (V,) or (1,)."""
        return self.positions("width") if handle == "width" else np.array([self.width])

    def top(self) -> int:
        """Return the power of ten at which the axis of Bayes factors ends."""
        if self.view == "predict":
            return 3
        effect = self.effect()
        start = statistic(self.data) if self.summary else float(Effect.of(self.values(), self.tested).t[0])
        return _largest(start, effect.nu, effect.n)


@lru_cache(maxsize=64)
def _largest(t: float, nu: float, n: float) -> int:
    found = robustness.over_widths(
        Effect(np.array([t]), nu, n), Hypotheses(0.0, np.zeros(1)), np.array([0.1, 0.707, 5.0])
    )
    return axes.power_of(found.path, 2)
