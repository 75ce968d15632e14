"""The lesson's miniature on the map: two causes, as one of them becomes more usual."""

from __future__ import annotations

from bayes_core.figures.miniature import Frame, Miniature, picked
from pages._ui.words import words

from .look import look
from .scenes import PAGE
from .settings import NetSettings


def miniature() -> Miniature:
    """Return the first scene's beliefs before and after, event by event, along its handle."""
    settings = NetSettings.at_start()
    (handle,) = settings.handles
    values, home = settings.positions(handle), settings.home()[handle]
    at = picked(len(values), home)
    numbers = look(settings, handle, None).numbers
    causes = [settings.written.names.index(name) for name in (settings.asked, settings.rival)]
    frame = Frame((0.0, 1.0), (-0.05, 1.08))
    layers = []
    for n, dash in zip(causes, ("", "5 4"), strict=True):
        curve, here = numbers["after"][:, n], numbers["after"][at, n][:, None]
        layers += [
            frame.line("posterior", values, curve[None], dash),
            frame.dots("posterior", values[at][:, None], here),
        ]
    return Miniature(tuple(layers), words(PAGE)["thread"], at.tolist().index(home))
