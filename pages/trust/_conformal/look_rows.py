"""From the settings of a reader's own numbers to what is seen of their conformal band."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.conformal.along import dots
from bayes_core.evaluation.conformal.bands_resplit import Lot, bands_in_resplits, bands_of
from bayes_core.evaluation.conformal.fits import foretold
from bayes_core.evaluation.conformal.numbers import Edges, Forecast
from bayes_core.evaluation.conformal.resplits import orders
from bayes_core.figures.view import View
from bayes_core.types import Fit
from pages._ui.telling import finding, view_opening
from pages._ui.words import words
from pages._ui.work.store import store

from . import views_rows as views
from .scenes_rows import ROW_FORECASTERS, Rows
from .settings import PAGE
from .settings_rows import RowSettings

SPLITS = 2000
_FIXED = 0.9  # the level of the quantiles that "cqr" scores by, wherever the level stands
Told = tuple[Fit, str, Rows, int]
"""A fit, who it speaks for, whose rows these are, and the seed that parts them."""


def look(settings: RowSettings, handle: str, fit: Fit | None) -> View:
    """Return what is seen along a handle; a forecast that is not there yet leaves the rows alone."""
    who, rows, seed = settings.who, settings.rows, settings.seed
    fit = store().answer(settings.question()) if who.at_once else fit
    fitted, aside = rows.parts(seed)
    scenery = views.Scenery(rows, who, settings.score, fitted, aside, rows.axes.grid(101), settings.own)
    if fit is None:
        return views.waiting(scenery)
    told, at = (fit, settings.forecaster, rows, seed), settings.along(handle)
    lot = _lot(told, settings.score, tuple(settings.positions("level").tolist()))
    found = bands_of(lot, at["level"], at["points"])
    splits = _splits(len(aside.y), seed)
    worlds = bands_in_resplits(lot.scores, at["level"], at["points"], splits, views.ENDS)
    ends = np.linspace(*rows.scale(settings.score, turned=who.turned).range, views.BINS + 1)
    piles = dots(lot.scores, found.points, found.threshold, ends)
    forecast, own = _foretold(told, tuple(settings.positions("level").tolist()))
    seen = views.bands(scenery, lot, forecast, own, found, worlds, piles, handle)
    return replace(seen, alt=finding(view_opening(words(PAGE), settings), seen.said, len(found.level)))


@lru_cache(maxsize=16)
def _foretold(told: Told, levels: tuple[float, ...]) -> tuple[Forecast, Mapping[float, Edges]]:
    """Return what is forecast at the places of the picture, and the forecast's own intervals at levels."""
    fit, name, rows, _ = told
    who, data = ROW_FORECASTERS[name], rows.source.dataset
    forecast, own = foretold(fit, rows.axes.grid(101), levels, _FIXED, data)
    return (forecast.turned(float(data.y.mean())), {}) if who.turned else (forecast, own)


@lru_cache(maxsize=16)
def _lot(told: Told, score: str, levels: tuple[float, ...]) -> Lot:
    """Return the rows kept aside, with what was forecast of them: straight lines between the picture's places."""
    _, _, rows, seed = told
    _, aside = rows.parts(seed)
    (forecast, own), places, x = _foretold(told, levels), rows.axes.grid(101), aside.x[:, 0]

    def read(part: FloatArray) -> FloatArray:
        return np.interp(x, places, part)

    return Lot(
        x, aside.y, forecast.mapped(read), score, {level: (read(a), read(b)) for level, (a, b) in own.items()}
    )  # fmt: skip


@lru_cache(maxsize=4)
def _splits(rows: int, seed: int) -> np.ndarray:
    return orders(np.zeros(rows, dtype=int), SPLITS, seed, by_class=False)
