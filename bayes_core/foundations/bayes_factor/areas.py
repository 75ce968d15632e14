"""Areas under Betas between two ends, as logarithms: those that no number can hold, too."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, betaincc, betaln, xlog1py, xlogy

from bayes_core.checks import FloatArray
from bayes_core.foundations.bayes_factor.hypotheses import Ends
from bayes_core.foundations.conjugate.beta import Beta

_NEAR = 1e-9
"""Counts are whole numbers up to this."""


def log_inside(belief: Beta, ends: Ends) -> FloatArray:
    """Return the log share of a belief between two ends, in its far tails too.

    >>> log_inside(Beta(np.array([1.0]), np.array([1.0])), Ends(np.array([0.0]), np.array([0.25]))).round(4)
    array([-1.3863])
    """
    low, high = (np.clip(end, 0.0, 1.0) for end in ends)
    upper, some = belief.mean < (low + high) / 2, high > low
    if _follow_each_other(belief) and np.shape(low)[-1] == np.shape(high)[-1] == 1:
        areas = [_stepped(belief.a, belief.b, end) for end in (low, high)]
        share = np.where(some, np.where(upper, areas[0][1] - areas[1][1], areas[1][0] - areas[0][0]), 0.0)
    else:
        share = _one_by_one(belief, low, high, upper)
    a, b, near, some = np.broadcast_arrays(belief.a, belief.b, np.where(upper, low, high), some)
    found = np.log(np.maximum(share, 1e-300))
    tiny = some & ~(share > 1e-290)
    if tiny.any():
        found[tiny] = _log_tail(Beta(a[tiny], b[tiny]), near[tiny])
    return np.where(some & ~np.isnan(found), found, -np.inf)


def _one_by_one(belief: Beta, low: FloatArray, high: FloatArray, upper: NDArray[np.bool_]) -> FloatArray:
    """Return shares by the tail that is the smaller, which keeps its digits; the other is never asked for."""
    a, b, low, high = np.broadcast_arrays(belief.a, belief.b, low, high)
    share, some = np.zeros(a.shape), high > low
    for function, first, last, here in ((betainc, high, low, some & ~upper), (betaincc, low, high, some & upper)):
        x, y = a[here], b[here]
        share[here] = function(x, y, first[here]) - function(x, y, last[here])
    return share


def _follow_each_other(belief: Beta) -> bool:
    """Return whether each belief (V, K) has seen one more head and one less tail than the one before it."""
    if belief.a.ndim != 2 or belief.b.shape != belief.a.shape:
        return False
    steps = np.diff(belief.a, axis=1) - 1, np.diff(belief.b, axis=1) + 1
    return all(bool((np.abs(off) < _NEAR).all()) for off in steps)


def _stepped(a: FloatArray, b: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray]:
    r"""Return the areas (V, K) below and above x (V, 1) or (1,), of beliefs that follow each other.

    .. math:: I_x(a, b) = I_x(a + 1, b - 1) + \frac{x^a (1 - x)^{b - 1}}{a \, B(a, b)}

    Each is added up from its smallest, so that it keeps its digits: a tenth of the time that every one takes by itself.
    """
    x = np.reshape(x, (-1, 1))
    step = np.exp(xlogy(a, x) + xlog1py(b - 1, -x) - np.log(a) - betaln(a, b))[:, :-1]
    below = np.cumsum(np.concatenate([betainc(a[:, -1:], b[:, -1:], x), step[:, ::-1]], axis=1), axis=1)[:, ::-1]
    above = np.cumsum(np.concatenate([betaincc(a[:, :1], b[:, :1], x), step], axis=1), axis=1)
    return below, above


def _log_tail(belief: Beta, near: FloatArray) -> FloatArray:
    """Return the leading term of the log of an area that a number cannot hold, beyond its near end."""
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = np.abs((belief.a - 1) / near - (belief.b - 1) / (1 - near))
        tail: FloatArray = belief.log_density(near[:, None])[:, 0] - np.log(slope)
    return tail
