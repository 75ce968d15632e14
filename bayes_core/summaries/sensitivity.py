"""What existing draws say about a nearby prior or nearby data: Pareto-smoothed importance reweighting."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.numerics.positions import unbroken

WORST_PARETO_K = 0.7
"""Above this, importance weights are not to be trusted (Vehtari et al. 2024, Pareto smoothed importance sampling)."""

FEWEST_EFFECTIVE = 200.0
"""Below this many effective draws a 90 % band is visibly rough even when k looks good."""

_FEWEST_TO_SMOOTH = 10.0


@dataclass(frozen=True, eq=False)
class Reweighting:
    """Normalised weights (V, S) for existing draws, with Pareto k (V,) and effective draws (V,)."""

    weight: FloatArray
    pareto_k: FloatArray
    effective: FloatArray

    def trusted(self, home: int) -> tuple[int, int]:
        """Return the first and last position of the unbroken run around `home` where the weights can be trusted."""
        good = (self.pareto_k < WORST_PARETO_K) & (self.effective >= min(FEWEST_EFFECTIVE, self.effective[home]))
        return unbroken(good, home)


def reweight(log_ratio: FloatArray) -> Reweighting:
    r"""Return Pareto-smoothed weights for log importance ratios (V, S), :math:`\log p_v(\theta_s) - \log p(\theta_s)`.

    A position whose ratios are all equal (nothing changed) has k = -inf and equal weights.
    """
    from arviz_stats.base import array_stats  # noqa: PLC0415 (paid for only by those who reweight)

    positions, draws = log_ratio.shape
    weight = np.full((positions, draws), 1 / draws)
    pareto_k = np.full(positions, -np.inf)
    for v, row in enumerate(log_ratio):
        if np.ptp(row) <= 1e-12:
            continue
        weight[v] = np.exp(row - row.max())
        pareto_k[v] = np.inf
        if weight[v].sum() ** 2 / (weight[v] ** 2).sum() < _FEWEST_TO_SMOOTH:
            continue  # a handful of draws carries everything: no tail to fit, and nothing to trust
        # arviz-stats takes the log *likelihood* to be left out, which is minus the log ratio
        smooth, k = array_stats.psislw(-row)
        weight[v], pareto_k[v] = np.exp(smooth), float(k)
    weight /= weight.sum(1, keepdims=True)
    return Reweighting(weight, pareto_k, 1 / (weight**2).sum(1))
