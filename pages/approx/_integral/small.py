"""The lesson's miniature on the map: streams of estimates that settle as draws come in."""

from __future__ import annotations

import numpy as np

from bayes_core.evaluation.futures import Mixture
from bayes_core.evaluation.monte_carlo import QUANTITIES, running, spread_of
from bayes_core.figures.miniature import Frame, Miniature
from pages._ui.miniature import along
from pages._ui.words import words

from .settings import LONGEST, PAGE, DrawsSettings

_FORECAST = Mixture.of(90.0, 11.1)  # a Gaussian like the first scene's, whose data would want scikit-learn
_SEED = 3


def miniature() -> Miniature:
    """Return three streams of means with their cone, and where the first scene's handle stands."""
    settings = DrawsSettings.at_start()
    values, home = along(settings)
    counts = settings.spaced("draws")
    noise = np.random.default_rng(_SEED).standard_normal((3, LONGEST))
    told = running(spread_of(_FORECAST), QUANTITIES["mean"], counts, noise)
    x, low, high = np.log10(counts), 79.5, 100.5
    frame = Frame((float(x[0]), float(x[-1])), (low, high))
    here = np.stack([np.log10(values)] * 2, axis=1)
    edge = 1.645 * told.error
    layers = (
        frame.band("muted", x, (told.exact - edge)[None], (told.exact + edge)[None], 0.16),
        *(frame.line("posterior", x, stream[None], opacity=0.45) for stream in told.estimates[1:]),
        frame.line("posterior", x, told.estimates[:1]),
        frame.line("data", here, np.broadcast_to(np.array([low, high]), here.shape), opacity=0.7),
    )
    return Miniature(layers, f"{words(PAGE)['thread']} Simplified: the forecast is a Gaussian.", home)
