"""Posteriors with one unknown whose every number can be had another way: what a Gaussian q is held against.

A target is prior times likelihood as a function of one unknown: `log_prior`, `log_likelihood`, their slopes, and the
log evidence that no q can pass.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import integrate, special, stats

from bayes_core.checks import FloatArray, floats

_LOG_2PI = float(np.log(2 * np.pi))
_STEP, _REACH = 1 / 16, 8.0
NODES: FloatArray = np.arange(-_REACH, _REACH + _STEP / 2, _STEP)
"""Standard Gaussian deviates (J,) at which expectations are taken: the trapezoid rule, for a Gaussian's own tails."""
WEIGHTS: FloatArray = np.exp(-0.5 * NODES**2) / np.exp(-0.5 * NODES**2).sum()


class Target(ABC):
    """A posterior over one unknown, known up to its evidence. `ends` hold all of it but a part in a million."""

    @abstractmethod
    def log_prior(self, theta: FloatArray) -> FloatArray:
        """Return log p(theta), of any shape."""

    @abstractmethod
    def log_likelihood(self, theta: FloatArray) -> FloatArray:
        """Return log p(y | theta), of any shape."""

    @abstractmethod
    def prior_slope(self, theta: FloatArray) -> FloatArray:
        """Return the derivative of log p(theta)."""

    @abstractmethod
    def likelihood_slope(self, theta: FloatArray) -> FloatArray:
        """Return the derivative of log p(y | theta)."""

    @property
    @abstractmethod
    def log_evidence(self) -> float:
        """Return log p(y)."""

    @property
    @abstractmethod
    def ends(self) -> tuple[float, float]:
        """Return between which values all of the posterior lies that matters."""

    @property
    def unit(self) -> float:
        """Return a length that is natural for the unknown: a step of an optimiser is a share of it."""
        return 1.0

    def log_joint(self, theta: FloatArray) -> FloatArray:
        """Return log p(y, theta), of any shape."""
        return self.log_prior(theta) + self.log_likelihood(theta)

    def slope(self, theta: FloatArray) -> FloatArray:
        """Return the derivative of log p(y, theta)."""
        return self.prior_slope(theta) + self.likelihood_slope(theta)

    def expected(self, mean: FloatArray, width: FloatArray) -> FloatArray:
        """Return E_q[log p(y, theta)] for q = N(mean, width^2), of any shape."""
        return np.asarray(self.log_joint(mean[..., None] + width[..., None] * NODES) @ WEIGHTS)

    def expected_slopes(self, mean: FloatArray, width: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the derivatives of that in the mean, E[l'], and in the log width, E[l' width e]."""
        slopes = self.slope(mean[..., None] + width[..., None] * NODES)
        return np.asarray(slopes @ WEIGHTS), np.asarray(width * ((slopes * NODES) @ WEIGHTS))


@dataclass(frozen=True, eq=False)
class Weighings(Target):
    """A weight read off scales that may be far off: Cauchy errors of this scale, a Gaussian prior.

    Readings that disagree leave a posterior with a hump for each camp. Its evidence is an integral by quadrature.

    >>> two = Weighings((69.7, 70.5, 75.1, 75.6))
    >>> round(two.log_evidence, 2)
    -13.5
    """

    readings: tuple[float, ...]
    scale: float = 0.5
    centre: float = 72.5
    width: float = 4.0

    def log_prior(self, theta: FloatArray) -> FloatArray:
        """Return the log of the Gaussian prior."""
        return np.asarray(-0.5 * ((theta - self.centre) / self.width) ** 2 - np.log(self.width) - 0.5 * _LOG_2PI)

    def log_likelihood(self, theta: FloatArray) -> FloatArray:
        """Return the sum of the logs of Cauchy densities."""
        total: FloatArray = np.zeros(np.shape(theta))
        for y in self.readings:
            z = (theta - y) / self.scale
            total = total - np.log1p(z * z)
        return np.asarray(total - len(self.readings) * np.log(np.pi * self.scale))

    def prior_slope(self, theta: FloatArray) -> FloatArray:
        """Return the derivative of the log prior."""
        return -(theta - self.centre) / self.width**2

    def likelihood_slope(self, theta: FloatArray) -> FloatArray:
        """Return the derivative of the log likelihood."""
        total: FloatArray = np.zeros(np.shape(theta))
        for y in self.readings:
            z = (theta - y) / self.scale
            total = total + z / (1 + z * z)
        return -2 * total / self.scale

    @cached_property
    def log_evidence(self) -> float:
        """Return log p(y), by adaptive quadrature between the readings."""
        low, high = self.ends
        found, _ = integrate.quad(
            lambda t: float(np.exp(self.log_joint(np.asarray(t)))),
            low, high, points=sorted({self.centre, *self.readings}), limit=400, epsabs=0, epsrel=1e-10,
        )  # fmt: skip
        return float(np.log(found))

    @property
    def ends(self) -> tuple[float, float]:
        """Return seven widths of the prior, which the likelihood only narrows."""
        return self.centre - 7 * self.width, self.centre + 7 * self.width


@dataclass(frozen=True, eq=False)
class LaplaceSlope(Target):
    """The slope of a line through the origin with known noise, under a Laplace prior of this scale.

        y_i = slope x_i + noise e_i,    p(slope) = exp(-|slope| / scale) / (2 scale)

    The log evidence is in closed form: a Gaussian times an exponential, on either side of nothing.

    >>> line = LaplaceSlope((1.0, 2.0), (0.5, 0.9), noise=1.0, scale=0.5)
    >>> round(line.best, 2), round(line.log_evidence, 2)
    (0.46, -2.57)
    """

    x: tuple[float, ...]
    y: tuple[float, ...]
    noise: float
    scale: float

    def __post_init__(self) -> None:
        """Refuse what has no posterior."""
        x, y = floats(self.x, "x", 1), floats(self.y, "y", 1)
        if len(x) != len(y) or not (x != 0).any():
            raise ValueError(f"{len(x)} x and {len(y)} y: give as many of each, and one x that is not 0")
        if self.noise <= 0 or self.scale <= 0:
            raise ValueError(f"noise {self.noise:g} and prior scale {self.scale:g}: both must be positive")

    @cached_property
    def curvature(self) -> float:
        """Return how fast the log likelihood bends: sum x^2 / noise^2."""
        return float(np.square(self.x).sum()) / self.noise**2

    @cached_property
    def best(self) -> float:
        """Return the slope of least squares."""
        return float(np.dot(self.x, self.y) / np.square(self.x).sum())

    @cached_property
    def height(self) -> float:
        """Return the log likelihood at the slope of least squares."""
        rest = np.square(np.asarray(self.y) - self.best * np.asarray(self.x)).sum() / self.noise**2
        return float(-0.5 * rest - len(self.y) * (np.log(self.noise) + 0.5 * _LOG_2PI))

    def log_prior(self, theta: FloatArray) -> FloatArray:
        """Return the log of the Laplace prior."""
        return np.asarray(-np.abs(theta) / self.scale - np.log(2 * self.scale))

    def log_likelihood(self, theta: FloatArray) -> FloatArray:
        """Return the log likelihood, a parabola."""
        return self.height - 0.5 * self.curvature * (theta - self.best) ** 2

    def prior_slope(self, theta: FloatArray) -> FloatArray:
        """Return the derivative of the log prior; at 0 it is 0."""
        return -np.sign(theta) / self.scale

    def likelihood_slope(self, theta: FloatArray) -> FloatArray:
        """Return the derivative of the log likelihood."""
        return -self.curvature * (theta - self.best)

    def expected(self, mean: FloatArray, width: FloatArray) -> FloatArray:
        """Return E_q[log p(y, theta)] in closed form: a parabola, and the mean of |theta|, a folded Gaussian."""
        z = mean / width
        folded = width * np.sqrt(2 / np.pi) * np.exp(-0.5 * z * z) + mean * special.erf(z / np.sqrt(2))
        bent = self.height - 0.5 * self.curvature * ((mean - self.best) ** 2 + width**2)
        return np.asarray(bent - folded / self.scale - np.log(2 * self.scale))

    def expected_slopes(self, mean: FloatArray, width: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return its derivatives in mean and log width, in closed form."""
        z = mean / width
        by_mean = -self.curvature * (mean - self.best) - special.erf(z / np.sqrt(2)) / self.scale
        by_width = -self.curvature * width - np.sqrt(2 / np.pi) * np.exp(-0.5 * z * z) / self.scale
        return np.asarray(by_mean), np.asarray(width * by_width)

    def row_slopes(self, theta: FloatArray, rows: FloatArray) -> FloatArray:
        """Return the derivative of the log likelihood of some rows (B,), added up, at slopes of any shape."""
        x, y = np.asarray(self.x)[rows.astype(int)], np.asarray(self.y)[rows.astype(int)]
        return np.asarray((np.dot(x, y) - theta * np.dot(x, x)) / self.noise**2)

    def cooled(self, weight: float) -> LaplaceSlope:
        """Return the posterior whose KL term counts `weight` times: as if the noise's variance were so much larger."""
        return LaplaceSlope(self.x, self.y, self.noise * float(np.sqrt(weight)), self.scale)

    @cached_property
    def log_evidence(self) -> float:
        """Return log p(y): on each side of 0 a Gaussian whose mean the prior moves by 1 / (scale curvature)."""
        sd = 1 / np.sqrt(self.curvature)
        moved = 1 / (self.scale * self.curvature)
        sides = [
            sign * self.best * -1 / self.scale + 0.5 * moved / self.scale
            + stats.norm.logcdf((sign * self.best - moved) / sd)
            for sign in (1, -1)
        ]  # fmt: skip
        area = np.log(sd) + 0.5 * _LOG_2PI + special.logsumexp(sides)
        return float(self.height - np.log(2 * self.scale) + area)

    @property
    def ends(self) -> tuple[float, float]:
        """Return nine sds of the likelihood about its best slope, and 0 with the prior's reach."""
        sd = 1 / np.sqrt(self.curvature)
        return min(self.best, 0.0) - 9 * sd, max(self.best, 0.0) + 9 * sd

    @property
    def unit(self) -> float:
        """Return the sd of the likelihood."""
        return float(1 / np.sqrt(self.curvature))


@dataclass(frozen=True, eq=False)
class LogOdds(Target):
    """The log odds of a probability of which `hits` of `of` were seen, under a Beta(a, b) prior.

    A probability has ends, and a Gaussian has none: so q lives on log odds, where the posterior is smooth and skewed.
    The evidence is that of the Beta-binomial.

    >>> bool(np.isclose(LogOdds(0, 20).log_evidence, np.log(1 / 21)))
    True
    """

    hits: int
    of: int
    a: float = 1.0
    b: float = 1.0

    def __post_init__(self) -> None:
        """Refuse counts that cannot be."""
        if not 0 <= self.hits <= self.of or self.of < 1:
            raise ValueError(f"{self.hits} of {self.of}: give a count from 0 to the number of trials, of one at least")

    def share(self, theta: FloatArray) -> FloatArray:
        """Return the probability that log odds stand for."""
        return np.asarray(special.expit(theta))

    def log_prior(self, theta: FloatArray) -> FloatArray:
        """Return the log density of the log odds: a Beta density times the change of scale, p (1 - p)."""
        return -self.a * _softplus(-theta) - self.b * _softplus(theta) - float(special.betaln(self.a, self.b))

    def log_likelihood(self, theta: FloatArray) -> FloatArray:
        """Return the log of the binomial probability of the count."""
        ways = -np.log(self.of + 1) - special.betaln(self.hits + 1, self.of - self.hits + 1)
        return float(ways) - self.hits * _softplus(-theta) - (self.of - self.hits) * _softplus(theta)

    def prior_slope(self, theta: FloatArray) -> FloatArray:
        """Return the derivative of the log prior."""
        return np.asarray(self.a - (self.a + self.b) * special.expit(theta))

    def likelihood_slope(self, theta: FloatArray) -> FloatArray:
        """Return the derivative of the log likelihood."""
        return np.asarray(self.hits - self.of * special.expit(theta))

    @property
    def log_evidence(self) -> float:
        """Return log p(y), the Beta-binomial probability of the count."""
        after = special.betaln(self.a + self.hits, self.b + self.of - self.hits) - special.betaln(self.a, self.b)
        ways = -np.log(self.of + 1) - special.betaln(self.hits + 1, self.of - self.hits + 1)
        return float(ways + after)

    @property
    def ends(self) -> tuple[float, float]:
        """Return the log odds outside of which a Beta(a + hits, b + misses) has less than 1e-9 on either side."""
        after = stats.beta(self.a + self.hits, self.b + self.of - self.hits)
        return float(special.logit(after.ppf(1e-9))), float(special.logit(after.isf(1e-9)))


def _softplus(theta: FloatArray) -> FloatArray:
    softened: FloatArray = np.logaddexp(0.0, theta)
    return softened
