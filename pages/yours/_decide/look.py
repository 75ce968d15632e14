"""From the decision page's settings to what is seen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bayes_core.evaluation.decision_along import Acts
from bayes_core.evaluation.payoffs import Payoffs
from bayes_core.figures.view import View
from pages._ui.telling import finding, view_opening
from pages._ui.words import coloured_slots, filled, words

from . import table_view, views
from .settings import PAGE, DecideSettings, written
from .typed import rows_of

MISTAKES = ("over", "under")


def look(settings: DecideSettings, handle: str, _: Any) -> View:
    """Return what is seen along a handle: dots, threshold, what actions cost, and what to do."""
    found, scenery = settings.along(handle), _scenery(settings, handle)
    match found:
        case Payoffs():
            made = table_view.payoffs(found, rows_of(settings.table), scenery)
        case Acts():
            made = views.acts(found, scenery)
        case _:
            made = views.amounts(found, scenery)
    values = settings.positions(handle)
    seen = replace(made, value=tuple(f"{value:g}" for value in values.tolist()))
    return replace(seen, alt=finding(view_opening(words(PAGE), settings), seen.said, len(values)))


def _scenery(settings: DecideSettings, handle: str) -> views.Scenery:
    story, text = settings.story, words(PAGE)
    aloud = text[f"aloud {settings.opening.removeprefix('scene ')}"]
    at = {name: settings.positions(name).tolist() if name == handle else [getattr(settings, name)] for name in MISTAKES}
    return views.Scenery(
        story,
        settings.reach(),
        story.axis(settings.where),
        settings.dots,
        coloured_slots(filled(aloud, settings.slots(""))),
        {name: tuple(map(written, values)) for name, values in at.items()},
        settings.origin(),
    )
