"""Bayes' theorem on any list of hypotheses, and the odds that it multiplies."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.checks import FloatArray


def posterior(log_prior: ArrayLike, log_likelihood: ArrayLike) -> FloatArray:
    r"""Return p(hypothesis | evidence) (..., K) from log priors and log likelihoods (..., K).

    .. math:: p_k = \pi_k L_k / \textstyle\sum_j \pi_j L_j

    Works in logs, so that a thousand pieces of evidence do no harm. Raises ValueError where all terms are zero.

    >>> posterior(np.log([0.01, 0.99]), np.log([0.8, 0.096])).round(5)
    array([0.07764, 0.92236])
    """
    total = np.asarray(log_prior, dtype=float) + np.asarray(log_likelihood, dtype=float)
    peak = total.max(-1, keepdims=True)
    if not np.isfinite(peak).all():
        raise ValueError(
            "every hypothesis is impossible given this evidence: at least one prior x likelihood must be > 0"
        )
    weight = np.exp(total - peak)
    share: FloatArray = weight / weight.sum(-1, keepdims=True)
    return share


def odds(share: ArrayLike) -> FloatArray:
    r"""Return the odds :math:`p / (1 - p)` of probabilities (...,): infinite for certainty, NaN for NaN.

    >>> odds([0.01, 0.75, 1.0]).round(4)
    array([0.0101, 3.    ,    inf])
    """
    p = np.asarray(share, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio: FloatArray = np.asarray(p / (1 - p))
    return ratio


def log_odds(share: ArrayLike) -> FloatArray:
    """Return log10 of the odds, kept within twelve tens either way.

    >>> log_odds(np.array([0.5, 0.0]))
    array([  0., -12.])
    """
    p = np.asarray(share, dtype=float)
    with np.errstate(divide="ignore"):
        value: FloatArray = np.clip(np.log10(p) - np.log10(1 - p), -12, 12)
    return value
