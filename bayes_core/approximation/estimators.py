"""Two ways to guess the ELBO's gradient from draws of q, and neither is wrong on average.

reparameterised: move the draws with q, theta = mean + width e, and ask for the slope of log p(y, theta) there
score function:  leave the draws where they are, and weigh what they are worth by how q would make them more likely
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.approximation.targets import NODES, WEIGHTS, Target
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


def spread(
    target: Target, mean: ArrayLike, width: ArrayLike, weight: float = 1.0, baseline: bool = False
) -> FloatArray:
    """Return the sd (..., 2, 2) of one draw's gradient in mean and log width, exactly: reparameterised first.

    The KL term counts `weight` times. A baseline is here the mean of what draws are worth, as many draws would find it.

    >>> from bayes_core.approximation.targets import LogOdds
    >>> sd = spread(LogOdds(3, 9), -0.5, 0.6)
    >>> bool((sd[0] < sd[1]).all())
    True
    """
    mean, width = np.asarray(mean, float)[..., None], np.asarray(width, float)[..., None]
    theta = mean + width * NODES
    up = target.likelihood_slope(theta) + weight * target.prior_slope(theta)
    log_q = -0.5 * NODES**2 - np.log(width) - 0.5 * _LOG_2PI
    worth = target.log_likelihood(theta) + weight * (target.log_prior(theta) - log_q)
    if baseline:
        worth = worth - (worth @ WEIGHTS)[..., None]
    moved = np.stack([up, up * width * NODES], -2)
    weighed = np.stack([worth * NODES / width, worth * (NODES**2 - 1)], -2)
    both = np.stack([moved, weighed], -3)
    off = both - (both @ WEIGHTS)[..., None]
    return np.sqrt((off**2) @ WEIGHTS)
