"""Many rows as few dots: how many lie in each cell of a grid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray

MANY = 400
"""Rows above which a picture counts them on a grid: dots on top of each other hide how many there are."""

_ACROSS, _UP, _FEW = 38, 24, 12


@dataclass(frozen=True, eq=False)
class Dots:
    """Where to draw dots, x and y (M,), and how many rows each stands for (M,); `counted`: on a grid."""

    x: FloatArray
    y: FloatArray
    count: FloatArray
    counted: bool

    @property
    def largest(self) -> int:
        """Return how many rows the largest dot stands for."""
        return int(self.count.max())


def counted(x: FloatArray, y: FloatArray) -> Dots:
    """Return one dot a row, or above 400 rows one for each cell of a grid, where its rows' means are.

    An axis with at most twelve different values keeps them.

    >>> few = counted(np.arange(3.0), np.arange(3.0))
    >>> many = counted(np.linspace(0, 1, 500), np.repeat([3.0, 7.0], 250))
    >>> few.counted, len(few.x), many.counted, len(many.x), int(many.count.sum()), many.largest
    (False, 3, True, 38, 500, 14)
    """
    if len(x) <= MANY:
        return Dots(x, y, np.ones(len(x)), False)
    across, up = _cells(x, _ACROSS), _cells(y, _UP)
    cell = across * (up.max() + 1) + up
    _, where, count = np.unique(cell, return_inverse=True, return_counts=True)
    middle = [np.bincount(where, values) / count for values in (x, y)]
    return Dots(middle[0], middle[1], count.astype(float), True)


def _cells(values: FloatArray, most: int) -> NDArray[np.intp]:
    """Return each value's cell (N,): one for each different value where these are few."""
    different, where = np.unique(values, return_inverse=True)
    if len(different) <= _FEW:
        return where.astype(np.intp)
    share = (values - different[0]) / (different[-1] - different[0])
    cells: NDArray[np.intp] = np.minimum((share * most).astype(np.intp), most - 1)
    return cells


__all__ = ["MANY", "Dots", "counted"]
