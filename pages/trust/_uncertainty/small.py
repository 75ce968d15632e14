"""The lesson's miniature on the map: the two layers of the split, not the curve above them."""

from __future__ import annotations

from bayes_core.figures.miniature import Miniature
from pages._ui.miniature import of_look

from .look import look
from .settings import PAGE, SplitSettings


def miniature() -> Miniature:
    """Return the layers of the first scene, and the place that is asked."""
    return of_look(look, SplitSettings.at_start(), PAGE, "y2")
