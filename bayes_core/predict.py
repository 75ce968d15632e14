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

    Where the answer has a closed form it comes too, and f is computed when somebody asks for it.
    Raises ValueError when x has another number of columns than the fitted data.
    """
    inputs = floats(x, "x")
    if inputs.ndim == 1:
        inputs = floats(inputs[:, None], "x")
    functions, task = partial(fit.model.functions, fit.draws, inputs), fit.question.dataset.task
    exact = _closed_form(fit, inputs)
    if exact is not None:
        return Predictive(inputs, functions, fit.noise, task, exact)
    factor = fit.model.noise_factor(fit.draws, inputs)
    noise = fit.noise if factor.size == 1 else fit.noise[:, None] * factor
    return Predictive(inputs, functions(), noise, task)


def _closed_form(fit: Fit, x: FloatArray) -> Pointwise | None:
    """Return what the question's own closed form says at x, None where its method has none."""
    method = METHODS.get(fit.method)
    if method is None or method.answer != "exact":
        return None
    fit.model.functions({site: draws[:1] for site, draws in fit.draws.items()}, x)  # refuses other inputs than fitted
    form: Callable[[Question, FloatArray], Pointwise | None] | None
    form = getattr(import_module(method.module), "pointwise", None)
    return None if form is None else form(fit.question, x)


def log_likelihood(fit: Fit, dataset: Dataset) -> FloatArray:
    r"""Return log p(y_n | draw s), shape (S, N), for Gaussian noise.

    .. math:: -\tfrac12 \log 2\pi\sigma_s^2 - (y_n - f_s(x_n))^2 / 2\sigma_s^2

    with the noise at x_n where it depends on x.
    """
    f = fit.model.functions(fit.draws, dataset.x)[:, :, 0]
    sigma = fit.noise[:, None] * fit.model.noise_factor(fit.draws, dataset.x)
    values: FloatArray = -0.5 * np.log(2 * np.pi) - np.log(sigma) - 0.5 * ((dataset.y - f) / sigma) ** 2
    return values
