"""The lesson's miniature on the map: one digit, turned to the left, in shades as the network reads it."""

from __future__ import annotations

import numpy as np

from bayes_core.data.images import SIDE, turned
from bayes_core.figures.miniature import Miniature, chances
from pages._ui.miniature import along
from pages._ui.words import words

from .scenes import shown
from .settings import PAGE, TwelveSettings

_WIDE = 20  # columns, of which the digit takes the middle
_THREE = 3


def miniature() -> Miniature:
    """Return a three along the angle by which it is turned, amid paper."""
    angles, home = along(TwelveSettings.at_start())
    one = shown().x[_THREE]
    ink = np.stack([turned(one[None], angle)[0].reshape(SIDE, SIDE) for angle in angles.tolist()])
    edge = (_WIDE - SIDE) // 2
    framed = np.pad(ink, ((0, 0), (1, 1), (edge, edge)))
    return Miniature((chances(framed.reshape(len(angles), -1), _WIDE),), words(PAGE)["thread"], home)
