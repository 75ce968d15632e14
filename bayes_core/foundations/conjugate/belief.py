r"""Conjugate updating: Beta-Binomial, Normal-Normal and Gamma-Poisson, exact at ten observations and at a billion.

Each family is a frozen belief about one parameter; learning from data gives the same family back. Parameters may be
numbers or arrays (V,) of slider positions, and so may the data. Everything is computed in logs.
Source: Gelman et al. (2013), Bayesian Data Analysis, chapter 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bayes_core.checks import FloatArray, floats

BoolArray = NDArray[np.bool_]
Place = Any
"""Anything that picks from an array: a position, several of them, a slice."""


_NEVER_NEGATIVE = {
    "n": "a number of observations is 0 or more",
    "scatter": "a sum of squares is 0 or more",
}


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
        """Return observations given by their sums alone. Raises ValueError for fewer than no observations."""
        named = {"n": n, "total": total, "scatter": scatter, "log_factorials": log_factorials}
        sums = {name: floats(part, name, finite=False) for name, part in named.items()}
        for name in ("n", "scatter"):
            if (sums[name] < 0).any():
                raise ValueError(f"{name} is {sums[name].min():g}: {_NEVER_NEGATIVE[name]}")
        return cls(**sums)

    @classmethod
    def flips(cls, heads: int, tails: int) -> Seen:
        """Return coin flips of which only the counts are known: their scatter is heads * tails / n.

        Raises ValueError for a negative count.

        >>> float(Seen.flips(3, 1).scatter)
        0.75
        """
        if min(heads, tails) < 0:
            raise ValueError(f"{heads} heads and {tails} tails were seen: counts must be 0 or more")
        n = heads + tails
        return cls.sums(n, heads, heads * tails / n if n else 0.0)

    @classmethod
    def along(cls, values: ArrayLike) -> Seen:
        """Return what was seen after 0, 1, ... N observations: every field has shape (N + 1,)."""
        y = floats(values, "the data", 1)
        logs = _log_factorial(y) if (y >= 0).all() else np.full(len(y), np.nan)
        shifted = y - y[0] if len(y) else y  # so that data far from zero keep their digits
        middle = np.cumsum(shifted) / np.arange(1, len(y) + 1)
        before = np.concatenate([shifted[:1], middle[:-1]])
        new = (shifted - before) * (shifted - middle)  # Welford's update: a sum of what is not negative
        n, total, scatter, logs = (np.concatenate([[0.0], np.cumsum(part)]) for part in (np.ones(len(y)), y, new, logs))
        return cls(n, total, scatter, logs)

    def at(self, place: Place) -> Seen:
        """Return what was seen at one place of many, or at several.

        >>> Seen.along([3.0, 1.0, 5.0]).at(2).total
        array(4.)
        """
        return Seen(*(picked(part, place) for part in (self.n, self.total, self.scatter, self.log_factorials)))

    def repeated(self, size: int) -> Seen:
        """Return the same observations `size` times over: every field has shape (size,)."""
        parts = (self.n, self.total, self.scatter, self.log_factorials)
        return Seen(*(np.full(size, float(part)) for part in parts))


def picked(values: FloatArray, place: Place) -> FloatArray:
    """Return an array's values at some places; one number is the same everywhere."""
    return np.asarray(values if np.ndim(values) == 0 else values[place])


def _log_factorial(y: FloatArray) -> FloatArray:
    from scipy.special import gammaln  # noqa: PLC0415 (a third of a second to import: only those who need it)

    value: FloatArray = gammaln(y + 1)
    return value


class Belief(Protocol):
    """A belief about one parameter that data can update."""

    def at(self, place: Place) -> Belief:
        """Return the belief at one place of many, or at several."""
        ...

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

    @property
    def support(self) -> tuple[float, float]:
        """Return the ends of what the parameter can be."""
        ...

    @property
    def infinite(self) -> tuple[BoolArray, BoolArray]:
        """Return where (...,) the density is infinite at the lower and at the upper end of the support."""
        ...

    @property
    def predictive_sd(self) -> FloatArray:
        """Return the standard deviation of one next observation; its mean is the belief's own."""
        ...

    def log_density(self, grid: FloatArray) -> FloatArray:
        """Return the log density at grid (G,), or (..., G) if each has its own, shape (..., G)."""
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


def positive_fields(belief: object, **names: str) -> None:
    """Make the named fields of a belief read-only arrays; raises ValueError unless all are more than 0."""
    for name, said in names.items():
        value = floats(getattr(belief, name), said)
        if (value <= 0).any():
            raise ValueError(f"{said} is {value.min():g}: it must be more than 0")
        object.__setattr__(belief, name, value)
