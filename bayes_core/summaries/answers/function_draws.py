"""Function draws at some inputs as marginals: all of one weight, or under weights at every position of a handle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.intervals import Kind
from bayes_core.numerics import mixture
from bayes_core.numerics.draws import weighted_quantiles


def placed(values: FloatArray, size: int, first: int) -> FloatArray:
    """Return values (T, ...) as those from position `first` on among `size`; all others have no answer (NaN).

    >>> placed(np.array([3.0, 5.0]), 4, 1)
    array([nan,  3.,  5., nan])
    """
    if len(values) == size:
        return values
    wide = np.full((size, *values.shape[1:]), np.nan)
    wide[first : first + len(values)] = values
    return wide


@dataclass(frozen=True, eq=False)
class Equal:
    """Function draws f (S, G) and their noise (S, G), all of one weight and at one position (V = 1)."""

    f: FloatArray
    sd: FloatArray

    def quantiles(self, probabilities: Sequence[float], kind: Kind = "function") -> tuple[FloatArray, ...]:
        r"""Return quantiles (1, G) of the draws, or of the mixture :math:`\frac1S \sum_s N(f_s, \sigma_s^2)` itself."""
        if kind == "function":
            return tuple(np.quantile(self.f, probabilities, axis=0)[:, None])
        weight = np.full((1, len(self.f)), 1 / len(self.f))
        return tuple(q[None] for q in mixture.quantiles(probabilities, weight, self.f.T, self.sd.T))

    def mean(self) -> FloatArray:
        """Return the mean of f, (1, G)."""
        mean: FloatArray = self.f.mean(0, keepdims=True)
        return mean


@dataclass(frozen=True, eq=False)
class Mixed:
    """Curves f (S, G), all of one weight, around which y is a mixture: share, mean and sd (S, G, M) of components."""

    f: FloatArray
    share: FloatArray
    component: FloatArray
    sd: FloatArray

    def quantiles(self, probabilities: Sequence[float], kind: Kind = "function") -> tuple[FloatArray, ...]:
        r"""Return quantiles (1, G) of the curves, or of y, :math:`\frac1S \sum_{sm} \pi_{sm} N(\mu_{sm}, s_{sm}^2)`."""
        if kind == "function":
            return tuple(np.quantile(self.f, probabilities, axis=0)[:, None])
        share, component, sd = (
            part.swapaxes(0, 1).reshape(self.f.shape[1], -1) for part in (self.share, self.component, self.sd)
        )
        return tuple(q[None] for q in mixture.quantiles(probabilities, share / len(self.f), component, sd))

    def mean(self) -> FloatArray:
        """Return the mean of the curves, (1, G)."""
        mean: FloatArray = self.f.mean(0, keepdims=True)
        return mean


@dataclass(frozen=True, eq=False)
class Weighted:
    """Function draws f (S, G), their noise (S, G) or (S, 1), under weights (T, S) at positions first, first + 1, ...

    A new y is f plus the noise times fixed random numbers, shock (S,): the band glides, and V positions cost little.
    """

    f: FloatArray
    sd: FloatArray
    weight: FloatArray
    shock: FloatArray
    size: int
    first: int

    def quantiles(self, probabilities: Sequence[float], kind: Kind = "function") -> tuple[FloatArray, ...]:
        """Return weighted quantiles (V, G) of f, or of f plus noise."""
        values = self.f if kind == "function" else self.f + self.sd * self.shock[:, None]
        found = weighted_quantiles(values, self.weight, probabilities)
        return tuple(placed(part, self.size, self.first) for part in found)

    def mean(self) -> FloatArray:
        """Return the weighted mean of f, (V, G)."""
        return placed(self.weight @ self.f, self.size, self.first)

    def noise(self, probabilities: Sequence[float]) -> FloatArray:
        """Return weighted quantiles of the noise, (V, P, G) for P probabilities."""
        level = np.stack(weighted_quantiles(self.sd, self.weight, probabilities), axis=1)
        return placed(np.broadcast_to(level, (*level.shape[:2], self.f.shape[1])), self.size, self.first)
