"""Futures of models with a closed form, now and after one more measurement: what deciding and waiting need.

of_line(dataset, model, prior, x)      a linear model's next y at x, measured once more at the same x
of_count(belief)                       a Gamma belief's next count, counted once more
of_level(belief)                       a Normal belief's own level, measured once more
"""

from __future__ import annotations

import numpy as np

from bayes_core.checks import FloatArray, floats
from bayes_core.evaluation.decision import Ahead, smooth_nodes
from bayes_core.evaluation.futures import Listed, Mixture
from bayes_core.foundations.conjugate.belief import Seen
from bayes_core.foundations.conjugate.gamma import Gamma
from bayes_core.foundations.conjugate.normal import Normal
from bayes_core.inference.exact import gaussian_model
from bayes_core.inference.linear_posterior import LinearPosterior, Spectrum, solve
from bayes_core.models import Linear
from bayes_core.types import Dataset, Prior

_NODES = 48
_MANY = 300  # where nothing has to be solved anew, and a table's cheapest action may change between two values
_REST = 1e-12  # the probability of counts that are not listed


def of_line(dataset: Dataset, model: Linear, prior: Prior, x: FloatArray, count: int = _NODES) -> Ahead:
    """Return a linear model's exact futures of one new y at x (D,): now, and after another one was measured there.

    The other one's values are nodes of a quadrature (M,), and the model is solved anew with each.

    >>> seen = Dataset.from_arrays([0.0, 1.0, 3.0], [0.2, 0.9, 3.1])
    >>> told = of_line(seen, Linear(), Prior(width=10, noise=0.5), np.array([2.0]), 12)
    >>> float(told.now.mean.round(3)), told.later.mean.shape
    (2.056, (12,))
    """
    model = gaussian_model(model, "exact")
    design, row = model.design(dataset.x), model.design(floats(x, "x", 1)[None])
    now = _mixture(_solved(design, dataset.y[None], prior), row)
    one = Mixture(now.weight[0], now.mean_of[0], now.sd[0])
    value, weight, coarse = smooth_nodes(one, count)
    targets = np.concatenate([np.broadcast_to(dataset.y, (len(value), len(dataset.y))), value[:, None]], axis=1)
    later = _mixture(_solved(np.concatenate([design, row]), targets, prior), row)
    return Ahead(one, later, weight, coarse)


def _solved(design: FloatArray, targets: FloatArray, prior: Prior) -> LinearPosterior:
    ones = np.ones(len(targets))
    return solve(Spectrum.of(design), targets, prior.width * ones, prior.noise * ones, prior.noise_known)


def _mixture(answer: LinearPosterior, row: FloatArray) -> Mixture:
    """Return the futures (V,) of a new y at one design row (1, P): a Gaussian for every node of the noise."""
    centre, spread = answer.nodes(row)
    noise = np.exp(answer.log_sigma)
    weight = np.broadcast_to(answer.node_weight, centre[:, 0].shape)
    return Mixture(weight / weight.sum(-1, keepdims=True), centre[:, 0], np.hypot(spread[:, 0], noise))


def of_count(belief: Gamma) -> Ahead:
    """Return a Gamma belief's futures of the next count: now, and after one more was counted. Nothing is simulated.

    >>> told = of_count(Gamma(30.0, 5.0))
    >>> float(told.now.mean.round(6)), float((told.weight * told.later.mean).sum().round(6))
    (6.0, 6.0)
    """
    top = float(belief.mean + 12 * belief.predictive_sd + 20)
    values = np.arange(np.ceil(top) + 1)
    chance = np.exp(belief.log_predictive(values))
    kept = np.flatnonzero(chance > _REST)
    after = belief.learn(Seen.sums(1.0, values[kept]))
    later = Listed.of(values, np.exp(after.log_predictive(values)))
    return Ahead(Listed.of(values, chance), later, chance[kept] / chance[kept].sum())


def of_level(belief: Normal, count: int = _MANY) -> Ahead:
    """Return what a Normal belief says of the level itself: now, and after one more measurement of it.

    >>> told = of_level(Normal(5.0, 2.0, noise=1.0))
    >>> float(told.now.sd[0]), told.later.sd[:2, 0].round(4)
    (2.0, array([0.8944, 0.8944]))
    """
    value, weight, coarse = smooth_nodes(Mixture.of(belief.mean, belief.predictive_sd), count)
    after = belief.learn(Seen.sums(1.0, value, 0.0))
    return Ahead(Mixture.of(belief.mean, belief.sd), Mixture.of(after.mean, after.sd), weight, coarse)
