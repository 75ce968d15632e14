"""What decides everything that the conformal page shows of a reader's own numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Source
from bayes_core.inference import ask
from bayes_core.types import Question
from pages._ui.fields import fresh, handle
from pages._ui.probing import Across, across
from pages._ui.settings import Scene

from .forecasts import Forecaster
from .scenes_rows import ROW_FORECASTERS, Rows, on
from .settings_bands import BandSettings
from .settings_sets import FIRST


@dataclass(frozen=True, kw_only=True)
class RowSettings(BandSettings):
    """Level and calibration rows; who forecasts, and by which score the errors are measured."""

    points: float = handle(
        lambda s: (f"calibration {s.rows.source.point[1]}", ""), "data", lambda s: "{:.0f}".format,
        ends=("few", "many"), whole=True,
    )  # fmt: skip
    seed: int = fresh("Other rows")
    SCENES: ClassVar[Mapping[str, Scene]] = {}
    FIRST: ClassVar[str] = FIRST
    kind: ClassVar[str] = "rows"

    @classmethod
    def on(cls, source: Source) -> Scene:
        """Return a reader's own data as a scene of this page."""
        return on(source)

    @property
    def who(self) -> Forecaster:
        """Return who forecasts."""
        return ROW_FORECASTERS[self.forecaster]

    @property
    def rows(self) -> Rows:
        """Return whose rows these are."""
        rows = self.spec.story
        assert isinstance(rows, Rows)
        return rows

    @property
    def chart(self) -> Source:
        return self.rows.source

    @property
    def drawn_as(self) -> str:
        return "Crosses are fitted, small dots calibrate, the others are tried."

    @property
    def exact(self) -> bool:
        return self.who.at_once

    @property
    def telling(self) -> str:
        return "rows bayes" if self.own else "rows"

    @property
    def opening(self) -> str:
        return "scene yours rows"

    def slots(self, handle: str) -> Mapping[str, str]:
        one, many = self.rows.source.point
        return {"one": one, "many": many}

    @property
    def across(self) -> Across:
        return across(self.rows.axes)

    # ---------------------------------------------------------------------------------------------- what is asked
    def question(self) -> Question:
        """Return what the forecaster's fit answers."""
        who = self.who
        return ask(self.rows.train(self.seed), who.model, who.method, who.prior, who.budget, 1, who.likelihood)

    def along(self, handle: str) -> dict[str, FloatArray]:
        """Return level and number of calibration rows (V,) at every position of a handle."""
        values = self.positions(handle)
        return {n: values if n == handle else np.full(len(values), getattr(self, n)) for n in ("level", "points")}
