"""What decides everything that the conformal page shows of a reader's own numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Source
from bayes_core.inference import ask
from bayes_core.types import Question
from pages._ui.fields import choice, fresh, handle, yes_no
from pages._ui.probing import Across, across
from pages._ui.settings import PageSettings, Scene, log_spaced

from .forecasts import FORECASTERS, SCORES, Forecaster
from .scenes_rows import ROW_FORECASTERS, Rows, on
from .settings import OWN, level_words_of
from .settings_sets import FIRST


@dataclass(frozen=True, kw_only=True)
class RowSettings(PageSettings):
    """Level and calibration rows; who forecasts, and by which score the errors are measured."""

    level: float = handle("level", "data", level_words_of, ends=("even odds", "almost sure"))
    points: float = handle(
        lambda s: (f"calibration {s.rows.source.point[1]}", ""), "data", lambda s: "{:.0f}".format,
        ends=("few", "many"), whole=True,
    )  # fmt: skip
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

    def spaced(self, handle: str) -> FloatArray:
        low, high = self.spec.ranges[handle]
        if handle == "level":
            return np.round(np.linspace(low, high, 50), 2)
        return np.unique(np.round(log_spaced(low, high, 34)))

    def in_range(self) -> Self:
        """Return the settings with a score and a band that this forecast has."""
        kept = super().in_range()
        return replace(kept, score="absolute", own=False) if kept.who.turned else kept

    @property
    def telling(self) -> str:
        return "rows bayes" if self.own else "rows"

    @property
    def opening(self) -> str:
        return "scene yours rows"

    @property
    def measure(self) -> Any:
        return type(self), self.scene

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
