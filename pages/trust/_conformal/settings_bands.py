"""What decides a conformal band, whoever's rows it is around: its level, who forecasts, and how errors are scored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Self

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.summaries.wording import share_words
from pages._ui.fields import choice, handle, yes_no
from pages._ui.settings import PageSettings, log_spaced

from .forecasts import FORECASTERS, SCORES, Forecaster

OWN = {False: "hidden", True: "shown"}


def share_words_of(settings: Any) -> Callable[[float], str]:
    """Return how a share is worded, of these or any settings: with the digits that it has."""
    return partial(share_words, digits=7)


@dataclass(frozen=True, kw_only=True)
class BandSettings(PageSettings):
    """Level, who forecasts, by which score the errors are measured, and whether the forecast's own band is shown."""

    level: float = handle("level", "data", share_words_of, ends=("even odds", "almost sure"))
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

    @property
    def who(self) -> Forecaster:
        """Return who forecasts."""
        raise NotImplementedError

    def spaced(self, handle: str) -> FloatArray:
        low, high = self.spec.ranges[handle]
        if handle == "level":
            return np.round(np.linspace(low, high, 50), 2)
        return np.unique(np.round(log_spaced(low, high, 34)))  # a count of rows

    def in_range(self) -> Self:
        """Return the settings with a score and a band that this forecast has."""
        kept = super().in_range()
        return replace(kept, score="absolute", own=False) if kept.who.turned else kept

    @property
    def measure(self) -> Any:
        return type(self), self.scene
