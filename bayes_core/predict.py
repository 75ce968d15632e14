"""From a Fit and inputs to a Predictive; pointwise log-likelihood."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.checks import FloatArray, floats
from bayes_core.types import Dataset, Fit, Predictive


def predict(fit: Fit, x: ArrayLike) -> Predictive:
    """Return function values f (S, G, K) of every draw at inputs x (G, D); (G,) is read as one input.

    Raises ValueError when x has another number of columns than the fitted data.
    """
    inputs = floats(x, "x")
    if inputs.ndim == 1:
        inputs = floats(inputs[:, None], "x")
    factor = fit.model.noise_factor(fit.draws, inputs)
    noise = fit.noise if factor.size == 1 else fit.noise[:, None] * factor
    return Predictive(inputs, fit.model.functions(fit.draws, inputs), noise)


def log_likelihood(fit: Fit, dataset: Dataset) -> FloatArray:
    r"""Return log p(y_n | draw s), shape (S, N), for Gaussian noise.

    .. math:: -\tfrac12 \log 2\pi\sigma_s^2 - (y_n - f_s(x_n))^2 / 2\sigma_s^2

    with the noise at x_n where it depends on x.
    """
    f = fit.model.functions(fit.draws, dataset.x)[:, :, 0]
    sigma = fit.noise[:, None] * fit.model.noise_factor(fit.draws, dataset.x)
    values: FloatArray = -0.5 * np.log(2 * np.pi) - np.log(sigma) - 0.5 * ((dataset.y - f) / sigma) ** 2
    return values
