"""The V positions of a handle: what is known at some of them, and how far it reaches without a break."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray


def unbroken(good: NDArray[np.bool_], home: int) -> tuple[int, int]:
    """Return the first and last position of the run of good ones (V,) around `home`, which counts as good itself.

    >>> unbroken(np.array([True, False, True, False, True, True]), 3)
    (2, 5)
    """
    bad = np.flatnonzero(~good)
    below, above = bad[bad < home], bad[bad > home]
    first = int(below[-1]) + 1 if below.size else 0
    last = int(above[0]) - 1 if above.size else len(good) - 1
    return first, last


def at_positions(known: Mapping[int, FloatArray], size: int, shape: tuple[int, ...] = ()) -> FloatArray:
    """Return arrays of one shape, known at some positions, as (V, ...) for V = size, with NaN where nothing is known.

    `shape` is that of one array, for when none is known. Raises ValueError for a position outside 0 to V - 1.

    >>> at_positions({1: np.array([2.0, 3.0])}, 3)
    array([[nan, nan],
           [ 2.,  3.],
           [nan, nan]])
    """
    made = np.full((size, *(next(iter(known.values())).shape if known else shape)), np.nan)
    for position, values in known.items():
        if not 0 <= position < size:
            raise ValueError(f"position {position} is none of the handle's: they go from 0 to {size - 1}")
        made[position] = values
    return made
