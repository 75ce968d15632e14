"""The exact answer of the linear-Gaussian model, as independent draws and the log evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.inference import Step
from bayes_core.inference.linear_posterior import LinearPosterior, Spectrum, condensed, solve
from bayes_core.models import Linear
from bayes_core.types import Dataset, Diagnostics, Fit, Learnt, Model, Pointwise, Prior, Question


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
    model = gaussian_model(model, "exact")
    design, y = model.design(dataset.x), dataset.y
    if prior.learnt is None:
        return _solved(design, y, prior, len(y))
    old = _same_model(model, prior.learnt)
    return _solved(np.concatenate([old.design, design]), np.concatenate([old.y, y]), prior, old.count + len(y))


def _solved(design: FloatArray, y: FloatArray, prior: Prior, rows: int) -> LinearPosterior:
    one = np.ones(1)
    width, noise = prior.width * one, prior.noise * one
    return solve(Spectrum.of(design), y[None, :], width, noise, prior.noise_known, rows)


def _same_model(model: Linear, learnt: Learnt) -> Learnt:
    if learnt.model != model:
        raise ValueError("the prior was learnt by another model: weights mean the same only in the same one")
    return learnt


def as_prior(fit: Fit) -> Prior:
    """Return an exact answer as the prior of the data to come: learning in turns is then learning all at once.

    Whatever the order, the last answer is that of all rows together, and the log evidences, each given what came
    before, add up to that of all. Nothing of the rows is kept but what `condensed` keeps.
    Raises ValueError for an answer by another method: its draws are no closed form.

    >>> from bayes_core import fit
    >>> data, first = Dataset.from_arrays([0.0, 1, 2, 4, 7], [0.2, 0.9, 2.2, 3.9, 7.3]), Prior(width=10, noise=1)
    >>> one = fit(data.head(3), "linear", "exact", first)
    >>> rest = Dataset.from_arrays(data.x[3:], data.y[3:])
    >>> two, at_once = fit(rest, "linear", "exact", as_prior(one)), fit(data, "linear", "exact", first)
    >>> bool(np.isclose(one.log_evidence + two.log_evidence, at_once.log_evidence, rtol=1e-9))
    True
    >>> both = posterior(rest, Linear(), two.prior), posterior(data, Linear(), first)
    >>> bool(np.allclose(*(answer.moments(np.eye(2))[0] for answer in both), rtol=1e-9))
    True
    """
    if fit.method != "exact":
        raise ValueError(f"the answer is by {fit.method}: only that of method='exact' can be the next prior")
    data, prior = fit.question.dataset, fit.prior
    model = gaussian_model(fit.question.model, "exact")
    design, y = model.design(data.x), data.y
    rows = len(y)
    if prior.learnt is not None:
        old = _same_model(model, prior.learnt)
        design, y, rows = np.concatenate([old.design, design]), np.concatenate([old.y, y]), old.count + rows
    return replace(prior, learnt=Learnt(model, *condensed(design, y), rows))


def _before(prior: Prior) -> float:
    """Return log p of what was learnt before."""
    old = prior.learnt
    return 0.0 if old is None else float(_solved(old.design, old.y, prior, old.count).log_evidence[0])


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
    exact = question.method == "exact"
    evidence = float(answer.log_evidence[0]) - _before(question.prior) if exact else None
    return Fit(question, sites, sigma[0], evidence, Diagnostics("exact"))


def steps(question: Question) -> Iterator[Step]:
    r"""Yield chains x draws independent posterior draws and the log evidence, in one step.

    .. math:: p(\beta, \sigma \mid y) = p(\sigma \mid y)\, \mathcal N(\beta \mid m_\sigma, C_\sigma), \quad
        C_\sigma = (X^\top X / \sigma^2 + I / w^2)^{-1}, \quad m_\sigma = C_\sigma X^\top y / \sigma^2

    Raises ValueError for a model that is not linear in its weights. Source: Bishop (2006), section 3.3.
    """
    linear = gaussian_model(question.model, "exact")
    yield Step(1, 1, draws_as_fit(question, posterior(question.dataset, linear, question.prior)))
