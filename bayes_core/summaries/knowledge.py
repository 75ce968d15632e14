"""Where a curve is known and where it is not: nested bands, the surest places, and where to measure next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.inference.linear_posterior import LinearPosterior
from bayes_core.intervals import tails


@dataclass(frozen=True, eq=False)
class Knowledge:
    """An exact posterior over curves at G places, for one data set: mean and sd (G,), bands {level: (lower, upper)}.

    factor (G, P) makes curves: mean + factor @ z for standard normal z (P,).
    """

    mean: FloatArray
    sd: FloatArray
    bands: dict[float, tuple[FloatArray, FloatArray]]
    factor: FloatArray

    @classmethod
    def of(cls, answer: LinearPosterior, rows: FloatArray, levels: tuple[float, ...]) -> Knowledge:
        """Read off an exact answer at design rows (G, P). Raises ValueError where its noise is unknown."""
        mean, sd = (moment[0] for moment in answer.moments(rows))
        ends = answer.quantiles(rows, [p for level in levels for p in tails(level)])
        bands = {level: (ends[2 * k][0], ends[2 * k + 1][0]) for k, level in enumerate(levels)}
        return cls(mean, sd, bands, answer.factor(rows)[0])

    @property
    def most_informative(self) -> int:
        r"""Return the place where one more measurement tells most: the widest one, its noise being the same everywhere.

        .. math:: \tfrac12 \log\big(1 + s^2(x) / \sigma^2\big)

        nats about the curve. Source: MacKay (1992), Information-based objective functions for active data selection.
        """
        return int(self.sd.argmax())

    def surest(self, margin: int = 0) -> int:
        """Return the place where the curve is known best, `margin` places away from either end."""
        return margin + int(self.sd[margin : len(self.sd) - margin].argmin())

    def least_sure(self, margin: int = 0) -> int:
        """Return the place where the curve is known least, `margin` places away from either end."""
        return margin + int(self.sd[margin : len(self.sd) - margin].argmax())

    def width(self, level: float) -> FloatArray:
        """Return how wide (G,) a band is."""
        lower, upper = self.bands[level]
        return upper - lower


def turns(members: int, size: int, seed: int) -> FloatArray:
    """Return two standard normals (members, 2, P) for each curve: cos(t) a + sin(t) b is again one at every angle t."""
    return np.random.default_rng(seed).standard_normal((members, 2, size))
