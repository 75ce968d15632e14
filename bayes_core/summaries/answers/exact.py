"""The exact posterior of a linear model as an answer: closed forms, and fixed draws for what is shown as draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.inference.exact import fixed_randomness
from bayes_core.inference.linear_posterior import LinearPosterior
from bayes_core.models import Linear
from bayes_core.numerics.draws import ellipses
from bayes_core.summaries.answers.protocol import MarginalDensity, told_at
from bayes_core.types import Pointwise

_JOINT_DRAWS = 600


@dataclass(frozen=True, eq=False)
class Exact:
    """A LinearPosterior read through its model; members and joint outlines come from draws that a seed fixes.

    `tolerance` is that of quantiles, in posterior sds.
    """

    posterior: LinearPosterior
    model: Linear
    seed: int = 0
    tolerance: float = 1e-7
    trusted: None = None

    @cached_property
    def _weights(self) -> FloatArray:
        """Return draws of the weights (V, S, P), from the same random numbers at every position."""
        uniform, normal = fixed_randomness(_JOINT_DRAWS, len(self.posterior.spectrum.scale), self.seed)
        return self.posterior.weight_draws(self.posterior.sigma_draws(uniform), normal)

    def at(self, x: FloatArray) -> Pointwise:
        """Return the closed forms at x (G, D)."""
        return self.posterior.at(self.model.design(x), self.tolerance)

    def members(self, x: FloatArray, count: int) -> FloatArray:
        """Return independent posterior functions (V, M, G)."""
        members: FloatArray = self._weights[:, :count] @ self.model.design(x).T
        return members

    def parameters(self, count: int) -> Mapping[str, FloatArray]:
        """Return the weights of the members."""
        weights = self._weights[:, :count]
        return {"intercept": weights[:, :, 0], "coef": weights[:, :, 1:]}

    def moments(self, name: str) -> tuple[FloatArray, FloatArray]:
        """Return mean and sd (V,); before any data sigma, a half-Cauchy, has neither (NaN)."""
        if name != "sigma":
            mean, sd = self.posterior.moments(self._row(name)[None, :])
            return mean[:, 0], sd[:, 0]
        if not self.posterior.seen.rows:
            nothing = np.full(len(self.posterior.width), np.nan)
            return nothing, nothing
        return self.posterior.sigma_moments()

    def marginal(self, name: str, grid: FloatArray, level: float = 0.9) -> MarginalDensity:
        """Return the closed-form marginal, without Monte-Carlo error."""
        if name == "sigma":
            density = self.posterior.sigma_density(grid)
            quantiles = np.array(self.posterior.sigma_quantiles(told_at(level)))
        else:
            row = self._row(name)
            density = self.posterior.density(row, grid)
            quantiles = np.array(self.posterior.quantiles(row[None], told_at(level), tolerance=1e-5))[:, :, 0]
        none = np.zeros(len(density))
        return MarginalDensity(grid, density, *self.moments(name), none, quantiles, np.zeros_like(quantiles))

    def joint(self, pair: tuple[str, str], levels: Sequence[float]) -> tuple[FloatArray, ...]:
        """Return outlines (V, L, 2) for two weights."""
        columns = [int(self._row(name).argmax()) for name in pair]
        return ellipses(self._weights[:, :, columns], levels)

    def _row(self, name: str) -> FloatArray:
        row = np.zeros(len(self.posterior.spectrum.scale))
        row[0 if name == "intercept" else 1 + int(name.removeprefix("coef[").removesuffix("]"))] = 1.0
        return row
