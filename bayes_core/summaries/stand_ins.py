"""Cheap answers in closed form that stand in for a sampled one where a small picture has no time for it.

They answer another, simpler question exactly, or the same one around its mode; whoever shows them says which.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.inference.linear_posterior import Spectrum, solve
from bayes_core.intervals import tails
from bayes_core.likelihoods import Categorical
from bayes_core.models.frozen import Frozen
from bayes_core.models.linear import Linear
from bayes_core.numerics.softmax import softmax_mode
from bayes_core.types import Dataset, Prior

_NODES = 40


def outer_layer(
    dataset: Dataset, basis: Frozen, prior: Prior, x: FloatArray, levels: tuple[float, ...]
) -> list[tuple[FloatArray, FloatArray]]:
    """Return the exact credible bands of f at x (G, D), (lower, upper) per level, if a network learns its outer layer.

    >>> data = Dataset.from_arrays([0.0, 1.0, 2.0], [0.0, 1.0, 0.0])
    >>> [(low, high)] = outer_layer(data, Frozen(5), Prior(1.0, 0.1, noise_known=True), data.x, (0.9,))
    >>> bool((low < high).all())
    True
    """
    model, one = Linear(basis=basis), np.ones(1)
    spectrum = Spectrum.of(model.design(dataset.x))
    answer = solve(spectrum, dataset.y[None], prior.width * one, prior.noise * one, prior.noise_known)
    ends = answer.quantiles(model.design(x), [p for level in levels for p in tails(level)])
    return [(ends[2 * k][0], ends[2 * k + 1][0]) for k in range(len(levels))]


def dropout_of_outer_layer(
    dataset: Dataset, basis: Frozen, rate: float, x: FloatArray
) -> tuple[FloatArray, FloatArray]:
    r"""Return mean and sd of f at x (G, D), (G,) each, if an outer layer is trained and asked with units switched off.

    Averaged over the masks its loss is ridge regression with a penalty per column, and the spread of f a sum:

    .. math:: \|y - \Phi w\|^2 + \tfrac{p}{1-p} \sum_j w_j^2 \|\phi_j\|^2, \qquad
        \mathrm{sd}^2 f(x) = \tfrac{p}{1-p} \sum_j \phi_j(x)^2 w_j^2

    with units kept in 1 - p of the masks and then divided by 1 - p; the intercept is never switched off. Source: Wager,
    Wang and Liang (2013), Dropout training as adaptive regularization.
    """
    odds = rate / (1 - rate)
    columns, there = Linear(basis=basis).design(dataset.x), basis(x)
    penalty = odds * (columns**2).sum(0)
    penalty[0] = 1e-9
    weights = np.linalg.solve(columns.T @ columns + np.diag(penalty), columns.T @ dataset.y)
    mean: FloatArray = weights[0] + there @ weights[1:]
    sd: FloatArray = np.sqrt(odds * (there**2) @ weights[1:] ** 2)
    return mean, sd


def dropout_band(
    dataset: Dataset, basis: Frozen, rate: float, x: FloatArray, level: float
) -> tuple[FloatArray, FloatArray]:
    """Return the band of f that dropout gives, as a Gaussian has it with its mean and sd: many units are switched."""
    mean, sd = dropout_of_outer_layer(dataset, basis, rate, x)
    reach = NormalDist().inv_cdf(tails(level)[1])
    return mean - reach * sd, mean + reach * sd


def logit_mode(dataset: Dataset, model: Linear, width: float, x: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the log odds of class 1 at x (G, D) under the most probable weights, and their sd around that mode."""
    mode = softmax_mode(model.design(dataset.x), dataset.y, Categorical(2), width)
    rows = model.design(x)
    f: FloatArray = (rows @ mode.weights)[:, 0]
    sd: FloatArray = np.sqrt(((rows @ mode.axes) ** 2).sum(1))
    return f, sd


def averaged(f: FloatArray, sd: FloatArray) -> FloatArray:
    """Return the probability of class 1 averaged over Gaussian log odds, by Gauss-Hermite quadrature.

    >>> averaged(np.array([2.0, 2.0]), np.array([0.0, 3.0])).round(3)
    array([0.881, 0.717])
    """
    nodes, weights = np.polynomial.hermite_e.hermegauss(_NODES)
    logits = f[:, None] + sd[:, None] * nodes
    p: FloatArray = (0.5 * (1 + np.tanh(logits / 2))) @ (weights / weights.sum())
    return p
