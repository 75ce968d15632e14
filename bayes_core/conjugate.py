r"""Conjugate updating: Beta-Binomial, Normal-Normal and Gamma-Poisson, exact at ten observations and at a billion.

Each family is a frozen belief about one parameter; learning from data gives the same family back. Parameters may be
numbers or arrays (V,) of slider positions, and so may the data. Everything is computed in logs.
Source: Gelman et al. (2013), Bayesian Data Analysis, chapter 2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.types import FloatArray, floats, tails

How = Literal["equal-tailed", "hdi"]


@dataclass(frozen=True, eq=False)
class Seen:
    """What was observed, as far as these families care: how many, their sum, their scatter sum (y - mean)^2.

    For coin flips total is the number of heads; for counts it is their sum, and log_factorials that of log y!.
    """

    n: FloatArray
    total: FloatArray
    scatter: FloatArray
    log_factorials: FloatArray

    @classmethod
    def of(cls, values: ArrayLike) -> Seen:
        """Return what a list of observations amounts to."""
        y = floats(values, "the data", 1)
        return cls.sums(
            len(y),
            y.sum(),
            ((y - y.mean()) ** 2).sum() if len(y) else 0.0,
            _log_factorial(y).sum() if (y >= 0).all() else np.nan,
        )

    @classmethod
    def sums(cls, n: ArrayLike, total: ArrayLike, scatter: ArrayLike = np.nan, log_factorials: ArrayLike = 0.0) -> Seen:
        """Return observations given by their sums alone."""
        return cls(*(np.asarray(part, float) for part in (n, total, scatter, log_factorials)))

    @classmethod
    def along(cls, values: ArrayLike) -> Seen:
        """Return what was seen after 0, 1, ... N observations: every field has shape (N + 1,)."""
        y = floats(values, "the data", 1)
        logs = _log_factorial(y) if (y >= 0).all() else np.full(len(y), np.nan)
        shifted = y - y[0] if len(y) else y  # so that data far from zero keep their digits
        n, total, first, second, logs = (
            np.concatenate([[0.0], np.cumsum(part)]) for part in (np.ones(len(y)), y, shifted, shifted**2, logs)
        )
        scatter = np.maximum(second - first**2 / np.maximum(n, 1), 0.0)
        return cls(n, total, scatter, logs)


def _log_factorial(y: FloatArray) -> FloatArray:
    from scipy.special import gammaln  # noqa: PLC0415 (a third of a second to import: only those who need it)

    value: FloatArray = gammaln(y + 1)
    return value


class Belief(Protocol):
    """A belief about one parameter that data can update."""

    def learn(self, seen: Seen) -> Belief:
        """Return the posterior."""
        ...

    @property
    def mean(self) -> FloatArray:
        """Return its mean."""
        ...

    @property
    def sd(self) -> FloatArray:
        """Return its standard deviation."""
        ...

    @property
    def worth(self) -> FloatArray:
        """Return how many observations it is worth."""
        ...

    def log_density(self, grid: FloatArray) -> FloatArray:
        """Return the log density at grid (G,), shape (..., G)."""
        ...

    def quantile(self, probability: ArrayLike) -> FloatArray:
        """Return the quantile of a probability that broadcasts against the belief's own shape."""
        ...

    def log_evidence(self, seen: Seen) -> FloatArray:
        """Return log p(data) under this belief as prior, for the data in the order in which they came."""
        ...

    def log_predictive(self, values: FloatArray) -> FloatArray:
        """Return the log probability (or density) of one next observation at values (M,), shape (..., M)."""
        ...


