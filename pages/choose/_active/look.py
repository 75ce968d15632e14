"""From the settings of a search to what is seen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bayes_core.evaluation.active import standing, strategies_for
from bayes_core.figures.view import View
from pages._ui.telling import finding, view_opening
from pages._ui.words import words

from . import views
from .settings import HAND, PAGE, TITLES, ActiveSettings


def look(settings: ActiveSettings, handle: str, _: Any) -> View:
    """Return what is seen along a handle: a search in one world, or all rules in fifty."""
    story, text = settings.story, words(PAGE)
    value = tuple(f"{v:g}" for v in settings.positions(handle).tolist())
    n, where = settings.along(handle)
    if settings.view == "many":
        made = views.many(story, settings.raced(), n, TITLES, settings.rule, text, value)
    else:
        run = settings.run()
        names = (*strategies_for(story.field.task), *((HAND,) if settings.strategy == HAND else ()))
        others = {name: (TITLES[name], settings.run(name)) for name in names}
        made = views.one(
            story, run, standing(run, n), where, others, settings.beside(n), settings.strategy, text, value
        )
    return replace(made, alt=finding(view_opening(text, settings), made.said, len(value)))
