r"""The lasso, which is the posterior mode under a Laplace prior, by following its path exactly.

.. math:: \min_\beta \tfrac12 |y - X\beta|^2 + t \sum_j |\beta_j|, \quad t = \sigma^2 / w

The solution is piecewise linear in t. From t so large that every weight is zero, the path is followed from one event
(a weight joins, a weight returns to zero) to the next (Efron, Hastie, Johnstone and Tibshirani 2004, section 3.1).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray

_EVENTS = 4000
_FLAT = 1e-12
_DEPENDENT = 1e-9
IntArray = NDArray[np.intp]


def lasso(design: FloatArray, y: FloatArray, threshold: FloatArray) -> FloatArray:
    """Return the lasso weights (V, P) of design (N, P) and y (N,) at thresholds t (V,), all positive.

    Raises ValueError for a threshold that is not positive, and where the path does not end (then so little remains of
    the prior that ridge regression is the better question).

    >>> lasso(np.eye(2), np.array([3.0, -0.5]), np.array([1.0]))
    array([[2., 0.]])
    """
    threshold = np.asarray(threshold, float)
    if not (threshold > 0).all():
        raise ValueError(f"the threshold is {threshold.min():g}: it must be more than 0")
    size = design.shape[1]
    target = float(threshold.min())
    knots, values = _path(design, y, target)
    order = np.argsort(knots)
    at = np.minimum(threshold, knots.max())
    weights = np.stack([np.interp(at, knots[order], values[order, j]) for j in range(size)], axis=1)
    return weights


def _path(design: FloatArray, y: FloatArray, target: float) -> tuple[FloatArray, FloatArray]:
    """Return the corners of the path: thresholds (E,), falling to `target`, and the weights there (E, P)."""
    beta, sign = np.zeros(design.shape[1]), np.zeros(design.shape[1])  # a weight is active where its sign is not 0
    pull = design.T @ y
    rounding = 1e-13 * np.linalg.norm(design, axis=0) * np.linalg.norm(y)
    now = float(np.abs(pull).max())
    joins, leaves = int(np.abs(pull).argmax()), -1
    knots, values = [max(now, target)], [beta.copy()]
    while now > target:
        rest = y - design @ beta
        pull = design.T @ rest
        at_limit = (now - np.abs(pull) <= rounding) & (sign == 0)
        at_limit[[j for j in (joins, leaves) if j >= 0]] = True
        tied = np.flatnonzero(at_limit)
        if len(tied) > 1:
            chosen = _resolve(design, np.flatnonzero(sign), tied, np.sign(pull[tied]), rest)
        else:
            chosen = tied[tied == joins]
        sign[chosen] = np.sign(pull[chosen])
        active = np.flatnonzero(sign)
        step = _direction(design[:, active], sign[active])
        along = design.T @ (design[:, active] @ step)
        reach, joins = _next_to_join(design, active, at_limit, pull, along, now, now - target)
        leaves = -1
        for j, change in zip(active, step, strict=True):
            if sign[j] * change < 0 and max(sign[j] * beta[j], 0.0) / abs(change) < reach:
                reach, leaves, joins = max(sign[j] * beta[j], 0.0) / abs(change), int(j), -1
        beta[active] += reach * step
        beta[beta * sign < 0] = 0.0  # rounding only
        if leaves >= 0:
            beta[leaves] = sign[leaves] = 0.0
        now = target if joins < 0 and leaves < 0 else now - reach
        knots.append(now)
        values.append(beta.copy())
        if len(knots) > _EVENTS:
            raise ValueError(f"the lasso has more than {_EVENTS} corners above t = {target:g}: raise the threshold")
    return np.array(knots), np.array(values)


def _resolve(design: FloatArray, active: IntArray, tied: IntArray, sign: FloatArray, rest: FloatArray) -> IntArray:
    r"""Return which of several weights, all zero and all at |x'r| = t, become active below t.

    The path leaves along the d that minimises :math:`|X d - r / t|^2` over the active and the tied weights, where a
    tied weight may move only to the side that its pull points to: nonnegative least squares decides.
    """
    from scipy.optimize import nnls  # noqa: PLC0415 (ties are rare)

    columns = design[:, tied] * sign
    size = np.linalg.norm(columns, axis=0)
    basis = np.linalg.qr(design[:, active]).Q
    for _ in range(2):  # twice is enough against rounding
        columns = columns - basis @ (basis.T @ columns)
    free = np.linalg.norm(columns, axis=0)
    new = free > _DEPENDENT * size
    moved: FloatArray = nnls(columns[:, new] / free[new], rest - basis @ (basis.T @ rest))[0]
    chosen: IntArray = tied[new][moved > _DEPENDENT * moved.max(initial=0.0)]
    return chosen


def _next_to_join(
    design: FloatArray,
    active: IntArray,
    at_limit: NDArray[np.bool_],
    pull: FloatArray,
    along: FloatArray,
    now: float,
    most: float,
) -> tuple[float, int]:
    """Return how far t falls until the next weight reaches |x'r| = t, and which; (most, -1) if none does before."""
    reach, joins = most, -1
    for j in np.setdiff1d(np.arange(len(pull)), active):
        for side in (1.0, -1.0):
            gap, rate = now - side * pull[j], 1 - side * along[j]
            if rate <= _FLAT or gap / rate >= reach or (at_limit[j] and side * pull[j] > 0):
                continue  # a weight that stays zero at its limit may not join on that side at once
            if _independent(design[:, [*active, j]]):
                reach, joins = max(gap / rate, 0.0), int(j)
    return reach, joins


def _independent(columns: FloatArray) -> bool:
    if columns.shape[1] > columns.shape[0]:
        return False
    diagonal = np.abs(np.diag(np.linalg.qr(columns / np.linalg.norm(columns, axis=0), mode="r")))
    return bool(diagonal.min() > _DEPENDENT)


def _direction(columns: FloatArray, sign: FloatArray) -> FloatArray:
    """Return (X'X)^-1 sign, through R of a QR decomposition."""
    upper: FloatArray = np.linalg.qr(columns).R
    direction: FloatArray = np.linalg.solve(upper, np.linalg.solve(upper.T, sign))
    return direction
