"""The lesson's miniature on the map: dropout's band over the posterior's, both in closed form for an outer layer."""

from __future__ import annotations

import numpy as np

from bayes_core.figures.miniature import Frame, Miniature
from bayes_core.models.frozen import Frozen
from bayes_core.summaries.stand_ins import dropout_band, outer_layer
from bayes_core.types import Prior
from pages._ui.miniature import along
from pages._ui.words import words

from .look import LEVEL
from .settings import PAGE, MethodsSettings


def miniature() -> Miniature:
    """Return the posterior's band, and dropout's edges along the dropout rate."""
    settings = MethodsSettings.at_start()
    rates, home = along(settings)
    network = settings.network()
    source, basis = network.source(), Frozen(width=settings.width)
    data, grid = source.at(network.noise).dataset, source.axes.grid(41)
    ((lower, upper),) = outer_layer(data, basis, Prior(settings.width, source.noise_prior), grid[:, None], (LEVEL,))
    edges = [dropout_band(data, basis, rate, grid[:, None], LEVEL) for rate in rates.tolist()]
    frame = Frame(source.axes.x_range, source.axes.y_range)
    layers = (
        frame.band("posterior", grid, lower[None], upper[None], 0.25),
        *(frame.line("reference", grid, np.array([pair[end] for pair in edges])) for end in (0, 1)),
        frame.dots("data", data.x[:, 0], data.y),
    )
    alt = f"{words(PAGE)['thread']} Simplified: filled, the posterior of an outer layer; lines, dropout’s band."
    return Miniature(layers, alt, home)
