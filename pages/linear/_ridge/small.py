"""The lesson's miniature on the map: ridge's curve and its band as the prior widens, without scikit-learn's dots."""

from __future__ import annotations

from bayes_core.figures.miniature import Frame, Miniature
from bayes_core.ridge.path import curve_and_band
from pages._ui.miniature import along
from pages._ui.words import words

from .settings import LEVEL, PAGE, RidgeSettings


def miniature() -> Miniature:
    """Return the first scene's curves along the prior's width."""
    settings = RidgeSettings.at_start()
    widths, home = along(settings)
    axes, data = settings.source().axes, settings.problem().split.train
    grid = axes.grid(61)
    mode, lower, upper = curve_and_band(settings.problem(), widths, settings.noise, settings.degree, grid, LEVEL)
    frame = Frame(axes.x_range, axes.y_range)
    layers = (
        frame.band("posterior", grid, lower, upper, 0.2),
        frame.line("map", grid, mode),
        frame.dots("data", data.x[:, 0], data.y),
    )
    return Miniature(layers, words(PAGE)["thread"], home)
