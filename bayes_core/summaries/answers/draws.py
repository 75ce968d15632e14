"""A fit's draws as an answer: under equal weights where they were made, reweighted at other positions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.likelihoods import one_gaussian
from bayes_core.numerics.draws import density, ellipses, weighted_quantiles
from bayes_core.summaries.answers.function_draws import Weighted, placed
from bayes_core.summaries.answers.protocol import MarginalDensity, told_at
from bayes_core.summaries.sensitivity import Reweighting, reweight
from bayes_core.types import Fit, column


@dataclass(frozen=True, eq=False)
class Draws:
    """A Fit's S draws under weights (T, S) at the positions from `first` on among `size`.

    shock (S,) are the standard normals of a new y. Members are drawn by lot, from the generator's seed `lot` and the
    same at every position; without it they are picked evenly along the cumulative weight, so that they rarely jump.
    `worth` is what was found out about reweighting at all positions: Pareto k and the effective draws.
    """

    fit: Fit
    weight: FloatArray
    shock: FloatArray
    size: int = 1
    first: int = 0
    lot: tuple[int, ...] | None = None
    worth: Reweighting | None = None

    @classmethod
    def reweighted(
        cls, fit: Fit, log_ratio: FloatArray, home: int, shock: FloatArray, lot: tuple[int, ...] | None = None
    ) -> Draws:
        """Reweight by log ratios (V, S) where Pareto k and the effective draws allow it; `home` has equal weights."""
        told = reweight(log_ratio)
        first, last = told.trusted(home)
        return cls(fit, told.weight[first : last + 1], shock, len(log_ratio), first, lot, told)

    @property
    def trusted(self) -> tuple[int, int]:
        """Return the first and last position that the draws may answer for."""
        return self.first, self.first + len(self.weight) - 1

    @property
    def pareto_k(self) -> FloatArray:
        """Return Pareto k at every position, (V,): minus infinity where nothing was reweighted."""
        return self.worth.pareto_k if self.worth else np.full(self.size, -np.inf)

    @property
    def effective(self) -> FloatArray:
        """Return the effective number of draws at every position, (V,)."""
        return self.worth.effective if self.worth else np.full(self.size, float(len(self.fit.noise)))

    def at(self, x: FloatArray) -> Weighted:
        """Return the function draws at x (G, D) with their noise and weights."""
        refuse_several(self.fit)
        f, sd = self.fit.moments(x)
        return Weighted(f, sd, self.weight, self.shock, self.size, self.first)

    def members(self, x: FloatArray, count: int) -> FloatArray:
        """Return some of the drawn functions (V, M, G)."""
        chosen = self._chosen(count)
        few, place = np.unique(chosen, return_inverse=True)
        f = thinned(self.fit, few).curve(x)
        return self._placed(f[place.reshape(chosen.shape)])

    def parameters(self, count: int) -> Mapping[str, FloatArray]:
        """Return the draws {site: (V, M, ...)} behind the members."""
        chosen = self._chosen(count)
        return {site: self._placed(values[chosen]) for site, values in self.fit.draws.items()}

    def moments(self, name: str) -> tuple[FloatArray, FloatArray]:
        """Return weighted mean and sd (V,)."""
        values = column(name, self.fit.draws, self.fit.noise)
        mean = self.weight @ values
        # centred first: a difference of two squares loses every digit far from zero
        sd = np.sqrt((self.weight * (values - mean[:, None]) ** 2).sum(1))
        return self._placed(mean), self._placed(sd)

    def marginal(self, name: str, grid: FloatArray, level: float = 0.9) -> MarginalDensity:
        """Return a kernel estimate; its Monte-Carlo error counts effective draws, of the chain and of the weights."""
        values = column(name, self.fit.draws, self.fit.noise)
        mean, sd = self.moments(name)
        total = len(values)
        share = min(self.fit.diagnostics.ess_bulk.get(name, float(total)) / total, 1.0)
        effective = self._placed(1 / (self.weight**2).sum(1))
        curves = self._placed(np.array([density(values, grid, weight) for weight in self.weight]))
        quantiles = np.array(weighted_quantiles(values[:, None], self.weight, told_at(level)))[:, :, 0]
        errors = [
            self._quantile_errors(values, p, share)[:, 0] if sd[self.first] > 0 else np.zeros(len(self.weight))
            for p in told_at(level)
        ]
        ends, wrong = (np.array([self._placed(row) for row in rows]) for rows in (quantiles, errors))
        return MarginalDensity(grid, curves, mean, sd, sd / np.sqrt(effective * share), ends, wrong)

    def _quantile_errors(self, values: FloatArray, probability: float, share: float) -> FloatArray:
        """Return how far a quantile moves by one Monte-Carlo sd of the share below it, (T, 1)."""
        found = []
        for weight in self.weight:
            by = np.sqrt(probability * (1 - probability) * (weight**2).sum() / share)
            around = (max(probability - by, 0.0), min(probability + by, 1.0))
            low, high = weighted_quantiles(values[:, None], weight[None], around)
            found.append(0.5 * (high - low)[0])
        return np.array(found)

    def joint(self, pair: tuple[str, str], levels: Sequence[float]) -> tuple[FloatArray, ...]:
        """Return outlines (V, L, 2) of the weighted draws of two parameters."""
        pairs = np.stack([column(name, self.fit.draws, self.fit.noise) for name in pair], axis=1)
        everywhere = np.broadcast_to(pairs, (len(self.weight), *pairs.shape))
        return tuple(map(self._placed, ellipses(everywhere, levels, self.weight)))

    def _chosen(self, count: int) -> FloatArray:
        """Return which draws are members, (T, M)."""
        if self.lot is not None:
            total = len(self.fit.noise)
            by_lot = np.random.default_rng(self.lot).choice(total, count, replace=total < count)
            return np.broadcast_to(by_lot, (len(self.weight), count))
        at = (np.arange(count) + 0.5) / count
        below = np.cumsum(self.weight, axis=1)
        return np.array([np.searchsorted(b / b[-1], at) for b in below])

    def _placed(self, values: FloatArray) -> FloatArray:
        return placed(values, self.size, self.first)


def refuse_several(fit: Fit) -> None:
    """Raise ValueError where one draw says more of y than a single Gaussian: fixed random numbers would miss it."""
    if not one_gaussian(fit.question.likelihood):
        raise ValueError(
            f"a draw of {fit.question.likelihood} is no single Gaussian, and nothing is reweighted along a handle "
            "there: take summary.band(predict(fit, x))"
        )


def thinned(fit: Fit, keep: FloatArray | NDArray[np.intp] | slice) -> Fit:
    """Return a fit with some of its draws only; what it says about itself is of all of them."""
    draws, stats = ({name: values[keep] for name, values in told.items()} for told in (fit.draws, fit.stats))
    return replace(fit, draws=draws, noise=fit.noise[keep], stats=stats)
