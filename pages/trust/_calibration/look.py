"""From the calibration page's settings to what is seen."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from bayes_core.evaluation.calibration import (
    BandForecasts,
    BandJudgement,
    ClassForecasts,
    ClassJudgement,
    judge_bands,
    judge_classes,
)
from bayes_core.figures.view import View
from pages._ui.settings import between
from pages._ui.telling import view_opening
from pages._ui.words import words

from . import views
from .found import Forecaster, Found, known
from .settings import LEVEL, PAGE, CalibrationSettings

Judgement = ClassJudgement | BandJudgement
Along = tuple[float, ...]


def look(settings: CalibrationSettings, handle: str, found: Found | None) -> View:
    """Return how the forecaster is judged along a handle; without one, what there is before the forecasts come."""
    title, text = settings.story, words(PAGE)
    if found is None:
        return views.waiting(title, settings.method, text)
    track = settings.track(handle)
    told, before = judged(found.own, track), judged(found.own, track | {"temperature": np.ones(1)})
    beside = judged(found.other, track | {"temperature": np.ones(1)}) if found.other else None
    return views.calibration(
        title,
        settings.method,
        told,
        before,
        beside,
        track["temperature"],
        {"best": found.own.best, "place": between(settings.positions("temperature"), found.own.best)},
        tuple(f"{v:g}" for v in settings.positions(handle)),
        text,
        view_opening(text, settings),
    )


def of_known(settings: CalibrationSettings, handle: str, _: None) -> View:
    """Return what is seen once all forecasters are known: a film of it depends on the settings alone, and is kept."""
    return look(settings, handle, known(settings))


def judged(one: Forecaster, track: dict[str, np.ndarray]) -> Judgement:
    """Return how a forecaster is judged along a track; each is judged once, however often the picture is sent.

    Where all that differs along the track is a spread that stands still, one judgement serves all positions.
    """
    rows = {name: tuple(values.tolist()) for name, values in track.items()}
    spread, bins, cases = rows["temperature"], rows["bins"], rows["cases"]
    if len(set(bins)) == len(set(cases)) == 1:
        bins, cases = bins[:1] * len(spread), cases[:1] * len(spread)
    elif len(spread) == 1:
        spread = spread * len(bins)
    return _judged(one, spread, bins, cases)


@lru_cache(maxsize=60)
def _judged(one: Forecaster, spread: Along, bins: Along, cases: Along) -> Judgement:
    spreads, parts, points = (np.array(part) for part in (spread, bins, cases))
    if isinstance(one.test, BandForecasts):
        return judge_bands(one.test, spreads, parts, points, LEVEL)
    assert isinstance(one.test, ClassForecasts)
    return judge_classes(one.test, spreads, parts, points, LEVEL)
