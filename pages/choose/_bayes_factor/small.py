"""The lesson's miniature on the map: what both hypotheses predicted, and the count that was seen, as it moves."""

from __future__ import annotations

import numpy as np

from bayes_core.figures.miniature import Frame, Miniature, picked
from pages._ui.words import words

from .look_share import look_share
from .settings import PAGE
from .settings_share import ShareSettings


def miniature() -> Miniature:
    """Return both predictions, and the count along its handle."""
    settings = ShareSettings.at_start()
    positions, home = settings.positions("heads"), settings.home()["heads"]
    at = picked(len(positions), home)
    view = look_share(settings, "heads")
    assert view.figure is not None
    places = np.asarray(next(t for t in view.figure["data"] if t["name"] == "null")["x"], float)
    null, other = (np.broadcast_to(view.numbers[f"{name}.y"], (len(positions), len(places))) for name in _BOTH)
    frame = Frame((0.0, float(settings.n)), (0.0, 0.066))
    seen = positions[at][:, None]
    height = np.broadcast_to(view.numbers["seen other.y"], (len(positions), 1))[at]
    layers = (
        frame.line("reference", places, null[at]),
        frame.line("prior", places, other[at]),
        frame.dots("data", seen, height),
    )
    return Miniature(layers, words(PAGE)["thread"], at.tolist().index(home))


_BOTH = ("null", "other")
