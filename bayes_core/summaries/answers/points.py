"""One setting of the parameters at each position, such as a mode: a credible band without width."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.intervals import Kind
from bayes_core.likelihoods import Gaussian, Heteroscedastic
from bayes_core.models.base import GAUSSIAN
from bayes_core.numerics.draws import density
from bayes_core.summaries.answers.protocol import MarginalDensity
from bayes_core.types import Model, column


@dataclass(frozen=True, eq=False)
class PointsAt:
    """f and the noise (V, G) at every x: a new y is one Gaussian."""

    f: FloatArray
    sd: FloatArray

    def quantiles(self, probabilities: Sequence[float], kind: Kind = "function") -> tuple[FloatArray, ...]:
        """Return f itself, or the quantiles of N(f, sd^2), P times (V, G)."""
        if kind == "function":
            return (self.f,) * len(probabilities)
        return tuple(self.f + NormalDist().inv_cdf(p) * self.sd for p in probabilities)

    def mean(self) -> FloatArray:
        """Return f (V, G)."""
        return self.f


@dataclass(frozen=True, eq=False)
class Points:
    """Parameters {site: (V, ...)} and noise (V,), one of each at a position, with the model that reads them.

    y is one Gaussian around f, the same everywhere or `Heteroscedastic`.
    """

    model: Model
    values: Mapping[str, FloatArray]
    noise: FloatArray
    trusted: None = None
    likelihood: Gaussian | Heteroscedastic = GAUSSIAN

    def at(self, x: FloatArray) -> PointsAt:
        """Return f and the noise around it at x (G, D)."""
        f = self.model.functions(self.values, x)
        return PointsAt(self.likelihood.mean(f), self.likelihood.level(f, self.noise[:, None]))

    def members(self, x: FloatArray, count: int) -> FloatArray:
        """Return the one curve that there is, (V, 1, G)."""
        return self.at(x).f[:, None, :]

    def parameters(self, count: int) -> Mapping[str, FloatArray]:
        """Return the one setting that there is, {site: (V, 1, ...)}."""
        return {site: values[:, None] for site, values in self.values.items()}

    def moments(self, name: str) -> tuple[FloatArray, FloatArray]:
        """Return the value itself and an sd of 0."""
        return column(name, self.values, self.noise), np.zeros(len(self.noise))

    def marginal(self, name: str, grid: FloatArray, level: float = 0.9) -> MarginalDensity:
        """Return a spike, one cell of the grid wide."""
        value, none = self.moments(name)
        same = np.tile(value, (3, 1))
        spikes = np.array([density(v[None], grid) for v in value])
        return MarginalDensity(grid, spikes, value, none, none, same, np.zeros_like(same))

    def joint(self, pair: tuple[str, str], levels: Sequence[float]) -> tuple[FloatArray, ...]:
        """Return the point twice, (V, 2, 2), for every level: an outline that holds everything."""
        point = np.stack([column(name, self.values, self.noise) for name in pair], axis=1)
        return (np.repeat(point[:, None, :], 2, axis=1),) * len(levels)
