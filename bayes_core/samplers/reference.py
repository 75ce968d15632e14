"""What a grid says of a target: means, sds, and regions of highest density, with which chains are compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.samplers.targets import Range, target

LEVELS = (0.5, 0.9)
_FINE, _SEEN = 801, (161, 121)


@dataclass(frozen=True, eq=False)
class Reference:
    """Means (2,) and covariance (2, 2) of a target, and outlines of its regions: rings of points, by level."""

    mean: FloatArray
    cov: FloatArray
    outlines: Mapping[float, tuple[FloatArray, ...]]

    @property
    def sd(self) -> FloatArray:
        """Return the sds (2,)."""
        out: FloatArray = np.sqrt(np.diag(self.cov))
        return out


@lru_cache(maxsize=16)
def reference(name: str) -> Reference:
    """Return what a grid of 801 x 801 says of a target.

    >>> reference("banana").mean.round(4) + 0.0, reference("banana").sd.round(4)
    (array([0., 0.]), array([1.    , 1.4697]))
    """
    aim = target(name)
    x, y = aim.grid(_FINE)
    log = aim.many(x[:, None], y[None])
    mass = np.exp(log - log.max()) * np.gradient(x)[:, None]
    mass /= mass.sum()
    mean = np.array([mass.sum(1) @ x, mass.sum(0) @ y])
    off = x - mean[0], y - mean[1]
    cross = off[0] @ mass @ off[1]
    cov = np.array([[mass.sum(1) @ off[0] ** 2, cross], [cross, mass.sum(0) @ off[1] ** 2]])
    order = np.argsort(-log, axis=None)
    cuts = log.ravel()[order[np.searchsorted(np.cumsum(mass.ravel()[order]), LEVELS)]]
    seen = [np.linspace(low, high, n) for (low, high), n in zip(aim.box, _SEEN, strict=True)]
    height = aim.many(seen[0][:, None], seen[1][None])
    drawn = {level: rings(height, cut, *aim.box) for level, cut in zip(LEVELS, cuts.tolist(), strict=True)}
    return Reference(mean, cov, drawn)


def rings(height: FloatArray, cut: float, across: Range, up: Range) -> tuple[FloatArray, ...]:
    """Return the outlines (n, 2) of where a surface (X, Y) over a box lies above a cut, closed along the box's sides.

    Marching squares: every cell's sides are crossed where the surface is straight between corners; pieces are joined by
    the sides that they share.

    >>> hill = 1 - np.hypot(*np.meshgrid(np.linspace(-1, 1, 41), np.linspace(-1, 1, 41)))
    >>> ring = rings(hill, 0.5, (-1.0, 1.0), (-1.0, 1.0))
    >>> len(ring), float(np.abs(np.hypot(*ring[0].T) - 0.5).max()) < 0.01
    (1, True)
    """
    low = min(float(height.min()), cut) - 1e3
    field = np.pad(np.maximum(height, low), 1, constant_values=low) - cut
    nx, ny = field.shape
    joins: dict[tuple[int, int, int], tuple[int, int, int]] = {}
    inside = field > 0
    busy = inside[:-1, :-1].astype(int) + inside[1:, :-1] + inside[1:, 1:] + inside[:-1, 1:]
    for i, j in np.argwhere((busy > 0) & (busy < 4)).tolist():
        sides = ((0, i, j), (1, i + 1, j), (0, i, j + 1), (1, i, j))  # below, right, above, left
        corners = inside[i, j], inside[i + 1, j], inside[i + 1, j + 1], inside[i, j + 1]
        for k in range(4):  # a piece begins where one goes, counter-clockwise, from inside to outside
            if corners[k] and not corners[(k + 1) % 4]:
                end = next(m for m in (k + 1, k + 2, k + 3) if not corners[m % 4] and corners[(m + 1) % 4])
                joins[sides[k]] = sides[end % 4]
    found = []
    while joins:
        first, at = joins.popitem()
        ring = [first]
        while at != first:
            ring.append(at)
            at = joins.pop(at)
        found.append(np.array([_crossing(field, side) for side in ring]))
    size = np.array([nx - 3, ny - 3])
    ends = np.array([across, up])
    return tuple(ends[:, 0] + np.clip((ring - 1) / size, 0, 1) * (ends[:, 1] - ends[:, 0]) for ring in found)


def _crossing(field: FloatArray, side: tuple[int, int, int]) -> tuple[float, float]:
    along, i, j = side
    a, b = float(field[i, j]), float(field[i + 1, j] if along == 0 else field[i, j + 1])
    share = a / (a - b)
    return (i + share, float(j)) if along == 0 else (float(i), j + share)
