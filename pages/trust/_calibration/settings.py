"""What decides everything that the calibration page shows: who forecasts what, how loudly, and how that is judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar, Self

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Source
from bayes_core.figures.theme import CONCEPT
from bayes_core.inference import METHODS, ask
from bayes_core.types import Budget, Dataset, Question
from pages._ui.asking import Asking, Number, OneOf
from pages._ui.fields import choice, fresh, handle
from pages._ui.link import whole_in
from pages._ui.settings import PageSettings, Scene, log_spaced

from .scenes import SCENES, Story, on

PAGE = "trust/calibration"
LEVEL = 0.9
"""Of the intervals in which chance keeps a calibrated forecast."""
MOST_BINS = 30
APART = {"train": 0, "others": 2000, "test": 1000}
"""How far the seeds of the rows lie apart."""
_DRAWS = Budget(draws=100, chains=1)
_TITLES = {"map": "network (MAP)", "hmc": "posterior", "exact": "posterior, exact"}


def _spread_text(settings: CalibrationSettings) -> Callable[[float], str]:
    return "× {:.4g}".format if settings.story.task == "band" else "{:.4g}".format


def _spread_label(settings: CalibrationSettings) -> tuple[str, str]:
    return ("spread", " of the band") if settings.story.task == "band" else ("temperature", "")


def _spread_ends(settings: CalibrationSettings) -> tuple[str, str]:
    return ("narrower", "wider") if settings.story.task == "band" else ("louder", "softer")


def _refused(settings: CalibrationSettings, method: str) -> str:
    return f"{method} does not forecast in this scene: choose {' or '.join(settings.story.methods)}"


_SHOWN = ("calibrated",)
_SIGNS = {"sure": "▼ over", "meek": "▲", "fair": "✓", "average": "▼ only"}
"""What a forecast may be, and how the sign that says so begins."""


def _signed(sign: str) -> str:
    return next((key for key, start in _SIGNS.items() if sign.startswith(start)), "")


@dataclass(frozen=True, kw_only=True)
class CalibrationSettings(PageSettings):
    """Temperature or spread, bins, and the number of test days are handles; the forecaster and the days are choices."""

    temperature: float = handle(
        _spread_label, lambda s: CONCEPT.get(s.method, "posterior"), _spread_text, ends=_spread_ends
    )
    cases: float = handle(
        lambda s: ("test", f" {s.story.many}"), "data", lambda s: "{:,.0f}".format, ends=("few", "many"),
        whole=True, read=whole_in(1, 10**6),
    )  # fmt: skip
    bins: float = handle("bins", "data", lambda s: "{:.0f}".format, ends=("few", "many"), whole=True,
                         read=whole_in(1, 10**6))  # fmt: skip
    method: str = choice(
        tuple(_TITLES), "Forecast by", _TITLES.__getitem__, offered=lambda s: s.story.methods, refused=_refused
    )
    seed: int = fresh(lambda s: f"{'Other' if s.story.own else 'New'} {s.story.many}", most=2**31)
    SCENES: ClassVar[Mapping[str, Scene]] = SCENES
    FIRST: ClassVar[str] = next(iter(SCENES))

    @property
    def story(self) -> Story:
        """Return who forecasts what."""
        story = self.spec.story
        assert isinstance(story, Story)
        return story

    @classmethod
    def on(cls, source: Source) -> Scene:
        """Return a reader's own data as a scene of this page."""
        return on(source)

    @property
    def opening(self) -> str:
        return f"{super().opening} {self.story.task}" if self.brought else super().opening

    @property
    def telling(self) -> str:
        return self.story.task

    @property
    def asking(self) -> Asking:
        """Return the question whether the forecast keeps its word, or how often a band does."""
        if self.story.task == "band":
            label = f"{self.story.many} inside, in per cent"
            return Number(name="kept", of=("kept",), label=label, unit="%", scale=100, shows=_SHOWN)
        return OneOf(
            name="sign", shows=_SHOWN, keys=tuple(_SIGNS), right=lambda view: tuple(map(_signed, view.said["sign"]))
        )

    def spaced(self, handle: str) -> FloatArray:
        low, high = self.spec.ranges[handle]
        if handle == "bins":
            return np.arange(low, high + 1)
        if handle == "cases":
            return np.unique(np.round(log_spaced(low, high, 36)))
        return log_spaced(low, high, 45)

    def slots(self, handle: str) -> Mapping[str, str]:
        return {"one": self.story.one, "many": self.story.many, "unit": self.story.unit, "event": self.story.event}

    def changed(self, **changes: Any) -> Self:
        """Return the settings after a choice: another forecaster's temperature is its own."""
        return super().changed(**({"temperature": 1.0} | changes if "method" in changes else changes))

    # ------------------------------------------------------------------------------------------------ what is asked
    def question(self, method: str) -> Question:
        """Return what a method is asked of the rows that are fitted."""
        story = self.story
        budget = _DRAWS if METHODS[method].answer == "exact" else None
        return ask(self.days("train"), story.model, method, story.prior, budget, self.seed)

    def questions(self) -> tuple[Question, ...]:
        """Return what the forecaster on screen is asked, then what the other one is."""
        there = sorted(self.story.methods, key=lambda method: method != self.method)
        return tuple(map(self.question, there))

    def days(self, which: str) -> Dataset:
        """Return the rows that are fitted ("train"), the "others" like them, or those of the "test"."""
        return _days(self.spec, which, self.seed)

    def track(self, handle: str) -> dict[str, FloatArray]:
        """Return spreads, bins and numbers of rows (V,) along one handle, the others standing where they stand."""
        values = self.positions(handle)
        return {name: values if name == handle else np.full(len(values), getattr(self, name)) for name in self.handles}


@lru_cache(maxsize=64)
def _days(scene: Scene, which: str, seed: int) -> Dataset:
    story = scene.story
    assert isinstance(story, Story)
    make = {"train": story.train, "others": story.others, "test": story.test}[which]
    size = dict(zip(APART, (story.sizes[0], story.sizes[1], story.sizes[2]), strict=True))[which]
    return make(n=size, seed=seed if story.own else seed + APART[which])
