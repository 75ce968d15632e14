"""Two ways to guess the ELBO's gradient from draws of q, and neither is wrong on average.

reparameterised: move the draws with q, theta = mean + width e, and ask for the slope of log p(y, theta) there
score function:  leave the draws where they are, and weigh what they are worth by how q would make them more likely
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.approximation.targets import Target
from bayes_core.checks import FloatArray

_LOG_2PI = float(np.log(2 * np.pi))


def reparameterised(target: Target, mean: ArrayLike, width: ArrayLike, e: FloatArray) -> FloatArray:
    """Return one gradient (..., S, 2) in mean and log width for every draw e (..., S).

        l'(theta),    l'(theta) width e + 1,    where theta = mean + width e

    The entropy of q is known, and gives the 1.
    """
    mean, width = np.asarray(mean, float)[..., None], np.asarray(width, float)[..., None]
    slope = target.slope(mean + width * e)
    return np.stack([slope, slope * width * e + 1], -1)


def score_function(
    target: Target, mean: ArrayLike, width: ArrayLike, e: FloatArray, baseline: bool = False
) -> FloatArray:
    """Return one gradient (..., S, 2) in mean and log width for every draw e (..., S).

        (log p(y, theta) - log q(theta) - b) times the gradient of log q(theta): e / width,  e^2 - 1

    With a baseline b is the mean of what the other draws are worth, which changes nothing on average: the mean of the
    gradient of log q is 0. One draw has no others, and no baseline.
    """
    mean, width = np.asarray(mean, float)[..., None], np.asarray(width, float)[..., None]
    log_q = -0.5 * e**2 - np.log(width) - 0.5 * _LOG_2PI
    worth = target.log_joint(mean + width * e) - log_q
    many = e.shape[-1]
    if baseline and many > 1:
        worth = (worth - worth.mean(-1, keepdims=True)) * many / (many - 1)
    return np.stack([worth * e / width, worth * (e**2 - 1)], -1)


def spread(target: Target, mean: float, width: float, draws: int = 4000, seed: int = 0) -> FloatArray:
    """Return the sd (2, 2) of one draw's gradient in mean and log width: reparameterised first, score function second.

    >>> from bayes_core.approximation.targets import LogOdds
    >>> sd = spread(LogOdds(3, 9), -0.5, 0.6)
    >>> bool((sd[0] < sd[1]).all())
    True
    """
    e = np.random.default_rng(seed).standard_normal(draws)
    both = (reparameterised(target, mean, width, e), score_function(target, mean, width, e))
    return np.array([one.std(0) for one in both])
