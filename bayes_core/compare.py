"""How far an approximation is from the exact answer, and where it is over-confident."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bayes_core.inference.linear_posterior import LinearPosterior
from bayes_core.types import FloatArray, Predictive

OVERCONFIDENT_BELOW = 0.9
"""A band narrower than this share of the exact one is called over-confident."""


@dataclass(frozen=True, eq=False)
class Distance:
    """Gaps at every x (G,): mean_gap and wasserstein in exact posterior sds, sd_ratio approximate over exact."""

    x: FloatArray
    mean_gap: FloatArray
    sd_ratio: FloatArray
    wasserstein: FloatArray

    @property
    def over_confident(self) -> FloatArray:
        """Return the x where the approximation is clearly narrower than the truth."""
        return self.x[self.sd_ratio < OVERCONFIDENT_BELOW]


def distance(predictive: Predictive, exact: LinearPosterior, rows: FloatArray, strata: int = 19) -> Distance:
    r"""Compare function draws f (S, G, 1) with the exact posterior at design rows (G, P).

    The Wasserstein-1 distance is :math:`\int |F^{-1}(u) - G^{-1}(u)|\,du`, on evenly spaced quantiles.
    """
    f = predictive.f[:, :, 0]
    mean, sd = (moment[0] for moment in exact.moments(rows))
    at = (np.arange(strata) + 0.5) / strata
    true = np.array([q[0] for q in exact.quantiles(rows, list(at), tolerance=1e-4)])
    gap = np.abs(np.quantile(f, at, axis=0) - true).mean(0)
    return Distance(predictive.x[:, 0], (f.mean(0) - mean) / sd, f.std(0) / sd, gap / sd)
