"""Densities of the noise, before and after the data, also where it depends on x."""

from __future__ import annotations

import numpy as np

from bayes_core.checks import FloatArray, floats
from bayes_core.inference import fit
from bayes_core.inference.sigma import log_half_cauchy
from bayes_core.likelihoods import Likelihood
from bayes_core.numerics.draws import density
from bayes_core.summaries.answers import refuse_several
from bayes_core.types import Budget, Dataset, Fit, Model, Prior

_PRIOR_DRAWS = 1000


def half_cauchy(sigma: FloatArray, scale: FloatArray | float) -> FloatArray:
    r"""Return the density of HalfCauchy(scale) at sigma > 0; scale broadcasts against it.

    .. math:: \frac{2}{\pi s\, (1 + \sigma^2 / s^2)}

    Source: Gelman (2006), Prior distributions for variance parameters in hierarchical models.
    Raises ValueError for a sigma that is not positive.

    >>> half_cauchy(np.array([2.0, 6.0]), 2.0).round(4)
    array([0.1592, 0.0318])
    """
    if not (np.asarray(sigma) > 0).all():
        raise ValueError(f"a noise of {float(np.min(sigma)):g} has no density: it must be positive")
    at = np.log(sigma)
    value: FloatArray = np.exp(log_half_cauchy(at, np.asarray(scale)) - at)
    return value


def noise_densities(answer: Fit, x: FloatArray, grid: FloatArray) -> FloatArray:
    """Return the density of a fit's noise at every input x (G, D) over a grid of sigma (L,), (G, L).

    A kernel estimate from the draws. One row serves all of x where the noise does not depend on it, (1, L).
    """
    _, noise = answer.moments(x)
    noise = noise if len(answer.question.likelihood.heads) > 1 else noise[:, :1]
    return np.array([density(values, grid) for values in noise.T])


def prior_noise_densities(
    model: Model, prior: Prior, x: FloatArray, grid: FloatArray, likelihood: Likelihood | None = None
) -> FloatArray:
    r"""Return the density of the noise at every input x (G, D) before any data, over a grid of sigma > 0, (G, L).

    sigma ~ HalfCauchy(s). Where the noise is sigma times a factor that depends on x, its density is the mean over
    draws of that factor, known in closed form for each:

    .. math:: p(\sigma(x)) = \mathbb E_{\phi(x)}[\mathrm{HalfCauchy}(\sigma(x) \mid s\,\phi(x))]

    One row serves all of x where there is no such factor, (1, L). Raises ValueError where the noise is known, or the
    grid is not positive.

    >>> from bayes_core import Mlp
    >>> prior_noise_densities(Mlp(), Prior(noise=2.0), np.zeros((1, 1)), np.array([2.0, 6.0])).round(4)
    array([[0.1592, 0.0318]])
    """
    if prior.noise_known:
        raise ValueError(f"the noise is known to be {prior.noise:g}, so it has no density: set noise_known=False")
    inputs = floats(x, "x", 2)
    nothing, budget = Dataset.from_arrays(inputs, np.zeros(len(inputs))), Budget(_PRIOR_DRAWS, chains=1)
    drawn = fit(nothing, model, "prior", prior, budget, likelihood=likelihood)
    refuse_several(drawn)
    _, level = drawn.moments(inputs)
    factor = (level if likelihood is not None and len(likelihood.heads) > 1 else level[:, :1]) / drawn.noise[:, None]
    mean: FloatArray = half_cauchy(grid, prior.noise * factor[:, :, None]).mean(0)
    return mean
