"""The lesson's miniature on the map: a thousand people, as a test's prevalence grows."""

from __future__ import annotations

from bayes_core.figures.miniature import Miniature, crowd, picked
from pages._ui.words import words

from .look import look
from .scenes import PAGE
from .settings import TestSettings


def miniature() -> Miniature:
    """Return the people of the first scene in their four cells."""
    settings = TestSettings.at_start(next(iter(TestSettings.SCENES)))
    handle = settings.handles[0]
    home = settings.home()[handle]
    at = picked(len(settings.positions(handle)), home)
    counts = look(settings, handle, None).numbers["people"][at]
    return Miniature((crowd(counts),), words(PAGE)["thread"], at.tolist().index(home))
