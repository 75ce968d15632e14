"""Binomial probabilities, quantiles and mean gaps for whole arrays, without scipy.stats and its half second."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import bdtr, bdtrik, gammaln, xlog1py, xlogy

from bayes_core.checks import FloatArray


def cdf(k: ArrayLike, n: ArrayLike, p: ArrayLike) -> FloatArray:
    """Return P(X <= k) of Binomial(n, p), 0 below k = 0; shapes broadcast, p is from 0 to 1.

    >>> cdf([-1, 0, 1, 2], 2, 0.5)
    array([0.  , 0.25, 0.75, 1.  ])
    """
    at, trials = np.floor(np.asarray(k, dtype=float)), _whole(n)
    found: FloatArray = np.where(at < 0, 0.0, bdtr(np.clip(at, 0, trials), trials, np.asarray(p, dtype=float)))
    return found


def quantile(tail: float, n: ArrayLike, p: ArrayLike) -> FloatArray:
    """Return the smallest k with P(X <= k) >= tail, of Binomial(n, p) with n at least 1.

    >>> quantile(0.05, [10, 10, 10], [0.0, 0.5, 1.0])
    array([ 0.,  2., 10.])
    """
    n, p = np.broadcast_arrays(_whole(n), np.asarray(p, dtype=float))
    sure = (p <= 0) | (p >= 1)
    inside = np.where(sure, 0.5, p)
    above = np.ceil(bdtrik(tail, n.astype(float), inside))
    below = np.maximum(above - 1, 0)
    found: FloatArray = np.where(cdf(below, n, inside) >= tail * (1 - 1e-12), below, above)
    return np.where(sure, n * np.round(p), found)


def mean_gap(n: ArrayLike, p: ArrayLike) -> FloatArray:
    r"""Return E|X/n - p| of Binomial(n, p) with n at least 1, by de Moivre's closed form.

    .. math:: E|X - np| = 2 m \binom{n}{m} p^m (1 - p)^{n - m + 1}, \quad m = \lfloor np \rfloor + 1

    Source: Diaconis and Zabell (1991), Closed form summation for classical distributions.

    >>> mean_gap(2, 0.5)
    array(0.25)
    """
    n, p = np.broadcast_arrays(np.asarray(n, dtype=float), np.asarray(p, dtype=float))
    m = np.minimum(np.floor(n * p) + 1, n)
    ways = gammaln(n + 1) - gammaln(m + 1) - gammaln(n - m + 1)
    found: FloatArray = 2 * m / n * np.exp(ways + xlogy(m, p) + xlog1py(n - m + 1, -p))
    return np.asarray(found)


def _whole(n: ArrayLike) -> NDArray[np.intp]:
    return np.asarray(n).astype(np.intp)


__all__ = ["cdf", "mean_gap", "quantile"]
