r"""The weights of a logistic or softmax regression, given classes: proposals from around the mode, weighed.

Inputs are in standard deviations, every weight ~ N(0, 1), the intercepts too. Two classes have one logit, the log odds
of the second; more have one each. Proposals come from a t around the mode, as wide as the curvature there says, and
each counts by how much more the posterior thinks of it. Where few of them count, the Gaussian at the mode is left
(Laplace's approximation), and says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.likelihoods import Categorical
from bayes_core.numerics.importance import effective, pareto_k
from bayes_core.numerics.softmax import SoftmaxMode, softmax_mode
from bayes_core.numerics.softmax_density import weighed

Way = Literal["weighed", "laplace"]

DRAWS = 1000
WIDTH = 1.0
"""The prior's sd of every weight: one sd of an input moves the log odds by about 1."""

MOST_WEIGHTS = 600

_WORST_K, _FEWEST = 0.7, 400  # effective proposals, below which a Gaussian tells the tails no worse
_LEAST, _MOST, _WORK = 2000, 4000, 8_000_000  # proposals, and logits that they may cost


@dataclass(frozen=True, eq=False)
class ClassWeights:
    """Equally weighted draws of weights (S, P, K'), the mode (P, K'), how the draws were made, and log p(y) by Laplace.

    `effective` says how many independent draws the weighed `proposals` are worth, `k` is their Pareto k.
    """

    draws: FloatArray
    mode: FloatArray
    way: Way
    k: float
    effective: float
    proposals: int
    log_evidence: float


def class_weights(design: FloatArray, y: FloatArray, likelihood: Categorical, seed: int = 0) -> ClassWeights:
    """Return the posterior of weights ~ N(0, 1) given codes y (N,) at design rows (N, P).

    >>> x, y = np.column_stack([np.ones(8), np.arange(8.0) - 3.5]), np.array([0, 0, 1, 0, 1, 1, 0, 1.0])
    >>> found = class_weights(x, y, Categorical(2))
    >>> found.way, found.draws.shape, found.effective > 2000
    ('weighed', (1000, 2, 1), True)
    """
    mode = _mode(design, y, likelihood)
    proposals = int(np.clip(_WORK // (len(y) * likelihood.outputs), _LEAST, _MOST))
    size = mode.weights.size
    random, freedom = np.random.default_rng([seed, 43]), max(7, 2 * size)
    scale = np.sqrt(freedom / random.chisquare(freedom, (proposals, 1)))
    z = random.standard_normal((proposals, size)) * scale
    weight, theta = weighed(design, y, likelihood, mode.weights.ravel(), mode.axes, z, freedom, WIDTH)
    k, worth = pareto_k(weight), effective(weight)
    if k < _WORST_K and worth >= _FEWEST:
        way: Way = "weighed"
        drawn = theta[_taken(weight, DRAWS, random)]
    else:
        drawn, way = gaussian_draws(mode, DRAWS // 2, random), "laplace"
    shape = (-1, *mode.weights.shape)
    return ClassWeights(drawn.reshape(shape), mode.weights, way, k, worth, proposals, evidence_of(mode))


def _mode(design: FloatArray, y: FloatArray, likelihood: Categorical) -> SoftmaxMode:
    size = design.shape[1] * likelihood.outputs
    if size > MOST_WEIGHTS:
        raise ValueError(
            f"{likelihood.classes} classes and {design.shape[1] - 1} inputs make {size:,} weights, and at most "
            f"{MOST_WEIGHTS} are worked out here: leave some inputs out"
        )
    return softmax_mode(design, y, likelihood, WIDTH)


def around(design: FloatArray, y: FloatArray, likelihood: Categorical, pairs: int) -> tuple[FloatArray, float]:
    """Return draws (2 pairs, P, K') of the Gaussian at the mode, each with its mirror image, and log p(y) by Laplace.

    The same random numbers every time: two answers that are compared differ by what was asked, not by chance.
    """
    mode = _mode(design, y, likelihood)
    drawn = gaussian_draws(mode, pairs, np.random.default_rng(47))
    return drawn.reshape(-1, *mode.weights.shape), evidence_of(mode)


def gaussian_draws(mode: SoftmaxMode, pairs: int, random: np.random.Generator) -> FloatArray:
    """Return pairs of mirrored draws (2 pairs, P K') of the Gaussian as wide as the curvature at the mode says."""
    z = random.standard_normal((pairs, mode.weights.size)) @ mode.axes.T
    drawn: FloatArray = mode.weights.ravel() + np.concatenate([z, -z])
    return drawn


def evidence_of(mode: SoftmaxMode) -> float:
    r"""Return :math:`\log p(y) \approx -L + \log |A| - P \log w`, Laplace's approximation."""
    size = np.linalg.slogdet(mode.axes)[1]
    return float(-mode.loss + size - mode.weights.size * np.log(WIDTH))


def _taken(weight: FloatArray, count: int, random: np.random.Generator) -> FloatArray:
    """Return so many places, each as often as its share of the weights says, to less than one (systematic)."""
    share = np.exp(weight - weight.max())
    upto = np.cumsum(share) / share.sum()
    places: FloatArray = np.searchsorted(upto, (np.arange(count) + random.random()) / count).clip(max=len(weight) - 1)
    return places


def probabilities(draws: FloatArray, design: FloatArray, likelihood: Categorical, most: int = 1 << 21) -> FloatArray:
    """Return the mean (N, K) over draws (S, P, K') of every class's probability at design rows (N, P)."""
    step = max(most // (len(draws) * likelihood.outputs), 1)
    parts = [
        likelihood.probabilities(np.matmul(design[start : start + step], draws)).mean(0)
        for start in range(0, len(design), step)
    ]
    return np.concatenate(parts)


__all__ = ["DRAWS", "MOST_WEIGHTS", "WIDTH", "ClassWeights", "around", "class_weights", "probabilities"]
