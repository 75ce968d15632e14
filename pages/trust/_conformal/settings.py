"""What decides everything that the conformal page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Axes, Source, standardised
from bayes_core.inference import ask
from bayes_core.types import Dataset, Question
from pages._ui.asking import Asking, Number
from pages._ui.fields import fresh, handle
from pages._ui.probing import Across, across
from pages._ui.settings import Scene

from .forecasts import FORECASTERS, Forecaster
from .scenes import SCENES, Story, axes
from .scenes_rows import on as rows_on
from .scenes_sets import on as classes_on
from .settings_bands import BandSettings

PAGE = "trust/conformal"


@dataclass(frozen=True, kw_only=True)
class ConformalSettings(BandSettings):
    """Level, calibration days and drift; who forecasts, and by which score the errors are measured."""

    days: float = handle(("calibration days", ""), "data", lambda s: "{:.0f}".format, ends=("few", "many"), whole=True)
    drift: float = handle(
        ("drift", " at 20 m/s"), "data", lambda s: "{:.4g} min".format, ends=("days alike", "new engine")
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
        return np.linspace(*self.spec.ranges[handle], 21) if handle == "drift" else super().spaced(handle)

    @property
    def telling(self) -> str:
        return "bayes" if self.own else ""

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
