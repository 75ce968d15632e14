"""From the settings of the Bayes factor's page to what is seen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bayes_core.figures.view import View
from pages._ui.telling import finding, view_opening
from pages._ui.words import words

from .look_mean import look_mean
from .look_share import look_share
from .look_stop import look_stop
from .settings import PAGE
from .settings_mean import MeanSettings
from .settings_share import ShareSettings
from .settings_stop import StopSettings

Any_ = ShareSettings | MeanSettings | StopSettings


def look(settings: Any_, handle: str, _: Any) -> View:
    """Return what is seen along a handle, with its finding in words."""
    match settings:
        case ShareSettings():
            seen = look_share(settings, handle)
        case MeanSettings():
            seen = look_mean(settings, handle)
        case _:
            seen = look_stop(settings, handle)
    values = settings.positions(handle)
    told = seen.frames(handle, values).words
    return replace(seen, alt=finding(view_opening(words(PAGE), settings), told, len(values)))
