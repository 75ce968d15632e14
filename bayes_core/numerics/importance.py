"""Proposals weighed by how much more a target thinks of them: how far they can be trusted, and chains made of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray

_LEAST = 1e-300


def pareto_k(log_weight: FloatArray) -> float:
    r"""Return the shape k of the generalised Pareto tail of importance weights, given their logs (S,), S at least 100.

    Means under the weights have a variance while k < 1/2, and are of use while k < 0.7; equal weights have k = -inf.
    The tail are the largest :math:`3\sqrt S` weights, its shape is that of Zhang and Stephens (2009), drawn a little
    to 1/2. Source: Vehtari, Simpson, Gelman, Yao and Gabry (2024), Pareto smoothed importance sampling, section 3.

    >>> random = np.random.default_rng(0)
    >>> [round(pareto_k(k * random.exponential(size=20_000)), 1) for k in (0.3, 1.0)]
    [0.3, 1.0]
    """
    ordered = np.sort(log_weight)
    count = int(3 * len(ordered) ** 0.5)
    weight = np.exp(ordered[-count - 1 :] - ordered[-1])
    over = weight[1:] - weight[0]
    if not over[-1] > _LEAST:
        return -np.inf
    return float(pareto_tails(over[None], _LEAST)[0][0])


def pareto_tails(over: FloatArray, least: float = 0.0) -> tuple[FloatArray, FloatArray]:
    """Return shape and scale (R,) of Pareto tails, given what lies over the cut, (R, M) rising, and above zero.

    The shape is drawn a little to 1/2. Where a quarter of a tail is zero, `least` stands for its quartile.
    Source: Zhang and Stephens (2009), A new and efficient estimation method for the generalized Pareto distribution.
    """
    count = over.shape[1]
    guesses = 30 + int(count**0.5)
    quarter = np.maximum(over[:, int(count / 4 + 0.5) - 1], least)
    spread = (1 - np.sqrt(guesses / (np.arange(guesses) + 0.5))) / 3
    rate = spread / quarter[:, None] + 1 / over[:, -1:]
    shape = np.stack([np.log1p(-b[:, None] * over).mean(1) for b in rate.T], axis=1)
    height = count * (np.log(-rate / shape) - shape - 1)
    share = np.exp(height - height.max(1, keepdims=True))
    best = (share * rate).sum(1) / share.sum(1)
    k = np.log1p(-best[:, None] * over).mean(1)
    return (count * k + 5) / (count + 10), -k / best


def effective(log_weight: FloatArray) -> float:
    """Return how many equally weighted draws tell a mean as well as these, given the logs of their weights (S,).

    >>> effective(np.zeros(7)), round(effective(np.log([1.0, 1.0, 1e-9])), 6)
    (7.0, 2.0)
    """
    weight = np.exp(log_weight - log_weight.max())
    return float(weight.sum() ** 2 / (weight**2).sum())


def metropolis(log_weight: FloatArray, random: np.random.Generator) -> NDArray[np.intp]:
    r"""Return at which of n proposals a chain stands at every step, (n,), given the logs of their weights (n,).

    One that stands at weight w goes on to the next, w', with probability :math:`\min(1, w' / w)`, and stays otherwise:
    what it visits are draws from the target, unweighted. It starts at the first proposal.
    Source: Tierney (1994), Markov chains for exploring posterior distributions, section 2.3.3.

    >>> metropolis(np.array([0.0, 5.0, -90.0, -90.0, 6.0]), np.random.default_rng(0))
    array([0, 1, 1, 1, 4])
    """
    at, here, stands = 0, float(log_weight[0]), []
    falls = random.exponential(size=len(log_weight))  # minus the logarithm of a uniform number
    for i, (there, fall) in enumerate(zip(log_weight.tolist(), falls.tolist(), strict=True)):
        if here - there < fall:
            at, here = i, there
        stands.append(at)
    return np.array(stands, np.intp)
