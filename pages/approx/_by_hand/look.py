"""From the approximation page's settings to what is seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bayes_core.figures.view import View
from pages._ui.telling import finding, view_opening
from pages._ui.words import words

from . import views, views_climb, views_pair
from .scenes import PAGE
from .settings import ClimbSettings, HandSettings, PairSettings


def look(settings: Any, handle: str, _: Any) -> View:
    """Return what is seen along a handle; the alternative text is what the view finds, in the page's words."""
    made, values = _LOOKS[type(settings)](settings, handle), settings.positions(handle)
    seen = replace(made, value=tuple(f"{value:g}" for value in values.tolist()))
    return replace(seen, alt=finding(view_opening(words(PAGE), settings), seen.said, len(values)))


def _hand(settings: HandSettings, handle: str) -> View:
    return views.hand(settings.along(handle), settings.land(), settings.story)


def _climb(settings: ClimbSettings, handle: str) -> View:
    return views_climb.climbs(settings.along(handle), settings.land(), settings.story)


def _pair(settings: PairSettings, handle: str) -> View:
    return views_pair.pair(settings.along(handle), settings.land(), settings.story, settings.origin)


_LOOKS: dict[type, Callable[[Any, str], View]] = {HandSettings: _hand, ClimbSettings: _climb, PairSettings: _pair}
