"""The lesson's miniature on the map: streams of estimates that settle as draws come in."""

from __future__ import annotations

import numpy as np

from bayes_core.figures.miniature import Frame, Miniature
from pages._ui.miniature import along
from pages._ui.words import words

from .look import look
from .settings import PAGE, DrawsSettings


def miniature() -> Miniature:
    """Return the first scene's first stream with its cone, and where its handle stands."""
    settings = DrawsSettings.at_start()
    values, home = along(settings)
    view = look(settings, "draws", None)
    assert view.figure is not None
    axis = view.figure["layout"]["yaxis"]["range"]
    x = np.log10(settings.spaced("draws"))
    cone, size = view.numbers["cone.y"], len(x)
    frame = Frame((float(x[0]), float(x[-1])), (float(axis[0]), float(axis[1])))
    here = np.stack([np.log10(values)] * 2, axis=1)
    layers = (
        frame.band("muted", x, cone[:, size:][:, ::-1], cone[:, :size], 0.16),
        frame.line("reference", x[[0, -1]], view.numbers["exact.y"], "20,30"),
        frame.line("posterior", x, view.numbers["stream.y"]),
        frame.line("data", here, np.broadcast_to(np.array(axis, float), here.shape), opacity=0.7),
    )
    return Miniature(layers, words(PAGE)["thread"], home)
