r"""The lasso, which is the posterior mode under a Laplace prior, by following its path exactly.

.. math:: \min_\beta \tfrac12 |y - X\beta|^2 + t \sum_j |\beta_j|, \quad t = \sigma^2 / w

The solution is piecewise linear in t. From t so large that every weight is zero, the path is followed from one event
(a weight joins, a weight returns to zero) to the next (Efron, Hastie, Johnstone and Tibshirani 2004, section 3.1).
"""

from __future__ import annotations

import numpy as np

from bayes_core.types import FloatArray

_EVENTS = 4000
_FLAT = 1e-12


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
    beta = np.zeros(design.shape[1])
    pull = design.T @ y
    now = float(np.abs(pull).max())
    knots, values = [max(now, target)], [beta.copy()]
    active = [int(np.abs(pull).argmax())] if now > target else []
    left = -1  # the weight that has just returned to zero may not join again at once
    while now > target:
        pull = design.T @ (y - design @ beta)
        sign = np.where(beta[active] != 0, np.sign(beta[active]), np.sign(pull[active]))
        step = _direction(design[:, active], sign)
        reach, joins = _next_to_join(design, active, left, pull, design.T @ (design[:, active] @ step), now)
        leaves = left = -1
        for k, j in enumerate(active):
            if beta[j] * step[k] < 0 and -beta[j] / step[k] < reach:
                reach, leaves = -beta[j] / step[k], j
        end = reach >= now - target
        reach = min(reach, now - target)
        beta[active] += reach * step
        now -= reach
        if not end and leaves >= 0:
            beta[leaves] = 0.0
            active.remove(leaves)
            left = leaves
        elif not end:
            active.append(joins)
        knots.append(now)
        values.append(beta.copy())
        if end:
            break
        if len(knots) > _EVENTS:
            raise ValueError(f"the lasso has more than {_EVENTS} corners above t = {target:g}: raise the threshold")
    return np.array(knots), np.array(values)


def _next_to_join(
    design: FloatArray, active: list[int], left: int, pull: FloatArray, along: FloatArray, now: float
) -> tuple[float, int]:
    """Return how far t falls until the next weight reaches |x'r| = t, and which; (inf, -1) if none does."""
    reach, joins = np.inf, -1
    for j in range(len(pull)):
        if j in active:
            continue
        for gap, rate in ((now - pull[j], 1 - along[j]), (now + pull[j], 1 + along[j])):
            if rate <= _FLAT or gap / rate >= reach or (j == left and gap < 1e-9 * now):
                continue
            if _independent(design[:, [*active, j]]):
                reach, joins = max(gap / rate, 0.0), j
    return reach, joins


def _independent(columns: FloatArray) -> bool:
    if columns.shape[1] > columns.shape[0]:
        return False
    diagonal = np.abs(np.diag(np.linalg.qr(columns / np.linalg.norm(columns, axis=0), mode="r")))
    return bool(diagonal.min() > 1e-9)


def _direction(columns: FloatArray, sign: FloatArray) -> FloatArray:
    """Return (X'X)^-1 sign, through R of a QR decomposition."""
    upper: FloatArray = np.linalg.qr(columns).R
    direction: FloatArray = np.linalg.solve(upper, np.linalg.solve(upper.T, sign))
    return direction
