"""The lesson's miniature on the map: how sure a straight boundary is over the plane, around the posterior's mode."""

from __future__ import annotations

import numpy as np

from bayes_core.figures.miniature import Frame, Miniature, chances
from bayes_core.models import Linear
from bayes_core.summaries.stand_ins import averaged, logit_mode
from pages._ui.miniature import along
from pages._ui.words import words

from .settings import PAGE, ClassesSettings

COLUMNS, ROWS = 30, 14


def miniature() -> Miniature:
    """Return the averaged probabilities along the prior's width, and the points."""
    settings = ClassesSettings.at_start()
    widths, home = along(settings)
    data, plane = settings.dataset(), settings.plane()
    across, down = np.linspace(*plane.x_range, COLUMNS), np.linspace(*plane.y_range, ROWS)[::-1]
    places = np.stack([np.tile(across, ROWS), np.repeat(down, COLUMNS)], axis=1)
    p = np.array([averaged(*logit_mode(data, Linear(), width, places)) for width in widths.tolist()])
    points = Frame(plane.x_range, plane.y_range).dots("data", data.x[:, 0], data.x[:, 1])
    return Miniature((chances(p, COLUMNS), points), words(PAGE)["thread"], home)
