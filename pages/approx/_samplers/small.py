"""The lesson's miniature on the map: a chain that walks out of a corner into a banana."""

from __future__ import annotations

import numpy as np

from bayes_core.figures.miniature import Frame, Miniature
from bayes_core.samplers import Plan, run
from bayes_core.samplers.reference import reference
from pages._ui.words import words

from .settings import PAGE, ChainSettings


def miniature() -> Miniature:
    """Return the way of one chain, longer and longer."""
    settings = ChainSettings.at_start("banana")
    frame = Frame(*settings.aim.box)
    walked = run(Plan("banana", "hmc", 0.12, start="corner", seed=1, spend=400)).states[0][:33]
    counts = (1, 3, 6, 10, 15, 20, 26, 33)
    x, y = (np.stack([np.where(np.arange(33) < n, walked[:, k], np.nan) for n in counts]) for k in (0, 1))
    ring = reference("banana").outlines[0.9][0]
    layers = (
        frame.area("posterior", ring[::8, 0], np.repeat(ring[None, ::8, 1], len(counts), 0), 0.18),
        frame.line("data", x, y),
        frame.dots("posterior", x, y),
    )
    return Miniature(layers, words(PAGE)["thread"], 5)
