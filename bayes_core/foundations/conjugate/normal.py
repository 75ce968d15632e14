"""Normal-Normal: a belief about a mean, the noise of one observation known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.checks import FloatArray, floats
from bayes_core.foundations.conjugate.belief import BoolArray, Place, Seen, picked, positive_fields


@dataclass(frozen=True, eq=False)
class Normal:
    """A belief about a mean: N(mean, sd^2), where one observation errs by `noise`.

    >>> after = Normal(0.0, 2.0, noise=1.0).learn(Seen.of([1.0, 3.0]))
    >>> float(after.mean.round(4)), float(after.sd.round(4))
    (1.7778, 0.6667)
    """

    mean: FloatArray
    sd: FloatArray
    noise: FloatArray

    def __post_init__(self) -> None:
        """Check that both scales are positive."""
        object.__setattr__(self, "mean", floats(self.mean, "the mean"))
        positive_fields(self, sd="the prior sd", noise="the noise")

    @classmethod
    def around(cls, mean: ArrayLike, worth: ArrayLike, noise: ArrayLike) -> Normal:
        """Return the Normal with this mean that is worth this many observations."""
        error = np.asarray(noise, float)
        centre, sd = np.broadcast_arrays(np.asarray(mean, float), error / np.sqrt(np.asarray(worth, float)))
        return cls(centre, sd, error)

    def at(self, place: Place) -> Normal:
        """Return the belief at one place of many, or at several."""
        return Normal(picked(self.mean, place), picked(self.sd, place), picked(self.noise, place))

    def learn(self, seen: Seen) -> Normal:
        r"""Return precision-weighted: :math:`1/s'^2 = 1/s^2 + n/\sigma^2`."""
        precision = 1 / self.sd**2 + seen.n / self.noise**2
        mean = (self.mean / self.sd**2 + seen.total / self.noise**2) / precision
        return Normal(mean, 1 / np.sqrt(precision), self.noise)

    @property
    def worth(self) -> FloatArray:
        """Return noise^2 / sd^2: the observations this belief is worth."""
        return np.asarray((self.noise / self.sd) ** 2)

    @property
    def support(self) -> tuple[float, float]:
        """Return minus infinity and infinity."""
        return -np.inf, np.inf

    @property
    def infinite(self) -> tuple[BoolArray, BoolArray]:
        """Return where (...,) the density is infinite: nowhere."""
        nowhere = np.zeros(np.shape(self.mean), bool)
        return nowhere, nowhere

    @property
    def predictive_sd(self) -> FloatArray:
        """Return sqrt(sd^2 + noise^2)."""
        return np.asarray(np.hypot(self.sd, self.noise))

    def log_density(self, grid: FloatArray) -> FloatArray:
        """Return the Gaussian log density."""
        return _log_normal(grid, self.mean[..., None], self.sd[..., None])

    def quantile(self, probability: ArrayLike) -> FloatArray:
        """Return mean + sd z."""
        from scipy.special import ndtri  # noqa: PLC0415

        value: FloatArray = self.mean + self.sd * ndtri(np.asarray(probability, float))
        return value

    def log_evidence(self, seen: Seen) -> FloatArray:
        r"""Return :math:`\log \mathcal N(y \mid m 1, \sigma^2 I + s^2 1 1^\top)` from count, mean and scatter."""
        n = np.maximum(seen.n, 1)
        gap = np.where(seen.n > 0, seen.total / n - self.mean, 0.0)
        pooled = self.noise**2 + seen.n * self.sd**2
        spread = seen.n * np.log(2 * np.pi * self.noise**2) + np.log(pooled / self.noise**2)
        value: FloatArray = -0.5 * (spread + seen.scatter / self.noise**2 + seen.n * gap**2 / pooled)
        return value

    def log_predictive(self, values: FloatArray) -> FloatArray:
        """Return the log density of one new observation: N(mean, sd^2 + noise^2)."""
        return _log_normal(values, self.mean[..., None], self.predictive_sd[..., None])


def _log_normal(at: FloatArray, mean: FloatArray, sd: FloatArray) -> FloatArray:
    z = (at - mean) / sd
    value: FloatArray = -0.5 * (z * z + np.log(2 * np.pi)) - np.log(sd)
    return value
