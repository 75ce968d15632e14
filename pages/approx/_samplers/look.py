"""From the samplers page's settings to what is seen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bayes_core.figures.view import View
from pages._ui.telling import finding, view_opening
from pages._ui.words import words

from . import trials_view, views
from .scenes import LONG, NAMES
from .settings import PAGE, ChainSettings
from .trials import TrialSettings


def seen(settings: ChainSettings | TrialSettings, handle: str, _: Any) -> View:
    """Return what is seen along a handle: two samplers side by side, or four runs to choose from."""
    return trials_view.look(settings, handle, _) if isinstance(settings, TrialSettings) else look(settings, handle, _)


def look(settings: ChainSettings, handle: str, _: Any) -> View:
    """Return what is seen along a handle."""
    values = settings.positions(handle)
    spent = values if handle == "spent" else [settings.spent]
    names = tuple((LONG[name], NAMES[name]) for name in (settings.left, settings.right))
    made = views.chains(
        settings.aim, settings.along(handle), names, settings.traced, tuple(f"{int(one):,}" for one in spent)
    )
    seen = replace(made, value=tuple(f"{value:g}" for value in values.tolist()))
    return replace(seen, alt=finding(view_opening(words(PAGE), settings), seen.said, len(values)))
