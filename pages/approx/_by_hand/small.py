"""The lesson's miniature on the map: a bell that walks over two humps."""

from __future__ import annotations

import numpy as np

from bayes_core.figures.miniature import Frame, Miniature, picked
from pages._ui.words import words

from .look import look
from .scenes import PAGE
from .settings import HandSettings


def miniature() -> Miniature:
    """Return q over p along its mean."""
    settings = HandSettings.at_start()
    home = settings.home()["mean"]
    at = picked(len(settings.positions("mean")), home)
    seen = look(settings, "mean", None)
    axes = settings.story.axes
    assert seen.stage is not None
    places = np.array(seen.stage["places"])[::2]
    frame = Frame(axes.x, (0.0, axes.top))
    q, p = seen.numbers["q"][at][:, ::2], seen.numbers["p"][:, ::2]
    layers = (
        frame.band("posterior", places, np.zeros_like(q), q, 0.17),
        frame.line("posterior", places, q),
        frame.line("reference", places, np.repeat(p, len(q), axis=0), "dotted"),
    )
    return Miniature(layers, words(PAGE)["thread"], at.tolist().index(home))
