"""Where functions of one number are least: the lowest dips of a grid, zoomed into until they are points."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from bayes_core.checks import FloatArray

_DIPS = 3  # of a grid that are looked into: the lowest point of the grid need not lie in the deepest dip
_CELLS = 8
_PASSES = 11  # each makes a dip a quarter as wide


def lowest(function: Callable[[FloatArray], FloatArray], grid: FloatArray, values: FloatArray) -> FloatArray:
    """Return where each of V functions is least between the ends of a grid (L,), whose values there are (V, L).

    function(at (V, K)) gives their values (V, K). A dip between two neighbours of the grid that shows on neither is
    not seen. An end of the grid is returned where a function is least there.

    >>> def two(at):
    ...     return (at - np.array([[0.3], [9.0]])) ** 2
    >>> grid = np.linspace(-1.0, 1.0, 5)
    >>> lowest(two, grid, two(np.tile(grid, (2, 1)))).round(6)
    array([0.3, 1. ])
    """
    last = len(grid) - 1
    walled = np.pad(values, ((0, 0), (1, 1)), constant_values=np.inf)
    dip = (values <= walled[:, :-2]) & (values <= walled[:, 2:])
    dips = np.where(dip, values, np.inf)
    order = dips.argsort(1)[:, : min(_DIPS, int(dip.sum(1).max()))]
    rows = np.arange(len(values))
    best, least = grid[order[:, 0]], values[rows, order[:, 0]]
    for place in order.T:
        low, high = grid[np.maximum(place - 1, 0)], grid[np.minimum(place + 1, last)]
        for _ in range(_PASSES):
            at = np.linspace(low, high, _CELLS + 1, axis=1)
            found = function(at)
            here = found.argmin(1)
            low, high = at[rows, np.maximum(here - 1, 0)], at[rows, np.minimum(here + 1, _CELLS)]
        better = found[rows, here] < least
        best, least = np.where(better, at[rows, here], best), np.where(better, found[rows, here], least)
    return best
