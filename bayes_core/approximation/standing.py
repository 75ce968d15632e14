"""Anyone's slope as a target, on one footing, and how far a picture of it reaches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.approximation.divergence import Exact
from bayes_core.approximation.targets import LaplaceSlope
from bayes_core.checks import floats
from bayes_core.numerics.rounding import round_ends, round_up, ticks

SCALE = 0.25
"""Of the Laplace prior of a slope between standardised columns, which is a correlation."""
_LEAST = 1e-6  # of a target's sd: less is no error


def standard_slope(x: ArrayLike, y: ArrayLike) -> LaplaceSlope:
    """Return the slope between two columns in sds of each, with the noise that the line of least squares leaves.

    Raises ValueError where a column never varies, or a line meets all of the target.

    >>> slope = standard_slope([1.0, 2, 3, 5], [2.0, 1, 4, 5])
    >>> round(slope.best, 3), round(slope.noise, 3)
    (0.855, 0.733)
    """
    x, y = floats(x, "x", 1), floats(y, "y", 1)
    spread = x.std(), y.std()
    if len(x) < 3 or not spread[0] > 0 or not spread[1] > 0:
        raise ValueError("A slope needs three rows, and an input and a target that both vary; bring such a column.")
    a, b = (x - x.mean()) / spread[0], (y - y.mean()) / spread[1]
    rest = b - (a @ b / (a @ a)) * a
    noise = float(np.sqrt(rest @ rest / (len(a) - 2)))
    if noise < _LEAST:
        raise ValueError("Your target lies on a line without any error; bring values that vary about it.")
    return LaplaceSlope(tuple(a.tolist()), tuple(b.tolist()), noise, SCALE)


@dataclass(frozen=True)
class Reach:
    """How far a picture of a slope reaches: both axes with marks, q's means and widths, decimals, where q begins."""

    x: tuple[float, float]
    marks: tuple[float, ...]
    top: float
    heights: tuple[float, ...]
    means: tuple[float, float]
    widths: tuple[float, float]
    places: int
    start: tuple[float, float]
    peaks: tuple[float, float]

    @classmethod
    def of(cls, exact: Exact) -> Reach:
        """Read a picture's reach off a posterior: six sds about its mean."""
        mean, sd = exact.mean, exact.sd
        x = round_ends(mean - 6 * sd, mean + 6 * sd)
        high = round_up(1.8 * float(exact.density.max()))
        places = int(np.ceil(-np.log10(sd))) + 2
        means = (round(mean - 4 * sd, places), round(mean + 4 * sd, places))
        widths = (float(f"{0.25 * sd:.3g}"), float(f"{4 * sd:.3g}"))
        start = (round(mean + 2 * sd, places), float(f"{0.6 * sd:.3g}"))
        peaks = (mean - sd, mean + sd)
        return cls(x, ticks(*x), high, ticks(0.0, high)[:-1], means, widths, max(places, 2), start, peaks)
