"""From the settings of learning in turns to what is seen."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from bayes_core.evaluation.continual import Along, along
from bayes_core.figures.view import View
from pages._ui.telling import finding, view_opening
from pages._ui.words import words

from . import views
from .scenes import PAGE
from .settings import LEVEL, TurnSettings

PLACES = 61


def look(settings: TurnSettings, handle: str, _: Any) -> View:
    """Return what is believed in turns, along a handle."""
    found, track = _found(replace(settings, view="curve", reveal=True, guess=""), handle), settings.track(handle)
    story = settings.story
    scenery = views.Scenery(settings.source, settings.plan().tasks, story.straight, settings.keeps, story.borders)  # type: ignore[arg-type]
    seen = views.turns(scenery, settings.view, found, track)
    return replace(seen, alt=finding(view_opening(words(PAGE), settings), seen.said, len(track["seen"])))


@lru_cache(maxsize=48)
def _found(settings: TurnSettings, handle: str) -> Along:
    """Return what is learnt along a handle; whichever way it is looked at, it is learnt once."""
    track, plan = settings.track(handle), settings.plan()
    sd = np.repeat(track["width"][:, None], plan.curve.size, axis=1)
    return along(plan, sd, track["trust"], track["seen"].astype(int), settings.source.axes.grid(PLACES), LEVEL)
