"""How far an approximation is from the exact or the sampled answer, and where it is over-confident."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.inference.linear_posterior import LinearPosterior
from bayes_core.types import Fit, Predictive

BELOW_EXACT, BELOW_SAMPLED = 0.9, 0.8
"""A band narrower than this share of the truth is called over-confident; a sampled truth has an error of its own."""


@dataclass(frozen=True, eq=False)
class Distance:
    """Gaps at every x (G,): mean_gap and wasserstein in the true posterior's sds, sd_ratio approximate over true."""

    mean_gap: FloatArray
    sd_ratio: FloatArray
    wasserstein: FloatArray
    narrow: float

    @property
    def over_confident_share(self) -> float:
        """Return the share of the places where the approximation is over-confident."""
        return len(self.over_confident) / len(self.sd_ratio)

    @property
    def over_confident(self) -> tuple[int, ...]:
        """Return the grid points where the approximation's sd is less than `narrow` times the truth's."""
        return tuple(int(i) for i in np.flatnonzero(self.sd_ratio < self.narrow))

    @property
    def overall(self) -> float:
        """Return the mean Wasserstein distance over the places, in the true posterior's sds."""
        return float(self.wasserstein.mean())

    @property
    def largest_gap(self) -> float:
        """Return the largest distance of the means, in the true posterior's sds."""
        return float(np.abs(self.mean_gap).max())

    @property
    def widths(self) -> tuple[float, float]:
        """Return the smallest and the largest ratio of the sds."""
        return float(self.sd_ratio.min()), float(self.sd_ratio.max())


def distance(predictive: Predictive, exact: LinearPosterior, rows: FloatArray, strata: int = 19) -> Distance:
    r"""Compare function draws f (S, G, 1) with the exact posterior at design rows (G, P).

    The Wasserstein-1 distance is :math:`\int |F^{-1}(u) - G^{-1}(u)|\,du`, on evenly spaced quantiles.
    """
    f = predictive.f[:, :, 0]
    mean, sd = (moment[0] for moment in exact.moments(rows))
    at = (np.arange(strata) + 0.5) / strata
    true = np.array([q[0] for q in exact.quantiles(rows, list(at), tolerance=1e-4)])
    gap = np.abs(np.quantile(f, at, axis=0) - true).mean(0)
    return Distance((f.mean(0) - mean) / sd, f.std(0) / sd, gap / sd, BELOW_EXACT)


def between(fit: Fit, reference: Fit, x: FloatArray) -> Distance:
    """Compare a fit's function values with those of a sampled reference at inputs x (G, D)."""
    one, other = (np.sort(some.model.functions(some.draws, x)[:, :, 0], axis=0) for some in (fit, reference))
    at = (np.arange(500) + 0.5) / 500
    far = np.abs(np.quantile(one, at, axis=0) - np.quantile(other, at, axis=0)).mean(0)
    sd = other.std(0)
    return Distance((one.mean(0) - other.mean(0)) / sd, one.std(0) / sd, far / sd, BELOW_SAMPLED)
