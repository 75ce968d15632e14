"""The exact answer of the linear-Gaussian model, as independent draws and the log evidence."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.inference import Step
from bayes_core.inference.linear_posterior import LinearPosterior, Spectrum, solve
from bayes_core.models import Linear
from bayes_core.types import Dataset, Diagnostics, Fit, Model, Pointwise, Prior, Question


def linear_model(model: Model, method: str) -> Linear:
    """Return the model if it has a closed form, or say which methods answer for it."""
    if not isinstance(model, Linear):
        raise ValueError(f"{method} answers for linear models only and the model is {model.name!r}: use method='nuts'")
    return model


def gaussian_model(model: Model, method: str) -> Linear:
    """Return the model if its prior is Gaussian too, so that the posterior has a closed form."""
    linear = linear_model(model, method)
    if linear.family != "normal":
        raise ValueError(f"{method} needs a Gaussian prior and the model has a {linear.family} one: use method='nuts'")
    return linear


def posterior(dataset: Dataset, model: Linear, prior: Prior) -> LinearPosterior:
    """Return the exact posterior of one dataset (V = 1). Raises ValueError for a prior that is not Gaussian.

    >>> data = Dataset.from_arrays([0.0, 1.0, 3.0], [0.2, 0.9, 3.1])
    >>> answer = posterior(data, Linear(), Prior(width=10, noise=0.5, noise_known=True))
    >>> mean, sd = answer.moments(np.eye(2))
    >>> mean[0].round(2), sd[0].round(2)
    (array([0.09, 0.99]), array([0.42, 0.23]))
    """
    one = np.ones(1)
    model = gaussian_model(model, "exact")
    spectrum = Spectrum.of(model.design(dataset.x))
    return solve(spectrum, dataset.y[None, :], prior.width * one, prior.noise * one, prior.noise_known)


def pointwise(question: Question, x: FloatArray) -> Pointwise:
    """Return the closed forms that answer a question at inputs x (G, D)."""
    model = gaussian_model(question.model, "exact")
    return posterior(question.dataset, model, question.prior).at(model.design(x))


def fixed_randomness(draws: int, size: int, seed: int) -> tuple[FloatArray, FloatArray]:
    """Return stratified uniforms (S,) in random order and normals (S, P): common random numbers for a seed."""
    random = np.random.default_rng(seed)
    uniform = (random.permutation(draws) + random.random(draws)) / draws
    return uniform, random.standard_normal((draws, size))


def draws_as_fit(question: Question, answer: LinearPosterior) -> Fit:
    """Return chains x draws independent draws of a LinearPosterior (V = 1) as a Fit."""
    total = question.budget.chains * question.budget.draws
    uniform, normal = fixed_randomness(total, len(answer.spectrum.scale), question.seed)
    sigma = answer.sigma_draws(uniform)
    weights = answer.weight_draws(sigma, normal)[0]
    sites = {"intercept": weights[:, 0], "coef": weights[:, 1:]}
    evidence = float(answer.log_evidence[0]) if question.method == "exact" else None
    return Fit(question, sites, sigma[0], evidence, Diagnostics("exact"))


def steps(question: Question) -> Iterator[Step]:
    r"""Yield chains x draws independent posterior draws and the log evidence, in one step.

    .. math:: p(\beta, \sigma \mid y) = p(\sigma \mid y)\, \mathcal N(\beta \mid m_\sigma, C_\sigma), \quad
        C_\sigma = (X^\top X / \sigma^2 + I / w^2)^{-1}, \quad m_\sigma = C_\sigma X^\top y / \sigma^2

    Raises ValueError for a model that is not linear in its weights. Source: Bishop (2006), section 3.3.
    """
    linear = gaussian_model(question.model, "exact")
    yield Step(1, 1, draws_as_fit(question, posterior(question.dataset, linear, question.prior)))
