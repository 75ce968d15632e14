"""Gamma-Poisson: a belief about a rate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.checks import FloatArray
from bayes_core.foundations.conjugate.belief import BoolArray, Place, Seen, picked, positive_fields


@dataclass(frozen=True, eq=False)
class Gamma:
    """A belief about a rate: Gamma(shape, rate); counts add to the shape, observations to the rate.

    >>> after = Gamma(3.0, 1.0).learn(Seen.of([2, 5, 4]))
    >>> float(after.shape), float(after.rate), float(after.mean)
    (14.0, 4.0, 3.5)
    """

    shape: FloatArray
    rate: FloatArray

    def __post_init__(self) -> None:
        """Check that both are positive."""
        positive_fields(self, shape="the shape", rate="the rate")

    @classmethod
    def around(cls, mean: ArrayLike, worth: ArrayLike) -> Gamma:
        """Return the Gamma with this mean that is worth this many observations."""
        size = np.asarray(worth, float)
        return cls(np.asarray(mean, float) * size, size)

    def at(self, place: Place) -> Gamma:
        """Return the belief at one place of many, or at several."""
        return Gamma(picked(self.shape, place), picked(self.rate, place))

    def learn(self, seen: Seen) -> Gamma:
        """Return Gamma(shape + sum, rate + n)."""
        if (seen.total < 0).any():
            raise ValueError(f"the counts sum to {seen.total}: counts must be 0 or more")
        if np.isnan(seen.log_factorials).any():  # Seen's mark of a negative value
            raise ValueError("one of the counts is negative: counts must be 0 or more")
        return Gamma(self.shape + seen.total, self.rate + seen.n)

    @property
    def mean(self) -> FloatArray:
        """Return shape / rate."""
        return np.asarray(self.shape / self.rate)

    @property
    def sd(self) -> FloatArray:
        """Return sqrt(shape) / rate."""
        return np.asarray(np.sqrt(self.shape) / self.rate)

    @property
    def worth(self) -> FloatArray:
        """Return the rate: the observations this belief is worth."""
        return np.asarray(self.rate)

    @property
    def support(self) -> tuple[float, float]:
        """Return 0 and infinity."""
        return 0.0, np.inf

    @property
    def infinite(self) -> tuple[BoolArray, BoolArray]:
        """Return where (...,) the density is infinite at 0: shape < 1; it is nowhere at infinity."""
        low = np.asarray(self.shape < 1)
        return low, np.zeros_like(low)

    @property
    def predictive_sd(self) -> FloatArray:
        """Return sqrt(mean + sd^2): the noise of a count, and what is unsure about its rate."""
        return np.asarray(np.sqrt(self.mean + self.sd**2))

    def log_density(self, grid: FloatArray) -> FloatArray:
        r"""Return :math:`k \log r + (k - 1)\log\lambda - r\lambda - \log\Gamma(k)`."""
        from scipy.special import gammaln, xlogy  # noqa: PLC0415

        k, r = self.shape[..., None], self.rate[..., None]
        value: FloatArray = k * np.log(r) + xlogy(k - 1, grid) - r * grid - gammaln(k)
        return value

    def quantile(self, probability: ArrayLike) -> FloatArray:
        """Invert the incomplete gamma function."""
        from scipy.special import gammaincinv  # noqa: PLC0415

        value: FloatArray = gammaincinv(self.shape, np.asarray(probability, float)) / self.rate
        return value

    def log_evidence(self, seen: Seen) -> FloatArray:
        r"""Return :math:`k\log r - k'\log r' + \log\Gamma(k') - \log\Gamma(k) - \sum\log y_i!`."""
        from scipy.special import gammaln  # noqa: PLC0415

        after = self.learn(seen)
        gained = gammaln(after.shape) - gammaln(self.shape)
        value: FloatArray = (
            self.shape * np.log(self.rate) - after.shape * np.log(after.rate) + gained - seen.log_factorials
        )
        return value

    def log_predictive(self, values: FloatArray) -> FloatArray:
        r"""Return the negative binomial log probability of one new count."""
        from scipy.special import betaln  # noqa: PLC0415

        k, r = self.shape[..., None], self.rate[..., None]
        ways = -betaln(k, values + 1) - np.log(k + values)  # log-gammas would cancel where k is large
        value: FloatArray = ways - k * np.log1p(1 / r) - values * np.log1p(r)
        return value
