"""The page's miniature: a table's rows arrive, and the line through them gets its band."""

from __future__ import annotations

import numpy as np

from bayes_core.data.kiosk import kiosk
from bayes_core.data.upload import prepare, read
from bayes_core.figures.miniature import Frame, Miniature
from bayes_core.inference.exact import posterior
from bayes_core.models import Linear
from bayes_core.summaries.knowledge import Knowledge
from bayes_core.types import Dataset, Prior
from pages._ui.words import words

ROWS = (3, 5, 8, 13, 21, 34, 55, 89)
_HOME = 3


def small() -> Miniature:
    """Return sales against warmth after ever more Saturdays: the 90 % credible band of the line, the noise known."""
    made = prepare(read(kiosk()), "sales", ["high"]).source()
    data, grid = made.dataset, made.axes.grid(24)
    prior = Prior(made.scales["width"].start or 1.0, made.noise_prior, noise_known=True)
    known = [
        Knowledge.of(
            posterior(Dataset.from_arrays(data.x[:n], data.y[:n]), Linear(), prior),
            Linear().design(grid[:, None]),
            (0.9,),
        )
        for n in ROWS
    ]
    frame = Frame(made.axes.x_range, made.axes.y_range)
    seen = np.array([np.minimum(np.arange(ROWS[-1]), n - 1) for n in ROWS])  # rows to come wait under the last one
    lower, upper = (np.array([one.bands[0.9][side] for one in known]) for side in (0, 1))
    mean = np.array([one.mean for one in known])
    layers = (
        frame.band("posterior", grid, lower, upper, 0.17),
        frame.line("posterior", grid, mean),
        frame.dots("data", data.x[seen, 0], data.y[seen]),
    )
    alt = words("yours/data")["thread"]
    return Miniature(layers, f"{alt} Sales against warmth after {ROWS[_HOME]} Saturdays.", _HOME)
