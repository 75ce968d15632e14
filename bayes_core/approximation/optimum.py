"""Where the best q are: every place at which no small step brings a Gaussian nearer to a posterior."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import optimize

from bayes_core.approximation.divergence import Exact, gradient
from bayes_core.checks import FloatArray


@dataclass(frozen=True)
class Best:
    """A q at which a divergence is least nearby, and that divergence in nats."""

    mean: float
    width: float
    kl: float


@dataclass(frozen=True, eq=False)
class Landscape:
    """A divergence over means (M,) and widths (W,): kl is (W, M)."""

    means: FloatArray
    widths: FloatArray
    kl: FloatArray


def landscape(exact: Exact, means: FloatArray, widths: FloatArray, way: str = "reverse") -> Landscape:
    """Return KL(q || p), or KL(p || q) where the way is forward, of every q on a grid."""
    divergence = exact.reverse if way == "reverse" else exact.forward
    return Landscape(means, widths, divergence(means[None, :], widths[:, None]))


def minima(exact: Exact, over: Landscape, way: str = "reverse") -> tuple[Best, ...]:
    """Return the minima of a divergence from left to right.

    Forward there is but one, and it is in closed form: q takes the mean and the sd of p. Backward every dip of the
    grid is followed down to where the gradient ends.
    """
    if way == "forward":
        return (Best(exact.mean, exact.sd, float(exact.forward(exact.mean, exact.sd))),)
    found = [_descended(exact, float(over.means[j]), float(over.widths[i])) for i, j in _dips(over.kl)]
    apart: list[Best] = []
    for one in sorted(found, key=lambda b: b.mean):
        if not any(abs(one.mean - other.mean) < 0.05 * other.width for other in apart):
            apart.append(one)
    return tuple(apart)


def _dips(kl: FloatArray) -> list[tuple[int, int]]:
    """Return the inner cells that are lower than all eight around them."""
    inner = kl[1:-1, 1:-1]
    lower = np.ones(inner.shape, bool)
    for down in (0, 1, 2):
        for right in (0, 1, 2):
            if (down, right) != (1, 1):
                around = kl[down : down + inner.shape[0], right : right + inner.shape[1]]
                lower &= inner <= around
    return [(int(i) + 1, int(j) + 1) for i, j in np.argwhere(lower)]


def _descended(exact: Exact, mean: float, width: float) -> Best:
    unit = exact.target.unit

    def fall(at: FloatArray) -> tuple[float, FloatArray]:
        m, s = unit * at[0], float(np.exp(at[1]))
        by_mean, by_log = gradient(exact.target, m, s)
        return float(exact.reverse(m, s)), -np.array([unit * by_mean, by_log])

    found = optimize.minimize(fall, [mean / unit, np.log(width)], jac=True, method="BFGS", options={"gtol": 1e-7})
    best, spread = unit * float(found.x[0]), float(np.exp(found.x[1]))
    return Best(best, spread, float(exact.reverse(best, spread)))
