"""The lesson's miniature on the map: its first scene by a network whose inner weights are fixed."""

from __future__ import annotations

import numpy as np

from bayes_core.figures.miniature import Frame, Miniature
from bayes_core.models.frozen import Frozen
from bayes_core.summaries.stand_ins import outer_layer
from bayes_core.types import Prior
from pages._ui.miniature import along
from pages._ui.words import words

from .settings import PAGE, NetworkSettings

LEVELS = (0.9, 0.5)


def miniature() -> Miniature:
    """Return its two credible bands along the prior's width."""
    settings = NetworkSettings.at_start()
    widths, home = along(settings)
    source = settings.source()
    data, grid = source.at(settings.noise).dataset, source.axes.grid(41)
    found = [
        outer_layer(data, Frozen(width=w), Prior(w, source.noise_prior), grid[:, None], LEVELS) for w in widths.tolist()
    ]
    (low, high), (lower, upper) = (
        [np.array([bands[k][end] for bands in found]) for end in (0, 1)] for k in range(len(LEVELS))
    )
    frame = Frame(source.axes.x_range, source.axes.y_range)
    layers = (
        frame.band("posterior", grid, low, high, 0.2),
        frame.band("posterior", grid, lower, upper, 0.3),
        frame.dots("data", data.x[:, 0], data.y),
    )
    alt = f"{words(PAGE)['thread']} Simplified: the inner weights stay as they were drawn."
    return Miniature(layers, alt, home)
