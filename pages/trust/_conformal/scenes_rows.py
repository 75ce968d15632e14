"""A reader's own numbers on the conformal page: some rows are fitted, some calibrate, the others are tried."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from bayes_core.data.source import Axes, Scale, Source, standardised
from bayes_core.data.split import Split
from bayes_core.models import Bumps, Linear
from bayes_core.numerics.rounding import round_up, ticks
from bayes_core.summaries.summary import decimals
from bayes_core.types import Dataset, Prior
from pages._ui.settings import Scene
from pages._ui.suiting import along_one_that_varies, of_numbers, of_rows, unit_of

from .forecasts import FORECASTERS, Forecaster

FEWEST = 20
MOST_FITTED, MOST_ASIDE = 200, 400
_WIDE = Prior(2.0, 0.5)
ROW_FORECASTERS: dict[str, Forecaster] = FORECASTERS | {
    "curve": replace(FORECASTERS["curve"], model=Linear(Bumps(-2.5, 2.5, 6, 1.0)), prior=_WIDE, standard=True),
    "line": replace(FORECASTERS["line"], prior=_WIDE, standard=True),
    "terrible": replace(FORECASTERS["terrible"], model=Linear(Bumps(-2.5, 2.5, 6, 1.0)), prior=_WIDE, standard=True),
}
"""The page's forecasters in standard deviations, so that they suit any unit."""


@dataclass(frozen=True, eq=False)
class Rows:
    """A reader's source with one input; how many rows are fitted, and how many kept aside."""

    source: Source
    fitted: int
    aside: int

    @property
    def unit(self) -> str:
        """Return the target's unit, or "" where its name has none."""
        return unit_of(self.source.dataset.target_name)

    @property
    def decimals(self) -> int:
        """Return the decimals of a half-width."""
        return decimals(0.0, self.source.noise_prior)

    @property
    def axes(self) -> Axes:
        """Return the axes, which hold all rows."""
        return self.source.axes

    def scale(self, score: str, *, turned: bool) -> Scale:
        """Return the axis of the scores: fixed, whatever a handle does."""
        if score == "normalised":
            return Scale(0.0, 6.0, (0, 2, 4, 6), "s")
        low, high = self.axes.y_range
        most = round_up(high - low if turned else 4 * self.source.noise_prior)
        if score == "cqr":
            return Scale(-most / 2, most / 2, ticks(-most / 2, most / 2), self.unit)
        return Scale(0.0, most, ticks(0.0, most), self.unit)

    def parts(self, seed: int) -> tuple[Dataset, Dataset]:
        """Return the rows that are fitted and those kept aside, in their own units."""
        return _parts(self.source, self.fitted, self.aside, seed)

    def train(self, seed: int) -> Dataset:
        """Return the rows that are fitted, in standard deviations of all rows."""
        return Split.of_rows(standardised(self.source.dataset), self.fitted, seed, steady=True).train


@lru_cache(maxsize=16)
def _parts(source: Source, fitted: int, aside: int, seed: int) -> tuple[Dataset, Dataset]:
    split = Split.of_rows(source.dataset, fitted, seed, steady=True)
    return split.train, split.held_out.head(aside)


def on(source: Source) -> Scene:
    """Return a reader's own numbers over one input. Raises ValueError with the reason where they cannot be."""
    of_numbers(source)
    of_rows(source, FEWEST, "some are fitted, some calibrate, and the others are tried")
    along_one_that_varies(source, "there is no curve to forecast")
    rows = len(source.dataset.y)
    fitted = min(rows * 2 // 5, MOST_FITTED)
    aside = min(rows - fitted, MOST_ASIDE)
    start: dict[str, Any] = {"level": 0.9, "points": float(min(100, aside // 2)), "seed": 1, "forecaster": "curve"}
    ranges = {"level": (0.5, 0.99), "points": (4.0, float(aside * 4 // 5))}
    title = source.dataset.title or "Your data"
    return Scene(title, start, ranges, story=Rows(source.alone(), fitted, aside))