@dataclass(frozen=True, eq=False)
class Beta:
    """A belief about a probability p: Beta(a, b); heads and tails add to a and b.

    >>> after = Beta(2.0, 2.0).learn(Seen.of([1, 1, 0, 1, 0]))
    >>> float(after.a), float(after.b), float(after.mean.round(4))
    (5.0, 4.0, 0.5556)
    """

    a: FloatArray
    b: FloatArray

    def __post_init__(self) -> None:
        """Check that both are positive."""
        _positive(self, a="a, the imagined heads,", b="b, the imagined tails,")

    @classmethod
    def around(cls, mean: ArrayLike, worth: ArrayLike) -> Beta:
        """Return the Beta with this mean that is worth this many observations."""
        centre, size = np.asarray(mean, float), np.asarray(worth, float)
        return cls(centre * size, (1 - centre) * size)

    def learn(self, seen: Seen) -> Beta:
        r"""Return Beta(a + heads, b + tails)."""
        if (seen.total < 0).any() or (seen.total > seen.n).any():
            raise ValueError(f"{seen.total} heads in {seen.n} flips: heads must lie between 0 and the number of flips")
        return Beta(self.a + seen.total, self.b + (seen.n - seen.total))

    @property
    def mean(self) -> FloatArray:
        """Return a / (a + b)."""
        return np.asarray(self.a / (self.a + self.b))

    @property
    def sd(self) -> FloatArray:
        """Return sqrt(m (1 - m) / (a + b + 1))."""
        return np.sqrt(self.mean * (self.b / (self.a + self.b)) / (self.a + self.b + 1))

    @property
    def worth(self) -> FloatArray:
        """Return a + b: the flips this belief is worth."""
        return np.asarray(self.a + self.b)

    def log_density(self, grid: FloatArray) -> FloatArray:
        r"""Return :math:`(a-1)\log p + (b-1)\log(1-p) - \log B(a, b)`."""
        from scipy.special import betaln, xlog1py, xlogy  # noqa: PLC0415

        a, b = self.a[..., None], self.b[..., None]
        value: FloatArray = xlogy(a - 1, grid) + xlog1py(b - 1, -grid) - betaln(a, b)
        return value

    def quantile(self, probability: ArrayLike) -> FloatArray:
        """Invert the incomplete beta function."""
        from scipy.special import betaincinv  # noqa: PLC0415

        value: FloatArray = betaincinv(self.a, self.b, np.asarray(probability, float))
        return value

    def log_evidence(self, seen: Seen) -> FloatArray:
        r"""Return :math:`\log B(a + h, b + t) - \log B(a, b)`: of the sequence, not of the count."""
        from scipy.special import betaln  # noqa: PLC0415

        after = self.learn(seen)
        value: FloatArray = betaln(after.a, after.b) - betaln(self.a, self.b)
        return value

    def log_predictive(self, values: FloatArray) -> FloatArray:
        """Return log P(next flip is 0 or 1) at values of 0 and 1."""
        chance_of_tails = np.asarray(self.b / (self.a + self.b))  # not 1 - mean, which rounds to 0
        value: FloatArray = np.log(np.where(values == 1, self.mean[..., None], chance_of_tails[..., None]))
        return value

    def log_predictive_count(self, heads: FloatArray, flips: int) -> FloatArray:
        r"""Return the beta-binomial :math:`\log P(h \text{ heads in } m \text{ flips})`, shape (..., M)."""
        from scipy.special import betaln, gammaln  # noqa: PLC0415

        a, b = self.a[..., None], self.b[..., None]
        ways = gammaln(flips + 1) - gammaln(heads + 1) - gammaln(flips - heads + 1)
        value: FloatArray = ways + betaln(a + heads, b + flips - heads) - betaln(a, b)
        return value


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
        _positive(self, sd="the prior sd", noise="the noise")

    def learn(self, seen: Seen) -> Normal:
        r"""Return precision-weighted: :math:`1/s'^2 = 1/s^2 + n/\sigma^2`."""
        precision = 1 / self.sd**2 + seen.n / self.noise**2
        mean = (self.mean / self.sd**2 + seen.total / self.noise**2) / precision
        return Normal(mean, 1 / np.sqrt(precision), self.noise)

    @property
    def worth(self) -> FloatArray:
        """Return noise^2 / sd^2: the observations this belief is worth."""
        return np.asarray((self.noise / self.sd) ** 2)

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
        return _log_normal(values, self.mean[..., None], np.hypot(self.sd, self.noise)[..., None])


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
        _positive(self, shape="the shape", rate="the rate")

    @classmethod
    def around(cls, mean: ArrayLike, worth: ArrayLike) -> Gamma:
        """Return the Gamma with this mean that is worth this many observations."""
        size = np.asarray(worth, float)
        return cls(np.asarray(mean, float) * size, size)

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


