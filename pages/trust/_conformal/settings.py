"""What decides everything that the conformal page shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, ClassVar, Self

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Axes, Source, standardised
from bayes_core.inference import ask
from bayes_core.summaries.wording import share_words
from bayes_core.types import Dataset, Question
from pages._ui.asking import Asking, Number
from pages._ui.fields import choice, fresh, handle, yes_no
from pages._ui.probing import Across, across
from pages._ui.settings import PageSettings, Scene, log_spaced

from .forecasts import FORECASTERS, SCORES, Forecaster
from .scenes import SCENES, Story, axes
from .scenes_rows import on as rows_on
from .scenes_sets import on as classes_on

PAGE = "trust/conformal"
OWN = {False: "hidden", True: "shown"}


def level_words_of(settings: Any) -> Callable[[float], str]:
    return partial(share_words, digits=7)


@dataclass(frozen=True, kw_only=True)
class ConformalSettings(PageSettings):
    """Level, calibration days and drift; who forecasts, and by which score the errors are measured."""

    level: float = handle("level", "data", level_words_of, ends=("even odds", "almost sure"))
    days: float = handle(("calibration days", ""), "data", lambda s: "{:.0f}".format, ends=("few", "many"), whole=True)
    drift: float = handle(
        ("drift", " at 20 m/s"), "data", lambda s: "{:.4g} min".format, ends=("days alike", "new engine")
    )
    forecaster: str = choice(tuple(FORECASTERS), "Forecast by", lambda f: FORECASTERS[f].title, "curve")
    score: str = choice(
        tuple(SCORES),
        "Score",
        SCORES.__getitem__,
        "absolute",
        offered=lambda s: tuple(SCORES) if not s.who.turned else ("absolute",),
        refused=lambda s, _: "this forecast does not say how sure it is, so only its error can be scored",
    )
    own: bool = yes_no(
        "The forecast's own band",
        OWN,
        offered=lambda s: (False,) if s.who.turned else (False, True),
        refused=lambda s, _: "this forecast has no band of its own",
    )
    seed: int = fresh("New days")
    SCENES: ClassVar[Mapping[str, Scene]] = SCENES
    FIRST: ClassVar[str] = "good"

    @classmethod
    def on(cls, source: Source) -> Scene:
        """Leave a reader's own data to the other kinds of settings, and say why where they cannot take them either."""
        (classes_on if source.dataset.task == "classification" else rows_on)(source)
        raise ValueError("These scenes are the ferry’s.")

    @property
    def who(self) -> Forecaster:
        """Return who forecasts."""
        return FORECASTERS[self.forecaster]

    @property
    def story(self) -> Story:
        """Return which ferry this is."""
        story = self.spec.story
        assert isinstance(story, Story)
        return story

    @property
    def asking(self) -> Asking:
        """Return the question how many days of storm the band holds."""
        return Number(
            name="storm", of=("storm",), label="days of storm inside, in per cent", unit="%", shows=("days", "forecast")
        )

    def spaced(self, handle: str) -> FloatArray:
        low, high = self.spec.ranges[handle]
        if handle == "level":
            return np.round(np.linspace(low, high, 50), 2)
        if handle == "drift":
            return np.linspace(low, high, 21)
        return np.unique(np.round(log_spaced(low, high, 34)))

    def in_range(self) -> Self:
        """Return the settings with a score and a band that this forecast has."""
        kept = super().in_range()
        return replace(kept, score="absolute", own=False) if kept.who.turned else kept

    @property
    def telling(self) -> str:
        return "bayes" if self.own else ""

    @property
    def measure(self) -> Any:
        return type(self), self.scene

    # ---------------------------------------------------------------------------------------------- what is asked
    def dataset(self) -> Dataset:
        """Return the days that the forecast is fitted to, in their own units."""
        return self.story.trained(self.seed).dataset()

    def question(self) -> Question:
        """Return what the forecaster's fit answers."""
        data, who = self.dataset(), self.who
        data = standardised(data) if who.standard else data
        return ask(data, who.model, who.method, who.prior, who.budget, 1, who.likelihood)

    def axes(self) -> Axes:
        """Return the axes: fixed, whatever a handle does."""
        low, high = self.who.y
        return axes(low, max(high, self.story.top))

    @property
    def across(self) -> Across:
        return across(self.axes())

    def along(self, handle: str) -> dict[str, FloatArray]:
        """Return level, days and drift (V,) at every position of a handle."""
        values = self.positions(handle)
        names = ("level", "days", "drift")
        return {name: values if name == handle else np.full(len(values), getattr(self, name)) for name in names}
