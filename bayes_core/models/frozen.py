"""A network whose inner weights stay as they were drawn: its outer layer is a linear model, with an exact posterior."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray


@dataclass(frozen=True)
class Frozen:
    """Hidden units tanh(x V + c) as a basis, the inner weights V and c fixed draws of N(0, width^2).

    The same seed draws the same weights at every width, scaled. Source: Neal (1996), Bayesian Learning for Neural
    Networks, section 2.1, for what such units become as they grow in number.

    >>> Frozen(3)(np.zeros((2, 1))).shape
    (2, 3)
    """

    units: int = 40
    width: float = 1.0
    seed: int = 1

    def __call__(self, x: FloatArray) -> FloatArray:
        """Return one column (N, units) per hidden unit."""
        drawn = np.random.default_rng(self.seed).standard_normal((x.shape[1] + 1, self.units))
        units: FloatArray = np.tanh(self.width * (x @ drawn[:-1] + drawn[-1]))
        return units
