"""Draws from the prior itself: what the model believes before it has seen anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.inference import Step
from bayes_core.inference.exact import draws_as_fit, linear_model
from bayes_core.inference.linear_posterior import LinearPosterior, solve
from bayes_core.inference.sigma import Spectrum, half_cauchy_quantiles, log_half_cauchy
from bayes_core.models import Linear, Mlp
from bayes_core.types import Diagnostics, Fit, Pointwise, Question


def unseen(columns: int, width: FloatArray, noise: FloatArray, noise_known: bool) -> LinearPosterior:
    """Return the posterior of no rows at all, at V positions of width and noise: the prior."""
    return solve(Spectrum.of(np.empty((0, columns))), np.empty((len(width), 0)), width, noise, noise_known)


def density(name: str, grid: FloatArray, width: FloatArray, noise: FloatArray) -> FloatArray:
    r"""Return the prior density of a parameter at grid (D,), at V positions of width and noise: (V, D).

    A weight has :math:`\mathcal N(0, w^2)`, "sigma" the half-Cauchy :math:`2 / (\pi c (1 + \sigma^2 / c^2))`, for
    sigma > 0.

    >>> density("sigma", np.array([1.0]), np.array([3.0]), np.array([1.0])).round(4)
    array([[0.3183]])
    """
    if name == "sigma":
        log_density = log_half_cauchy(np.log(grid)[None, :], noise[:, None]) - np.log(grid)
    else:
        z = grid[None, :] / width[:, None]
        log_density = -0.5 * z * z - np.log(width[:, None]) - 0.5 * np.log(2 * np.pi)
    values: FloatArray = np.exp(log_density)
    return values


def _before(question: Question, model: Linear) -> LinearPosterior:
    """Return the Gaussian prior of a linear model (V = 1)."""
    prior, one = question.prior, np.ones(1)
    columns = model.design(question.dataset.x).shape[1]
    return unseen(columns, prior.width * one, prior.noise * one, prior.noise_known)


def pointwise(question: Question, x: FloatArray) -> Pointwise | None:
    """Return the closed forms of the prior at inputs x (G, D); None for a network, other weights, and for classes."""
    model = question.model
    if not isinstance(model, Linear) or model.family != "normal" or not question.dataset.likelihood.noisy:
        return None
    return _before(question, model).at(model.design(x))


def _network_draws(question: Question, model: Mlp) -> Fit:
    prior, total = question.prior, question.budget.chains * question.budget.draws
    random, inputs = np.random.default_rng([question.seed, 3]), question.dataset.x.shape[1]
    heads = question.likelihood.heads
    spread = model.spread(inputs, prior.width, dict(prior.widths), heads)
    sites = {
        site: spread[site] * random.standard_normal((total, *shape))
        for site, shape in model.shapes(inputs, heads).items()
    }
    noise = np.full(total, prior.noise)
    if not prior.noise_known:
        noise = half_cauchy_quantiles(prior.noise, random.random(total))
    return Fit(question, sites, noise, None, Diagnostics("exact"))


def _class_draws(question: Question, model: Linear) -> Fit:
    """Return weights of a logistic or softmax regression, nothing but independent draws."""
    total, random = question.budget.chains * question.budget.draws, np.random.default_rng([question.seed, 2])
    draw = random.laplace if model.family == "laplace" else random.normal
    shapes = model.shapes(question.dataset.x.shape[1], question.dataset.likelihood.outputs)
    sites = {site: draw(0.0, question.prior.width, (total, *shape)) for site, shape in shapes.items()}
    return Fit(question, sites, np.ones(total), None, Diagnostics("exact"))


def steps(question: Question) -> Iterator[Step]:
    """Yield chains x draws independent prior draws.

    Weights ~ N(0, width^2), or Laplace(0, width) if the model says so; sigma ~ HalfCauchy(noise), or known. The
    data set matters only through its columns. Raises ValueError for a model that is not linear.
    """
    model = question.model
    if isinstance(model, Mlp):
        yield Step(1, 1, _network_draws(question, model))
        return
    linear = linear_model(model, "prior")
    if not question.dataset.likelihood.noisy:
        yield Step(1, 1, _class_draws(question, linear))
        return
    made = draws_as_fit(question, _before(question, linear))
    if linear.family == "laplace":
        random, width = np.random.default_rng([question.seed, 2]), question.prior.width
        made = replace(made, draws={k: random.laplace(0, width, v.shape) for k, v in made.draws.items()})
    yield Step(1, 1, made)
