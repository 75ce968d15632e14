"""The lesson's miniature on the map: the log Bayes factor and leave-one-out over the prior's width."""

from __future__ import annotations

import numpy as np

from bayes_core.figures.ladder import drift_axis
from bayes_core.figures.miniature import Frame, Miniature, picked
from pages._ui.words import words

from .settings import PAGE, ModelSettings


def miniature() -> Miniature:
    """Return both differences over the width, and where the width stands."""
    settings = ModelSettings.at_start()
    judged, home = settings.judged(), settings.home()["width"]
    at = picked(len(judged.widths), home)
    place = settings.ladder().sizes.index(settings.top)
    factor, (gap, error) = judged.bayes_factor(place), judged.ahead(place)
    x = np.arange(len(factor), dtype=float)
    frame = Frame((0.0, float(x[-1])), drift_axis(factor, gap, error))
    here = at[:, None].astype(float)
    layers = (
        frame.band("aleatoric", x, (gap - error)[None], (gap + error)[None], 0.2),
        frame.line("aleatoric", x, gap[None]),
        frame.line("posterior", x, factor[None]),
        frame.dots("aleatoric", here, gap[at][:, None]),
        frame.dots("posterior", here, factor[at][:, None]),
    )
    return Miniature(layers, words(PAGE)["thread"], at.tolist().index(home))
