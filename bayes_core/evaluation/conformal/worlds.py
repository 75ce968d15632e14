r"""What a conformal band holds where the truth is known: exactly, and counted in repeated worlds.

A `Population` is every day that can be: inputs with their probabilities, what is forecast there, and the truth. The
share of new days inside a band of threshold q is then known exactly, :math:`C(q)`; new days that have changed have
another, :math:`C_d(q)`. The threshold of n calibration days is :math:`C^{-1}(U)` with U ~ Beta(k, n + 1 - k), so that
what their band holds is :math:`C_d(C^{-1}(U))`: its mean and its distribution follow, without a simulation. The
simulation that stands beside it draws days and sorts scores, and knows nothing of that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc, betaincinv

from bayes_core.checks import FloatArray, floats
from bayes_core.evaluation.conformal.numbers import Forecast, edges, scored, share_inside
from bayes_core.evaluation.conformal.threshold import rank

_KNOTS = 600  # thresholds at which C is worked out; straight lines between them
_CERTAIN = 1e-6  # from 0 and from 1, where C ends
_NODES = 400  # quantiles of the beta distribution that a mean is taken over


@dataclass(frozen=True, eq=False)
class Curve:
    """C: the share (Q,) of new days inside, over rising thresholds q (Q,); straight lines between them."""

    q: FloatArray
    share: FloatArray

    def at(self, threshold: ArrayLike) -> FloatArray:
        """Return the share inside bands of these thresholds; an infinite one holds everything."""
        told = np.asarray(threshold, dtype=float)
        return np.where(np.isposinf(told), 1.0, np.interp(told, self.q, self.share))

    def inverse(self, share: ArrayLike) -> FloatArray:
        """Return the thresholds of bands that hold these shares."""
        found: FloatArray = np.interp(np.asarray(share, dtype=float), self.share, self.q)
        return found


@dataclass(frozen=True, eq=False)
class Population:
    """Every day that can be: inputs x (G,), their probabilities (G,), the forecast, the truth's mean and noise (G,).

    `change` (G,) is how much one unit of drift adds to what is seen at each input; calibration days never drift. The
    probabilities are scaled to sum to one.
    """

    x: FloatArray
    probability: FloatArray
    forecast: Forecast
    mean: FloatArray
    noise: FloatArray
    change: FloatArray
    score: str = "absolute"

    def __post_init__(self) -> None:
        """Scale the probabilities."""
        object.__setattr__(self, "probability", self.probability / self.probability.sum())

    def edges(self, threshold: ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Return lower and upper edges (V, G) of the bands of thresholds (V,)."""
        lower, upper = edges(self.forecast, np.asarray(threshold, dtype=float)[:, None], self.score)
        shape = np.broadcast_shapes(lower.shape, (1, len(self.x)))
        return np.broadcast_to(lower, shape), np.broadcast_to(upper, shape)

    def inside(self, lower: FloatArray, upper: FloatArray, drift: ArrayLike = 0.0) -> FloatArray:
        """Return the share (V, G) of days inside bands (V, G), at each input, after drifts (V,) or of one for all."""
        changed = self.mean + np.reshape(np.asarray(drift, dtype=float), (-1, 1)) * self.change
        return share_inside(lower, upper, changed, self.noise)

    def over(self, inside: FloatArray, where: NDArray[np.bool_] | None = None) -> FloatArray:
        """Return the mean (V,) over all days, or over those at some inputs (G,), of what is at each (V, G)."""
        weight = self.probability if where is None else self.probability * where
        total: FloatArray = np.where(weight > 0, inside, 0.0) @ weight / weight.sum()  # a band may have no end
        return total

    def curve(self, drift: float = 0.0, knots: FloatArray | None = None) -> Curve:
        """Return C after a drift, at `knots` or at thresholds that reach from nothing inside to everything."""
        q = self._reach() if knots is None else knots
        return Curve(q, np.maximum.accumulate(self.over(self.inside(*self.edges(q), drift))))

    def _reach(self) -> FloatArray:
        """Return evenly spaced thresholds from where nothing is inside to where everything is."""

        def held(q: float) -> float:
            return float(self.over(self.inside(*self.edges(np.array([q]))))[0])

        size = float(np.abs(scored(self.mean, self.forecast, self.score)).max() + self.noise.max()) or 1.0
        low, high = -size, size
        while held(high) < 1 - _CERTAIN:
            high *= 1.3
        if self.score != "cqr":
            return np.linspace(0.0, high, _KNOTS)
        while held(low) > _CERTAIN:
            low *= 1.3
        return np.linspace(low, high, _KNOTS)

    def draw(self, worlds: int, days: int, seed: int, inputs: Callable[[FloatArray], FloatArray]) -> FloatArray:
        """Return the scores (R, n) of calibration days in repeated worlds, drawn one by one, before any drift.

        `inputs` turns uniform numbers into inputs of days. Between the population's inputs forecast and truth are read
        off straight lines.
        """
        random = np.random.default_rng([seed, 23])
        x = inputs(random.random(worlds * days))
        place = np.interp(x, self.x, np.arange(len(self.x)))
        left = np.minimum(place.astype(int), len(self.x) - 2)
        part = place - left

        def read(values: FloatArray) -> FloatArray:
            between: FloatArray = values[left] + part * (values[left + 1] - values[left])
            return between

        y = read(self.mean) + read(self.noise) * random.standard_normal(len(x))
        seen = self.forecast.mapped(read)
        return scored(y, seen, self.score).reshape(worlds, days)


