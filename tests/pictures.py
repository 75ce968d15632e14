"""A lesson's picture with all that it was made of, as its page hands it on to be taken away."""

from __future__ import annotations

from dataclasses import replace

from lessons import LESSONS

from bayes_core import Dataset, fit
from pages._ui.taking import Taken, taken
from pages._ui.words import words
from pages._ui.work.courier import News

STAND_IN = fit(Dataset.from_arrays([0.0, 1, 2, 4, 5], [0.2, 1.1, 1.8, 4.1, 4.4]), method="exact")


def picked(door: str, scene: str = "", hides=(), **changes) -> Taken:
    """Return a lesson's first picture, with a small fit in place of one that would take long."""
    lesson = LESSONS[door]
    settings = lesson.at_start(scene, reveal=True, **changes)
    news = next(lesson.work(settings)) if lesson.work else News()
    films, handles = lesson.films(settings, news), lesson.handles(settings)
    whole = news.fit is not None and news.fit.diagnostics.complete  # not one that another test left halfway
    told = news if whole or not lesson.work else replace(news, fit=STAND_IN)
    picture = lesson.picture(settings, said="What is said <em>under</em> it.")
    text, shown = words(lesson.page), {News.part: films}
    known = taken(lesson, settings, text, replace(picture, hides=tuple(hides)), handles, shown)
    return replace(known, news=told.whole())
