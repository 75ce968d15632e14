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
from bayes_core.likelihoods.heteroscedastic import Heteroscedastic


@runtime_checkable
class Likelihood(Protocol):
    """p(y | f, noise): y (N,), f (..., N, K'), noise (..., N) or (..., 1); whatever is returned begins (..., N)."""

    @property
    def outputs(self) -> int:
        """Return K', how many functions of x it reads."""
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


__all__ = ["Categorical", "Gaussian", "Heteroscedastic", "Likelihood"]
