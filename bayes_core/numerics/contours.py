"""Lines of equal height over a grid, as loose pieces: enough to draw them, solid."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray

Cells = NDArray[np.intp]

# Of a cell's corners (lower left, lower right, upper right, upper left) which lie above: which pairs of sides a line
# joins. Sides are lower 0, right 1, upper 2, left 3; the two saddles are cut as if their middle lay below.
_JOINED = {
    1: [(3, 0)], 2: [(0, 1)], 3: [(3, 1)], 4: [(1, 2)], 5: [(3, 0), (1, 2)], 6: [(0, 2)], 7: [(3, 2)],
    8: [(2, 3)], 9: [(2, 0)], 10: [(0, 1), (2, 3)], 11: [(2, 1)], 12: [(1, 3)], 13: [(1, 0)], 14: [(0, 3)],
}  # fmt: skip


def contours(x: FloatArray, y: FloatArray, height: FloatArray, level: float) -> FloatArray:
    """Return the pieces (P, 2, 2) of the line on which a height (Y, X) has a level: two ends, each (x, y).

    Along the side of a cell the height is taken to be linear, so that pieces of neighbouring cells meet.

    >>> x = np.array([0.0, 1.0])
    >>> contours(x, x, np.array([[0.0, 2.0], [0.0, 2.0]]), 1.0).tolist()
    [[[0.5, 0.0], [0.5, 1.0]]]
    """
    low, right, far, left = height[:-1, :-1], height[:-1, 1:], height[1:, 1:], height[1:, :-1]
    code = sum((corner > level) * 2**k for k, corner in enumerate((low, right, far, left)))
    pieces = []
    for kind, joined in _JOINED.items():
        i, j = np.nonzero(code == kind)
        for one, other in joined:
            pieces.append(np.stack([_crossing(x, y, height, level, i, j, side) for side in (one, other)], 1))
    return np.concatenate(pieces) if pieces else np.empty((0, 2, 2))


def _crossing(
    x: FloatArray, y: FloatArray, height: FloatArray, level: float, i: Cells, j: Cells, side: int
) -> FloatArray:
    """Return where (P, 2) a side of some cells is crossed."""
    a, b = [((0, 0), (0, 1)), ((0, 1), (1, 1)), ((1, 0), (1, 1)), ((0, 0), (1, 0))][side]
    rows, columns = (i + a[0], i + b[0]), (j + a[1], j + b[1])
    first, last = height[rows[0], columns[0]], height[rows[1], columns[1]]
    share = (level - first) / (last - first)
    return np.stack(
        [x[columns[0]] + share * (x[columns[1]] - x[columns[0]]), y[rows[0]] + share * (y[rows[1]] - y[rows[0]])], 1
    )
