"""From the settings of the page on complexity to what is seen, and what follows it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bayes_core.figures.view import View
from pages._ui.telling import finding, view_opening
from pages._ui.words import words

from . import views
from .settings import PAGE, ModelSettings


def look(settings: ModelSettings, handle: str, _: Any) -> View:
    """Return what is seen along the prior's width."""
    judged, values = settings.judged(), settings.positions(handle)
    made = views.ladder(judged, settings.bands(), settings.source(), settings.story, settings.top, settings.places())
    seen = replace(made, value=tuple(f"{value:,.7g}" for value in values.tolist()))
    return replace(seen, alt=finding(view_opening(words(PAGE), settings), seen.said, len(values)))


def reweighted(settings: ModelSettings, handle: str, _: Any) -> View:
    """Return what draws say instead of refits, along the prior's width."""
    judged = settings.judged()
    return views.reweighted(settings.reweighted(), judged, settings.top, settings.story.point[1])