def mean_held(before: Curve, after: Curve, n: int, level: float) -> float:
    r"""Return the share of new days that a band of n calibration days holds on average over sets of them.

    .. math:: E\,C_d(C^{-1}(U)), \quad U \sim \mathrm{Beta}(k, n + 1 - k)

    which is k / (n + 1) without a drift; 1 where n is too small.
    """
    k = rank(n, level)
    if k > n:
        return 1.0
    if after is before:
        return k / (n + 1)
    return float(after.at(before.inverse(_nodes(k, n))).mean())


@lru_cache(maxsize=1024)  # ranks and numbers of days are few, and every picture asks for the same ones
def _nodes(k: int, n: int) -> FloatArray:
    """Return evenly probable values (_NODES,) of U ~ Beta(k, n + 1 - k)."""
    nodes: FloatArray = betaincinv(k, n + 1 - k, (np.arange(_NODES) + 0.5) / _NODES)
    nodes.setflags(write=False)
    return nodes


def quantiles_held(before: Curve, after: Curve, n: int, level: float, probabilities: ArrayLike) -> FloatArray:
    """Return quantiles of what a band of n calibration days holds, over sets of them; 1 where n is too small."""
    p, k = floats(probabilities, "probabilities"), rank(n, level)
    return np.ones(p.shape) if k > n else after.at(before.inverse(betaincinv(k, n + 1 - k, p)))


def law_held(before: Curve, after: Curve, n: int, level: float, ends: ArrayLike) -> FloatArray:
    """Return the exact probability (B,) that what a band of n calibration days holds lies in each bin, ends (B + 1,).

    What lies below the first bin is in it; a band without end holds everything: the last bin has it all.
    """
    bins, k = floats(ends, "the bins' ends", 1), rank(n, level)
    if k > n:
        return np.concatenate([np.zeros(len(bins) - 2), [1.0]])
    # where C_d is flat many thresholds hold the same: the largest of them counts
    q = np.interp(bins, after.share, after.q)
    reached = np.where(bins >= after.share[-1], 1.0, betainc(k, n + 1 - k, before.at(q)))
    reached[0], reached[-1] = 0.0, 1.0
    return np.diff(reached)


def counted(held: FloatArray, ends: ArrayLike) -> FloatArray:
    """Return how many of the shares held (V, R) lie in each bin, (V, B); what lies below the first one is in it.

    >>> counted(np.array([[0.2, 0.95, 1.0]]), [0.4, 0.9, 1.0])
    array([[1., 2.]])
    """
    bins = floats(ends, "the bins' ends", 1)
    return np.array([np.histogram(np.clip(row, bins[0], bins[-1]), bins)[0] for row in held], dtype=float)
