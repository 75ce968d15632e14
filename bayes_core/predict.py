"""From a Fit and inputs to a Predictive; pointwise log-likelihood."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module

from numpy.typing import ArrayLike

from bayes_core.checks import FloatArray, floats
from bayes_core.inference import METHODS
from bayes_core.likelihoods import Heteroscedastic, MixtureDensity
from bayes_core.types import Dataset, Fit, Pointwise, Predictive, Question


def predict(fit: Fit, x: ArrayLike) -> Predictive:
    """Return function values f (S, G, K) of every draw at inputs x (G, D); (G,) is read as one input.

    Where the answer has a closed form it comes too. f is computed when somebody asks for it, and for a band in blocks
    of inputs: what is in memory does not grow with G.
    Raises ValueError when x has another number of columns than the fitted data.
    """
    inputs = floats(x, "x")
    if inputs.ndim == 1:
        inputs = floats(inputs[:, None], "x")
    model, draws, task, likelihood = fit.model, fit.draws, fit.question.dataset.task, fit.question.likelihood
    one = {site: values[:1] for site, values in draws.items()}
    model.functions(one, inputs[:1])  # refuses other inputs than fitted
    if isinstance(likelihood, Heteroscedastic):  # a Gaussian whose noise varies
        return Predictive(inputs, partial(_curve, fit), partial(_noise, fit), task)
    assumed = likelihood if isinstance(likelihood, MixtureDensity) else None
    return Predictive(inputs, partial(model.functions, draws), fit.noise, task, _closed_form(fit, inputs), assumed)


def _curve(fit: Fit, x: FloatArray) -> FloatArray:
    """Return the curves (S, G, 1) alone at inputs x (G, D)."""
    return fit.curve(x)[:, :, None]


def _noise(fit: Fit, x: FloatArray) -> FloatArray:
    """Return the noise draws (S, G) at inputs x (G, D)."""
    return fit.moments(x)[1]


def _closed_form(fit: Fit, x: FloatArray) -> Pointwise | None:
    """Return what the question's own closed form says at x, None where its method has none."""
    method = METHODS.get(fit.method)
    if method is None or method.answer != "exact":
        return None
    form: Callable[[Question, FloatArray], Pointwise | None] | None
    form = getattr(import_module(method.module), "pointwise", None)
    return None if form is None else form(fit.question, x)


def log_likelihood(fit: Fit, dataset: Dataset) -> FloatArray:
    """Return log p(y_n | draw s), shape (S, N), by the likelihood of the fit.

    Gaussian noise at x_n where it depends on x; of classes the log probability of the one that is. Raises ValueError
    for a dataset of another task than the fitted one, or with another number of classes.
    """
    own = fit.question.dataset.likelihood
    if dataset.likelihood != own:
        raise ValueError(f"the fit is of {own} and the rows are of {dataset.likelihood}: give the same task")
    f = fit.model.functions(fit.draws, dataset.x)
    values: FloatArray = fit.question.likelihood.log_density(dataset.y, f, fit.noise[:, None])
    return values
