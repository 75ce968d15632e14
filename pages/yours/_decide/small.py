"""The lesson's miniature on the map: what actions cost as one mistake becomes dearer, over a dot for each future."""

from __future__ import annotations

import numpy as np

from bayes_core.figures.miniature import Frame, Miniature, picked
from pages._ui.words import words

from .look import look
from .settings import PAGE, DecideSettings


def miniature() -> Miniature:
    """Return the curve of costs along the cost of too little, with the best action and the best guess on it."""
    settings = DecideSettings.at_start()
    home = settings.home()["under"]
    at = picked(len(settings.positions("under")), home)
    numbers = look(settings, "under", None).numbers
    reach = settings.reach()
    frame = Frame((reach.low, reach.high), (0.85, 3.0))
    marks, guess = numbers["marks"][at], numbers["times"][at, :1]
    layers = (
        frame.line("data", settings.places(), numbers["costs"][at]),
        frame.dots("map", marks[:, 1:], guess),
        frame.dots("posterior", marks[:, :1], np.ones_like(guess)),
    )
    return Miniature(layers, words(PAGE)["thread"], at.tolist().index(home))
