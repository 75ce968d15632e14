r"""The mode of a logistic or softmax regression with Gaussian weights, and the Gaussian as wide as it is curved there.

.. math:: L(W) = -\sum_n \log p(y_n \mid W^\top x_n) + \tfrac{1}{2 w^2} \|W\|^2

is convex, and its prior keeps a minimum also where the classes can be separated: Newton's method, halving a step that
does not descend (Boyd and Vandenberghe 2004, section 9.5).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.likelihoods import Categorical

_CLOSE = 1e-12  # nats: half of what a Newton step still promises
_MOST, _HALVINGS = 200, 60


class SoftmaxMode(NamedTuple):
    """Weights (P, K') at the mode, axes A (PK', PK') with A A' the inverse curvature there, and the loss L in nats.

    Parameters are flat column by column of x, classes within; `there` says whether Newton's method got to the end.
    """

    weights: FloatArray
    axes: FloatArray
    loss: float
    there: bool


def softmax_mode(design: FloatArray, y: FloatArray, likelihood: Categorical, width: float) -> SoftmaxMode:
    """Return the mode of weights ~ N(0, width^2) given codes y (N,) at design rows (N, P).

    >>> mode = softmax_mode(np.ones((4, 1)), np.array([1.0, 1, 1, 0]), Categorical(2), 1e3)
    >>> mode.weights.round(4), mode.there  # the log odds of 3 to 1
    (array([[1.0986]]), True)
    """
    from scipy.linalg import solve_triangular  # noqa: PLC0415 (a page that fits nothing does without scipy)

    x, size = width * design, design.shape[1] * likelihood.outputs  # in prior sds
    q, there = np.zeros((design.shape[1], likelihood.outputs)), False
    loss = _loss(x, y, likelihood, q)
    for _ in range(_MOST):
        f = x @ q
        slope = q - x.T @ likelihood.slope(y, f)
        factor = _factor(x, likelihood, f)
        step = -_solve(factor, slope.ravel()).reshape(q.shape)
        promised = -0.5 * float((step * slope).sum())
        if not promised > _CLOSE:
            there = bool(np.isfinite(promised))
            break
        for half in range(_HALVINGS):
            share = 0.5**half
            after = _loss(x, y, likelihood, q + share * step)
            if after <= loss - 1e-4 * share * promised:
                break
        else:
            there = promised < 1e-9 * max(abs(loss), 1.0)  # rounding hides what is left
            break
        q, loss = q + share * step, after
    factor = _factor(x, likelihood, x @ q)
    axes = width * solve_triangular(factor, np.eye(size), lower=True, trans="T")
    return SoftmaxMode(width * q, axes, loss, there)


def _loss(x: FloatArray, y: FloatArray, likelihood: Categorical, q: FloatArray) -> float:
    return float(0.5 * (q**2).sum() - likelihood.log_density(y, x @ q).sum())


def _factor(x: FloatArray, likelihood: Categorical, f: FloatArray) -> FloatArray:
    """Return the Cholesky factor (PK', PK') of the curvature at logits f (N, K')."""
    from scipy.linalg import cholesky  # noqa: PLC0415

    outputs, columns = likelihood.outputs, x.shape[1]
    bent = likelihood.curvature(f)
    curvature = np.empty((columns, outputs, columns, outputs))
    for k in range(outputs):
        for j in range(k + 1):
            curvature[:, k, :, j] = x.T @ (bent[:, k, j, None] * x)
            curvature[:, j, :, k] = curvature[:, k, :, j]
    size = columns * outputs
    factor: FloatArray = cholesky(curvature.reshape(size, size) + np.eye(size), lower=True)
    return factor


def _solve(factor: FloatArray, right: FloatArray) -> FloatArray:
    from scipy.linalg import solve_triangular  # noqa: PLC0415

    half = solve_triangular(factor, right, lower=True)
    found: FloatArray = solve_triangular(factor, half, lower=True, trans="T")
    return found
