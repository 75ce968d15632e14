"""Several models at once: how probable each is, how to mix their predictions, and the band of the average."""

from __future__ import annotations

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.complexity.ladder import Ladder, Rung
from bayes_core.numerics import mixture

_RARE = 1e-4  # of the average: a part this small moves no 90 % band that is drawn
_STEPS = 4000


def probabilities(log_evidence: FloatArray) -> FloatArray:
    """Return posterior probabilities (D, V) of models that were equally probable before, given log evidence (D, V).

    >>> probabilities(np.array([[-60.0], [-60.0 + np.log(3)]])).round(3).ravel()
    array([0.25, 0.75])
    """
    share = np.exp(log_evidence - log_evidence.max(0))
    each: FloatArray = share / share.sum(0)
    return each


def stacking(left_out: FloatArray, tolerance: float = 1e-3) -> FloatArray:
    r"""Return the weights (D, V) whose mixture predicts rows left out best, given their log densities (D, V, N).

    .. math:: \max_w \tfrac1N \sum_i \log \sum_d w_d\, p(y_i \mid y_{-i}, d), \qquad w_d \ge 0,\ \sum_d w_d = 1

    by expectation maximisation from equal weights, until the mean log density is within `tolerance` of its highest: it
    is concave, so :math:`\max_d g_d - 1` bounds what is missing, with :math:`g_d = \text{mean}_i\,(p_{id} / p_i)`.
    Source: Yao, Vehtari, Simpson and Gelman (2018), Using stacking to average Bayesian predictive distributions.

    >>> good, bad = np.log([0.5, 0.4, 0.6]), np.log([0.1, 0.2, 0.1])
    >>> stacking(np.array([[good], [bad]])).round(3).ravel()
    array([0.999, 0.001])
    """
    density = np.exp(left_out - left_out.max(0)).transpose(1, 0, 2)
    weight = np.full(density.shape[:2], 1 / density.shape[1])
    for _ in range(_STEPS):
        gain = (density / np.einsum("vd,vdn->vn", weight, density)[:, None]).mean(-1)
        if float(gain.max()) - 1 < tolerance:
            break
        weight = weight * gain
    return np.where(weight < _RARE, 0.0, weight).T


def average_band(
    ladder: Ladder, rungs: tuple[Rung, ...], share: FloatArray, x: FloatArray, ends: tuple[float, float]
) -> tuple[FloatArray, FloatArray]:
    """Return the quantiles `ends` (V, G) of the curve at x (G,), every model's weighed by its share (D, V)."""
    parts = []
    for rung, part in zip(rungs, share, strict=True):
        centre, spread = rung.posterior.nodes(ladder.columns(x, rung.size))
        parts.append((part[:, None] * rung.posterior.node_weight, centre, spread))
    weight = np.concatenate([one[0] for one in parts], axis=1)
    centre = np.concatenate([one[1] for one in parts], axis=2)
    spread = np.concatenate([one[2] for one in parts], axis=2)
    lower, upper = np.empty((2, *centre.shape[:2]))
    for at, each in enumerate(weight):
        kept = each > _RARE / len(each) * 10
        known = each[kept] / each[kept].sum()
        lower[at], upper[at] = mixture.quantiles(ends, known[None], centre[at][:, kept], spread[at][:, kept], 1e-3)
    return lower, upper
