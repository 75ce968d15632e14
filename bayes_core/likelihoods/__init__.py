"""How y is made from f: one file a likelihood, which knows its density, its slope, sampling, and what f means.

A model turns inputs into K' functions f (..., N, K') and knows nothing of noise; a likelihood says with which density
a target y (N,) follows. Densities and slopes work on numpy arrays and on jax's traced ones alike.
"""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.likelihoods.categorical import Categorical
from bayes_core.likelihoods.gaussian import Gaussian
from bayes_core.likelihoods.heads import Head, Heads
from bayes_core.likelihoods.heteroscedastic import Heteroscedastic
from bayes_core.likelihoods.mixture_density import MixtureDensity


@runtime_checkable
class Likelihood(Protocol):
    """p(y | f, noise): y (N,), f (..., N, K'), noise (..., N) or (..., 1); whatever is returned begins (..., N)."""

    @property
    def outputs(self) -> int:
        """Return K', how many functions of x it reads."""
        ...

    @property
    def heads(self) -> Heads:
        """Return these functions as heads of a network, in their order, with their priors."""
        ...

    @property
    def noisy(self) -> bool:
        """Return whether it has a sigma, known or sought; where it has none the noise is 1 and plays no part."""
        ...

    def log_density(self, y: Any, f: Any, noise: Any) -> Any:
        """Return log p(y | f, noise), (..., N)."""
        ...

    def slope(self, y: Any, f: Any, noise: Any) -> Any:
        """Return the derivative of the log density in f, (..., N, K')."""
        ...

    def sample(self, f: FloatArray, noise: FloatArray, random: np.random.Generator) -> FloatArray:
        """Return one y for every f, (..., N)."""
        ...


@runtime_checkable
class OfNumbers(Likelihood, Protocol):
    """A likelihood of numbers: what f means is a mean, a spread, and a mixture of M Gaussians (M = 1: one of them)."""

    def mean(self, f: FloatArray) -> FloatArray:
        """Return E[y | f], (..., N)."""
        ...

    def level(self, f: FloatArray, noise: FloatArray) -> FloatArray:
        """Return the sd of y given f and the noise, (..., N)."""
        ...

    def parts(self, f: FloatArray, noise: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return share, mean and sd of every Gaussian, (..., N, M) each."""
        ...


def of_numbers(likelihood: Likelihood) -> OfNumbers:
    """Return the likelihood itself if its targets are numbers, or say that they are classes.

    >>> of_numbers(Gaussian())
    Gaussian()
    """
    if not isinstance(likelihood, OfNumbers):
        raise ValueError(f"{likelihood} is about classes, which have no mean: take the probabilities")
    return likelihood


def one_gaussian(likelihood: Likelihood) -> bool:
    """Return whether y given f is one Gaussian, whose mean and sd say everything.

    >>> one_gaussian(Heteroscedastic()), one_gaussian(MixtureDensity(2))
    (True, False)
    """
    return isinstance(likelihood, Gaussian | Heteroscedastic)


__all__ = [
    "Categorical",
    "Gaussian",
    "Head",
    "Heads",
    "Heteroscedastic",
    "Likelihood",
    "MixtureDensity",
    "OfNumbers",
    "of_numbers",
    "one_gaussian",
]
