"""What decides everything that the updating page shows: a prior, data, and how they are looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, Self

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data import observations
from bayes_core.data.source import Source
from bayes_core.foundations.conjugate.belief import Belief, Seen
from bayes_core.foundations.conjugate.families import around, close_up, covering
from bayes_core.foundations.conjugate.families import next_values as values_ahead
from bayes_core.intervals import level_words
from pages._ui.asking import Asking, Place, height_of
from pages._ui.fields import choice, fresh, handle, text, yes_no
from pages._ui.link import whole_in
from pages._ui.probing import Across
from pages._ui.settings import PageSettings, Scene, log_spaced

from .scenes import SCENES, Story, on
from .typed import MOST, counts, plain, read, sequence

PAGE = "bayes/updating"
VIEWS = {
    "belief": "Belief",
    "rivals": "Rival priors",
    "predict": "What comes next",
    "evidence": "Evidence",
    "order": "Order",
}
ORDERED = ("evidence", "order")
"""Views that need the data one by one."""
LEVELS = (0.5, 0.8, 0.9, 0.95, 0.99)
HOWS = {"equal-tailed": "equal-tailed", "hdi": "highest density (HDI)"}
_HINTS = {"beta": "{0}{0}{1}{0}{1}, or counts such as 520:480", "normal": "72.1 73.4 71.9", "gamma": "3 0 5 2"}
NEXT_FLIPS = 10
SHUFFLES = 5


def _position(value: float, unit: str) -> str:
    return f"{value:,.7g}{unit}"


def _centre_text(settings: UpdatingSettings) -> Callable[[float], str]:
    unit = settings.story.unit
    return partial(_position, unit=f" {unit}" if unit else "")


def _hint(settings: UpdatingSettings) -> str:
    story = settings.story
    return _HINTS[story.family].format(*story.letters)


def _needs_order(_: Any, view: str) -> str:
    return f"{view} needs data one by one, and these are counts"


@dataclass(frozen=True, kw_only=True)
class UpdatingSettings(PageSettings):
    """A prior (mean, worth), how many data are seen, and where they come from: a seed, or what was typed."""

    centre: float = handle("prior mean", "prior", _centre_text, ends=("low", "high"))
    worth: float = handle(
        lambda s: ("prior worth", f", in {s.story.many}"), "prior", lambda s: partial(_position, unit=""),
        ends=("open-minded", "stubborn"),
    )  # fmt: skip
    points: int = choice(
        (10, 12, 20, 100, 1000, 10_000, 100_000),
        lambda s: f"Number of {s.story.many}",
        lambda n: f"{n:,}",
        read=whole_in(1, 100_000),
        offered=lambda s: s.story.sizes,
    )
    seed: int = fresh("New data", data="")
    data: str = text(
        lambda s, typed: read(typed, s.story.family),
        lambda s: f"Your own {s.story.many}: {_hint(s)}",
        "",
        hint=_hint,
        longest=4000,
        read=plain,
    )
    seen: float = handle(
        "data seen", "likelihood", lambda s: "{:,.0f}".format, ends=("none", "all"), player=True,
        whole=True, read=whole_in(0, MOST),
    )  # fmt: skip
    view: str = choice(
        tuple(VIEWS),
        "Look at",
        VIEWS.__getitem__,
        "belief",
        offered=lambda s: tuple(v for v in VIEWS if not (s.counted and v in ORDERED)),
        refused=_needs_order,
    )
    level: float = choice(LEVELS, "Interval", lambda v: f"{100 * v:g} %", 0.9)
    how: str = choice(tuple(HOWS), "which is", HOWS.__getitem__, "equal-tailed")
    close: bool = yes_no("Axis", {True: "close", False: "whole"})
    SCENES: ClassVar[Mapping[str, Scene]] = SCENES
    FIRST: ClassVar[str] = "coin"

    @classmethod
    def on(cls, source: Source) -> Scene:
        """Return a reader's own data as a scene of this page."""
        return on(source)

    @property
    def story(self) -> Story:
        """Return the family and its story."""
        story = self.spec.story
        assert isinstance(story, Story)
        return story

    @property
    def counted(self) -> tuple[int, int] | None:
        """Return typed counts (heads, tails), if the data are counts."""
        return counts(self.data) if self.story.family == "beta" else None

    @property
    def asking(self) -> Asking:
        """Return the question where the posterior peaks, on the whole axis: a close one would tell."""
        shows, looks = ("prior", "likelihood", "prior edge"), {"view": "belief", "close": False}
        return Place(
            name="peak", shows=shows, looks=looks, curve=height_of("posterior"), label=self.story.parameter,
            peak="Its peak",
        )  # fmt: skip

    @property
    def handles(self) -> tuple[str, ...]:
        return ("centre", "worth") if self.counted else ("centre", "worth", "seen")

    @property
    def across(self) -> Across | None:
        """Return the parameter's axis where curves stand over it and no handle changes it."""
        if self.view not in ("belief", "rivals") or self.close or self.data:
            return None
        unit = f", {self.story.unit}" if self.story.unit and ", " not in self.story.parameter else ""
        return Across.of(f"{self.story.parameter}{unit}", self.story.axis)

    def spaced(self, handle: str) -> FloatArray:
        if handle == "centre":
            return np.round(np.linspace(*self.spec.ranges["centre"], 49), 2)
        if handle == "worth":
            return log_spaced(0.1, 1000, 49)
        last = (0 if self.counted else len(self.values())) if self.data else self.points
        if last <= 60:
            return np.arange(last + 1.0)
        return np.concatenate([np.arange(21.0), np.unique(np.round(np.geomspace(21, last, 40)))])

    def slots(self, handle: str) -> Mapping[str, str]:
        story, kind = self.story, f"{level_words(self.level)} {HOWS[self.how]}"
        named = {"many": story.many, "one": story.one, "parameter": story.parameter, "plain": story.plain}
        return named | {"kind": kind, "spread": "" if story.family == "beta" else " (± predictive sd)"}

    def changed(self, **changes: Any) -> Self:
        """Take typed data: all of them are seen, and a view that needs their order gives way to counts."""
        made = super().changed(**changes)
        if set(changes) != {"data"}:
            return made
        if made.counted:
            return super(UpdatingSettings, made).changed(
                view="belief" if made.view in ORDERED else made.view, close=True
            )
        seen = float(len(made.values())) if made.data else self.spec.start["seen"]
        return super(UpdatingSettings, made).changed(seen=seen, close=False)

    def alone(self, handle: str) -> Self:
        """Return what a film depends on: close axes, and paths, also on where their own handle stands."""
        return self if self.close or self.view in ORDERED else self.others(handle)

    def still(self) -> Self:
        """Return what a picture's still part depends on: close axes, and the evidence's, on where the handles stand."""
        return self if self.close or self.view == "evidence" else super().still()

    # ------------------------------------------------------------------------------------------------ what is asked
    def values(self) -> FloatArray:
        """Return the observations, in the order in which they came."""
        story = self.story
        if self.data and not self.counted:
            return sequence(self.data, story.family)
        if story.family == "beta":
            return observations.flips(story.truth, self.points, self.seed)
        if story.family == "gamma":
            return observations.counts(story.truth, self.points, self.seed)
        return observations.readings(story.truth, story.noise, self.points, self.seed)

    def prior(self) -> Belief:
        """Return the prior that the handles say."""
        return around(self.story.family, self.centre, self.worth, self.story.noise)

    def rivals(self) -> dict[str, Belief]:
        """Return the scene's rival priors."""
        story = self.story
        return {name: around(story.family, mean, worth, story.noise) for name, (mean, worth) in story.rivals.items()}

    def along(self) -> Seen:
        """Return what was seen after 0, 1, ... observations; typed counts only as a whole."""
        return Seen.along(self.values())

    def seen_now(self) -> Seen:
        """Return what has been seen where the handle stands."""
        if self.counted:
            return Seen.flips(*self.counted)
        return self.along().at(int(self.seen))

    def track(self, handle: str) -> tuple[Belief, Seen]:
        """Return priors (V,) and what they have seen (V,) along one handle."""
        values = self.positions(handle)
        centre = values if handle == "centre" else np.full(len(values), self.centre)
        worth = values if handle == "worth" else np.full(len(values), self.worth)
        prior = around(self.story.family, centre, worth, self.story.noise)
        if handle == "seen":
            return prior, self.along().at(values.astype(int))
        return prior, self.seen_now().repeated(len(values))

    def places(self) -> FloatArray:
        """Return the numbers of data at which paths are drawn."""
        return self.positions("seen")

    def axis(self) -> tuple[float, float]:
        """Return the ends of the parameter's axis: the scene's, wider for data that need it, or close around."""
        prior = self.prior()
        if self.close:
            return close_up(prior.learn(self.seen_now()))
        return covering(prior, *self.story.axis, self.values()) if self.data else self.story.axis

    def next_values(self) -> FloatArray:
        """Return the values that the next observation, or the next ten flips, can take."""
        return values_ahead(self.prior(), *self.axis(), NEXT_FLIPS)

    @property
    def truth(self) -> float | None:
        """Return the truth of an invented world; typed data have none that is known."""
        return None if self.data else self.story.truth
