"""From the decision page's settings to what is seen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bayes_core.evaluation.decision_along import Acts
from bayes_core.figures.view import View
from pages._ui.telling import finding, view_opening
from pages._ui.words import words

from . import views
from .settings import PAGE, DecideSettings


def look(settings: DecideSettings, handle: str, _: Any) -> View:
    """Return what is seen along a handle: dots, threshold, what actions cost, and what to do."""
    told, text = settings.along(handle), words(PAGE)
    if isinstance(told, Acts):
        made = views.acts(told, settings, text, handle)
    else:
        made = views.amounts(told, settings, text, handle)
    values = settings.positions(handle)
    seen = replace(made, value=tuple(f"{value:g}" for value in values.tolist()))
    return replace(seen, alt=finding(view_opening(text, settings), seen.said, len(values)))
