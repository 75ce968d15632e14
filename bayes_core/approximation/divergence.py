"""How far a Gaussian q is from a posterior: the ELBO, and the KL divergence both ways, by quadrature.

ELBO(q) + KL(q || p) = log evidence
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from bayes_core.approximation.targets import Target
from bayes_core.checks import FloatArray

_LOG_2PI = float(np.log(2 * np.pi))
_GRID = 4001


def entropy(width: ArrayLike) -> FloatArray:
    """Return the entropy of a Gaussian in nats: log(width sqrt(2 pi e))."""
    return np.asarray(np.log(np.asarray(width, float)) + 0.5 * (1 + _LOG_2PI))


def elbo(target: Target, mean: ArrayLike, width: ArrayLike) -> FloatArray:
    """Return the evidence lower bound E_q[log p(y, theta)] + H(q).

    >>> from bayes_core.approximation.targets import LogOdds
    >>> fair = LogOdds(1, 2)
    >>> bool(elbo(fair, 0.0, 1.0) < fair.log_evidence)
    True
    """
    return target.expected(np.asarray(mean, float), np.asarray(width, float)) + entropy(width)


def gradient(target: Target, mean: ArrayLike, width: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return the gradient of the ELBO in mean and log width: E[l'], and E[l' width e] + 1."""
    by_mean, by_log = target.expected_slopes(np.asarray(mean, float), np.asarray(width, float))
    return by_mean, by_log + 1


@dataclass(frozen=True, eq=False)
class Exact:
    """A posterior on a fine grid: its density, moments and entropy, and how far any q is from it."""

    target: Target

    @cached_property
    def at(self) -> FloatArray:
        """Return the grid (G,)."""
        return np.linspace(*self.target.ends, _GRID)

    @cached_property
    def density(self) -> FloatArray:
        """Return p(theta | y) on the grid (G,)."""
        return self.density_at(self.at)

    def density_at(self, theta: FloatArray) -> FloatArray:
        """Return p(theta | y) anywhere."""
        dense: FloatArray = np.exp(self.target.log_joint(theta) - self.target.log_evidence)
        return dense

    @cached_property
    def _share(self) -> FloatArray:
        return np.asarray(self.density * (self.at[1] - self.at[0]))

    @cached_property
    def mean(self) -> float:
        """Return the posterior mean."""
        return float(self._share @ self.at)

    @cached_property
    def sd(self) -> float:
        """Return the posterior sd."""
        return float(np.sqrt(self._share @ (self.at - self.mean) ** 2))

    @cached_property
    def entropy(self) -> float:
        """Return the posterior's entropy in nats."""
        return float(-(self._share @ (self.target.log_joint(self.at) - self.target.log_evidence)))

    @cached_property
    def _below(self) -> FloatArray:
        return np.cumsum(self._share) - 0.5 * self._share

    def below(self, theta: ArrayLike) -> FloatArray:
        """Return the posterior probability below a value."""
        return np.asarray(np.interp(np.asarray(theta, float), self.at, self._below, 0.0, 1.0))

    def reverse(self, mean: ArrayLike, width: ArrayLike) -> FloatArray:
        """Return KL(q || p), in nats: what the ELBO lacks to the log evidence."""
        return np.maximum(self.target.log_evidence - elbo(self.target, mean, width), 0.0)

    def forward(self, mean: ArrayLike, width: ArrayLike) -> FloatArray:
        """Return KL(p || q), in nats: -H(p) - E_p[log q], which asks of p its mean and sd alone."""
        mean, width = np.asarray(mean, float), np.asarray(width, float)
        off = (self.sd**2 + (self.mean - mean) ** 2) / width**2
        return np.asarray(np.maximum(0.5 * (off + _LOG_2PI) + np.log(width) - self.entropy, 0.0))

    def held(self, mean: ArrayLike, width: ArrayLike, level: float = 0.9) -> FloatArray:
        """Return how much of the posterior the central interval of q holds that says `level`."""
        mean, width = np.asarray(mean, float), np.asarray(width, float)
        half = float(stats.norm.ppf(0.5 + level / 2)) * width
        return self.below(mean + half) - self.below(mean - half)
