"""Many logistic or softmax regressions at once: their log density of the same rows, and proposals weighed by it."""

from __future__ import annotations

from typing import Any

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.likelihoods import Categorical

_BLOCK = 1 << 18  # logits in work at once
_TOGETHER = 19  # rows whose odds, up to a hundred each, are multiplied before a logarithm of the product is taken


def weighed(
    design: FloatArray, y: FloatArray, likelihood: Categorical, centre: FloatArray, axes: FloatArray,
    z: FloatArray, freedom: float, width: float,
) -> tuple[FloatArray, FloatArray]:  # fmt: skip
    r"""Return the logs of proposals' weights (S,), up to a constant, and the proposals (S, P), of z (S, P) from a t.

    .. math:: \theta = c + A z, \quad z \sim t_\nu(0, I), \qquad
       w = p(y \mid \theta)\, N(\theta; 0, \text{width}^2) \,/\, t_\nu(z)
    """
    theta = centre + z @ axes.T
    proposed = -0.5 * (freedom + z.shape[1]) * np.log1p((z**2).sum(1) / freedom)
    prior = -0.5 * ((theta / width) ** 2).sum(1)
    return log_likelihood(design, y, likelihood, theta) + prior - proposed, theta


def log_likelihood(design: FloatArray, y: FloatArray, likelihood: Categorical, theta: FloatArray) -> FloatArray:
    """Return log p(y | theta), (S,), of flat weights theta (S, PK') on columns (N, P).

    Sums of logarithms are taken as logarithms of products. Logits are in single precision, which tells a density to a
    few millionths in half the time.
    """
    columns, own = design.T.astype(np.float32), y == np.arange(likelihood.classes)[:, None]
    weights = theta.astype(np.float32).reshape(len(theta), -1, likelihood.outputs)
    parts = np.array_split(weights, max(weights.shape[0] * columns.shape[1] * likelihood.outputs // _BLOCK, 1))
    return np.concatenate([_block(columns, own, part) for part in parts])


def _block(columns: Any, own: Any, weights: Any) -> FloatArray:
    """Return the same of some weights (S, P, K') on columns (P, N); own (K, N) says which class each row is of."""
    if weights.shape[2] == 1:
        f = weights[:, :, 0] @ (columns * np.where(own[1], np.float32(1), np.float32(-1)))
        told, odds = np.minimum(f, 0).sum(1, dtype=float), 1 + np.exp(-np.abs(f))
    else:
        f = np.stack([weights[:, :, k] @ columns for k in range(len(own))])
        top = f.max(0)
        told = sum(f[k][:, mine].sum(1, dtype=float) for k, mine in enumerate(own)) - top.sum(1, dtype=float)
        odds = np.exp(f - top).sum(0)
    products = np.multiply.reduceat(odds, np.arange(0, odds.shape[1], _TOGETHER), axis=1)
    found: FloatArray = told - np.log(products).sum(1, dtype=float)
    return found


__all__ = ["log_likelihood", "weighed"]