def _log_normal(at: FloatArray, mean: FloatArray, sd: FloatArray) -> FloatArray:
    z = (at - mean) / sd
    value: FloatArray = -0.5 * (z * z + np.log(2 * np.pi)) - np.log(sd)
    return value


def _positive(belief: object, **names: str) -> None:
    for name, said in names.items():
        value = floats(getattr(belief, name), said)
        if (value <= 0).any():
            raise ValueError(f"{said} is {value.min():g}: it must be more than 0")
        object.__setattr__(belief, name, value)


def interval(belief: Belief, level: float = 0.9, how: How = "equal-tailed") -> tuple[FloatArray, FloatArray]:
    """Return the ends (...,) of an interval that holds `level` of a belief.

    "equal-tailed" leaves the same probability out on either side; "hdi" is the shortest, which for one-humped beliefs
    holds the points of highest density (Kruschke 2015, section 4.3.4). Raises ValueError for a level outside (0, 1).

    >>> low, high = interval(Beta(9.0, 3.0), 0.9, "hdi")
    >>> float(low.round(3)), float(high.round(3))
    (0.566, 0.944)
    """
    below, _ = tails(level)
    if how == "equal-tailed":
        return belief.quantile(below), belief.quantile(1 - below)
    if how != "hdi":
        raise ValueError(f"the interval is {how!r}: choose 'equal-tailed' or 'hdi'")
    golden = (np.sqrt(5) - 1) / 2
    left = np.zeros(np.shape(belief.mean))
    right = np.full_like(left, 1 - level)
    for _ in range(36):  # golden section on the length, in probability left out below: 1e-8 of the tail
        a, b = right - golden * (right - left), left + golden * (right - left)
        shorter = _length(belief, a, level) < _length(belief, b, level)
        left, right = np.where(shorter, left, a), np.where(shorter, b, right)
    middle = 0.5 * (left + right)
    for edge in (0.0, 1 - level):  # beliefs that pile up at an end
        shorter = _length(belief, np.full_like(left, edge), level) < _length(belief, middle, level)
        middle = np.where(shorter, edge, middle)
    tie = _length(belief, np.full_like(left, below), level) <= (1 + 1e-9) * _length(belief, middle, level)
    middle = np.where(tie, below, middle)  # a flat belief has many shortest intervals: take the one in the middle
    return belief.quantile(middle), belief.quantile(np.minimum(middle + level, 1.0))


def _length(belief: Belief, below: FloatArray, level: float) -> FloatArray:
    return belief.quantile(np.minimum(below + level, 1.0)) - belief.quantile(below)


def log_likelihood(belief: Belief, seen: Seen, grid: FloatArray) -> FloatArray:
    """Return the log likelihood (..., G) of what was seen, up to a constant that does not depend on the grid.

    >>> log_likelihood(Beta(1.0, 1.0), Seen.sums(3, 2), np.array([0.5])).round(4)
    array([-2.0794])
    """
    n, total = (np.asarray(part)[..., None] for part in (seen.n, seen.total))
    from scipy.special import xlog1py, xlogy  # noqa: PLC0415 (a third of a second to import)

    if isinstance(belief, Beta):
        value: FloatArray = xlogy(total, grid) + xlog1py(n - total, -grid)
    elif isinstance(belief, Gamma):
        value = xlogy(total, grid) - n * grid
    else:
        assert isinstance(belief, Normal)
        value = (total * grid - 0.5 * n * grid**2) / np.asarray(belief.noise)[..., None] ** 2
    return value


def predictions(prior: Belief, values: Sequence[float] | FloatArray) -> FloatArray:
    r"""Return log p(y_1), log p(y_2 | y_1), ...: their sum is the log evidence, whatever the order (N,).

    >>> flips = [1, 0, 1, 1]
    >>> bool(np.isclose(predictions(Beta(1.0, 1.0), flips).sum(), Beta(1.0, 1.0).log_evidence(Seen.of(flips))))
    True
    """
    along = prior.log_evidence(Seen.along(values))
    step: FloatArray = np.diff(along)
    return step


__all__ = ["Belief", "Beta", "Gamma", "Normal", "Seen", "interval", "log_likelihood", "predictions"]
