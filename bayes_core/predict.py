"""From a Fit and inputs to a Predictive; pointwise log-likelihood."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.checks import FloatArray, floats
from bayes_core.inference import METHODS
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
    model, draws, task = fit.model, fit.draws, fit.question.dataset.task
    one = {site: values[:1] for site, values in draws.items()}
    model.functions(one, inputs[:1])  # refuses other inputs than fitted
    varies = model.noise_factor(draws, np.zeros((2, inputs.shape[1]))).size > 1
    noise = partial(_noise, fit) if varies else fit.noise
    return Predictive(inputs, partial(model.functions, draws), noise, task, _closed_form(fit, inputs))


def _noise(fit: Fit, x: FloatArray) -> FloatArray:
    """Return the noise draws (S, G) at inputs x (G, D)."""
    noise: FloatArray = fit.noise[:, None] * fit.model.noise_factor(fit.draws, x)
    return noise


def _closed_form(fit: Fit, x: FloatArray) -> Pointwise | None:
    """Return what the question's own closed form says at x, None where its method has none."""
    method = METHODS.get(fit.method)
    if method is None or method.answer != "exact":
        return None
    form: Callable[[Question, FloatArray], Pointwise | None] | None
    form = getattr(import_module(method.module), "pointwise", None)
    return None if form is None else form(fit.question, x)


def log_likelihood(fit: Fit, dataset: Dataset) -> FloatArray:
    """Return log p(y_n | draw s), shape (S, N), by the likelihood of the dataset's task.

    Gaussian noise at x_n where it depends on x; of classes the log probability of the one that is. Raises ValueError
    for a dataset with another likelihood than the fitted one's.
    """
    likelihood = fit.question.dataset.likelihood
    if dataset.likelihood != likelihood:
        raise ValueError(f"the fit is of {likelihood} and the rows are of {dataset.likelihood}: give the same task")
    f = fit.model.functions(fit.draws, dataset.x)
    values: FloatArray = likelihood.log_density(dataset.y, f, _noise(fit, dataset.x))
    return values
