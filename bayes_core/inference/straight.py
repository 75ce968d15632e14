r"""A posterior along a straight line of design rows: asked at a few places, and read off everywhere between.

Along rows :math:`r_0 + t\,(r_1 - r_0)` the mean of f is straight, and its variance a parabola in t, least at some c
and twice that at :math:`c \pm s`. A quantile in sds from the mean is a smooth function of the direction in which the
weights are seen, that is of the angle :math:`\arctan((t - c) / s)`, over which Chebyshev's polynomials converge fast.
How fast is seen in the last coefficients: a position where they do not vanish is asked at every row. Source: Trefethen
(2013), Approximation Theory and Approximation Practice, chapters 3 and 8.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray

_PLACES = 17
_LAST = 3  # coefficients that tell the error; every other one vanishes where a function is even or odd
_STRAIGHT = 1e-12  # of the longest row: what rounding leaves
_AT = np.cos(np.pi * np.arange(_PLACES) / (_PLACES - 1))


@dataclass(frozen=True, eq=False)
class Line:
    """Rows (G, P) between the first and the last of them, at `at` (G,) of the way."""

    rows: FloatArray
    at: FloatArray

    @classmethod
    def through(cls, rows: FloatArray) -> Line | None:
        """Return the line on which rows lie; None where they lie on none, or are too few to be worth it."""
        if len(rows) <= 2 * _PLACES:
            return None
        off, way = rows - rows[0], rows[-1] - rows[0]
        at = off @ way / max(float(way @ way), 1e-300)
        straight = np.abs(off - at[:, None] * way).max() <= _STRAIGHT * np.abs(rows).max()
        return cls(rows, at) if straight and at.min() >= 0 and at.max() <= 1 else None

    def between(self, at: FloatArray) -> FloatArray:
        """Return the rows (..., P) at some parts of the way."""
        first, last = self.rows[0], self.rows[-1]
        return np.asarray((1 - at)[..., None] * first + at[..., None] * last, float)

    def read(
        self, mean: FloatArray, variance: FloatArray, ask: Callable[[FloatArray], FloatArray]
    ) -> tuple[FloatArray, FloatArray]:
        """Return quantiles (Q, V, G) and about their error (V,), in sds, or as a share of what is less than an sd.

        mean and variance (V, 3) are those at the first row, half-way and at the last one; ask(rows (V, n, P)) says what
        the quantiles (Q, V, n) are.
        """
        angle = _Angle.of(variance)
        places = angle.places()
        asked = (ask(self.between(places)) - _straight(mean, places)) / np.sqrt(_bent(variance, places))
        coefficients = np.moveaxis(asked, 0, 1) @ _TO_COEFFICIENTS
        at = np.broadcast_to(self.at, (len(mean), len(self.at)))
        z = coefficients @ _polynomials(angle.of_places(at))
        quantiles = _straight(mean, at) + np.sqrt(_bent(variance, at)) * np.moveaxis(z, 1, 0)
        sizes = np.abs(coefficients)
        return quantiles, sizes[..., -_LAST:].max((1, 2)) / np.minimum(sizes.max((1, 2)), 1.0)


@dataclass(frozen=True, eq=False)
class _Angle:
    """The angle under which the way is seen from beside it: from where, and how far away, (V, 1) each."""

    centre: FloatArray
    far: FloatArray

    @classmethod
    def of(cls, variance: FloatArray) -> _Angle:
        """Return the angle over which a variance (V, 3) is the square of a secant; any near it converges too."""
        first, half, last = variance.T[:, :, None]
        bend = np.maximum(2 * (first - 2 * half + last), 1e-9 * half)
        centre = np.clip(0.5 - 0.5 * (last - first) / bend, -9.0, 10.0)
        far = np.sqrt(np.maximum(half / bend - (0.5 - centre) ** 2, 0.0))
        return cls(centre, np.clip(far, 1e-4, 10.0))

    def _ends(self) -> tuple[FloatArray, FloatArray]:
        first, last = (np.arctan((end - self.centre) / self.far) for end in (0.0, 1.0))
        return 0.5 * (first + last), 0.5 * (last - first)

    def places(self) -> FloatArray:
        """Return the parts of the way (V, n) at Chebyshev's points of the angle, from the last row to the first."""
        middle, half = self._ends()
        places = self.centre + self.far * np.tan(middle + half * _AT)
        places[:, 0], places[:, -1] = 1.0, 0.0
        return np.clip(places, 0.0, 1.0)

    def of_places(self, at: FloatArray) -> FloatArray:
        """Return the angle at parts of the way (V, G), from -1 to 1."""
        middle, half = self._ends()
        return np.clip((np.arctan((at - self.centre) / self.far) - middle) / half, -1.0, 1.0)


def _straight(ends: FloatArray, at: FloatArray) -> FloatArray:
    """Return what is straight in between (V, n)."""
    return np.asarray(ends[:, :1] * (1 - at) + ends[:, 2:] * at, float)


def _bent(values: FloatArray, at: FloatArray) -> FloatArray:
    """Return the parabola (V, n) through three values (V, 3)."""
    first, half, last = values.T[:, :, None]
    parabola = first * (1 - 2 * at) * (1 - at) + 4 * half * at * (1 - at) + last * at * (2 * at - 1)
    return np.asarray(np.maximum(parabola, 1e-300), float)


def _polynomials(at: FloatArray) -> FloatArray:
    """Return Chebyshev's polynomials (V, n, G) at values (V, G)."""
    found = np.empty((len(at), _PLACES, at.shape[1]))
    found[:, 0], found[:, 1], twice = 1.0, at, 2 * at
    for order in range(2, _PLACES):
        np.multiply(twice, found[:, order - 1], out=found[:, order])
        found[:, order] -= found[:, order - 2]
    return found


def _to_coefficients() -> FloatArray:
    """Return the matrix (n, n) that turns values at Chebyshev's points into coefficients."""
    matrix = 2 / (_PLACES - 1) * np.cos(np.pi * np.outer(np.arange(_PLACES), np.arange(_PLACES)) / (_PLACES - 1))
    matrix[[0, -1]] /= 2
    matrix[:, [0, -1]] /= 2
    return np.asarray(matrix, float)


_TO_COEFFICIENTS = _to_coefficients()
