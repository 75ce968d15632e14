r"""What may happen, as a decision needs it: mean, share below, quantiles, and how much is missing above a value.

    Mixture(weight, mean, sd)      Gaussians by parts, with `dof` Students: an exact posterior predictive
    Listed.of(draws)               draws, or values with weights: counts, samples, a table
    by_quantiles(function)         anything that has a quantile function

Shapes: futures may be many at once (...,), such as those after each possible next measurement. `at` then broadcasts
against that shape; quantiles put the probabilities (P,) first, (P, ...).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.checks import FloatArray, floats
from bayes_core.numerics import mixture

_HALVINGS = 80
_WIDEST = 1e6  # scales from the middle: where a Student's quantile is looked for


@runtime_checkable
class Futures(Protocol):
    """A distribution over what may happen, or many of them (...,)."""

    @property
    def mean(self) -> FloatArray:
        """Return the mean, (...,)."""

    def below(self, at: ArrayLike) -> FloatArray:
        """Return the probability of at most a value, (...,)."""

    def quantile(self, probability: ArrayLike) -> FloatArray:
        """Return the smallest values that hold these probabilities (P,) below them, (P, ...)."""

    def missing(self, at: ArrayLike) -> FloatArray:
        """Return how much more than a value there is, on average: E[max(y - a, 0)], (...,)."""

    def __hash__(self) -> int:
        """Return the same for the same futures, which never change."""


@dataclass(frozen=True, eq=False)
class Mixture:
    r"""A mixture of Gaussians, parts (..., K) along the last axis; with `dof` (..., K) of Students, two and more.

    >>> even = Mixture.of(10.0, 2.0)
    >>> float(even.below(10.0)), float(even.missing(10.0).round(4))  # sd / sqrt(2 pi)
    (0.5, 0.7979)
    """

    weight: FloatArray
    mean_of: FloatArray
    sd: FloatArray
    dof: FloatArray | None = None

    def __post_init__(self) -> None:
        """Check that weights are shares, that scales are positive, and that a Student has a mean and more."""
        if (self.weight < 0).any() or not np.allclose(self.weight.sum(-1), 1):
            raise ValueError("the weights of a mixture are shares: give numbers of 0 or more that sum to 1")
        if not (np.isfinite(self.sd).all() and (self.sd > 0).all()):
            raise ValueError(f"the smallest sd is {np.min(self.sd):g}: give sds above 0")
        if self.dof is not None and not (self.dof > 1).all():
            raise ValueError(f"a Student with {np.min(self.dof):g} degrees of freedom has no mean: give more than 1")

    @classmethod
    def of(cls, mean: ArrayLike, sd: ArrayLike, dof: ArrayLike | None = None) -> Mixture:
        """Return one Gaussian, or one Student, (...,)."""
        centre, spread = np.broadcast_arrays(np.asarray(mean, float), np.asarray(sd, float))
        heavy = None if dof is None else np.broadcast_to(np.asarray(dof, float), centre.shape)[..., None]
        return cls(np.ones((*centre.shape, 1)), centre[..., None], spread[..., None], heavy)

    @property
    def mean(self) -> FloatArray:
        """Return the mean, (...,)."""
        value: FloatArray = (self.weight * self.mean_of).sum(-1)
        return value

    def below(self, at: ArrayLike) -> FloatArray:
        """Return the distribution function."""
        from scipy.special import ndtr, stdtr  # noqa: PLC0415 (a third of a second to import)

        z = self._standard(at)
        value: FloatArray = (self.weight * (ndtr(z) if self.dof is None else stdtr(self.dof, z))).sum(-1)
        return value

    def quantile(self, probability: ArrayLike) -> FloatArray:
        """Return quantiles: Gaussian parts by Newton's method in a bracket, Students by halving one."""
        asked = np.atleast_1d(floats(probability, "the probability"))
        _open_shares(asked)
        if self.dof is None:
            return np.stack(mixture.quantiles(asked.tolist(), self.weight, self.mean_of, self.sd, 1e-10))
        low = np.broadcast_to((self.mean_of - _WIDEST * self.sd).min(-1), (len(asked), *self.mean.shape))
        high = np.broadcast_to((self.mean_of + _WIDEST * self.sd).max(-1), low.shape)
        wanted = asked.reshape(-1, *(1,) * self.mean.ndim)
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            under = self.below(middle) < wanted
            low, high = np.where(under, middle, low), np.where(under, high, middle)
        return np.asarray((low + high) / 2)

    def missing(self, at: ArrayLike) -> FloatArray:
        r"""Return :math:`\sum_k w_k s_k (\phi(z_k) - z_k (1 - \Phi(z_k)))`, and the same of Students."""
        from scipy.special import gammaln, ndtr, stdtr  # noqa: PLC0415

        z = self._standard(at)
        if self.dof is None:
            each = np.exp(-0.5 * z * z) / np.sqrt(2 * np.pi) - z * ndtr(-z)
        else:
            v = self.dof
            constant = gammaln((v + 1) / 2) - gammaln(v / 2) - 0.5 * np.log(np.pi * v)
            density = np.exp(constant - (v + 1) / 2 * np.log1p(z * z / v))
            each = (v + z * z) / (v - 1) * density - z * stdtr(v, -z)
        value: FloatArray = (self.weight * self.sd * each).sum(-1)
        return value

    def _standard(self, at: ArrayLike) -> FloatArray:
        value: FloatArray = (np.asarray(at, float)[..., None] - self.mean_of) / self.sd
        return value


@dataclass(frozen=True, eq=False)
class Listed:
    """Values (S,), rising, each with its weight (..., S): counts and their probabilities, or draws.

    >>> die = Listed.of([6, 1, 2, 3, 4, 5])
    >>> float(die.mean), float(die.below(4)), float(die.missing(4))  # 1 and 2 are missing, each in one of six
    (3.5, 0.6666666666666666, 0.5)
    """

    values: FloatArray
    weight: FloatArray

    @classmethod
    def of(cls, values: ArrayLike, weight: ArrayLike | None = None) -> Listed:
        """Return draws (S,), or values with weights (..., S) that need not sum to one. Raises ValueError for none."""
        seen = floats(values, "the values", 1)
        if not len(seen):
            raise ValueError("there are no values: give one or more")
        many = np.ones(len(seen)) if weight is None else floats(weight, "the weights")
        total = many.sum(-1, keepdims=True)
        if (many < 0).any() or not (total > 0).all():
            raise ValueError("weights say how often a value comes: give numbers of 0 or more, and one above 0")
        order = np.argsort(seen, kind="stable")
        return cls(seen[order], many[..., order] / total)

    @property
    def mean(self) -> FloatArray:
        """Return the mean, (...,)."""
        value: FloatArray = self.weight @ self.values
        return value

    def below(self, at: ArrayLike) -> FloatArray:
        """Return the weight of values of at most `at`."""
        inside = self.values <= np.asarray(at, float)[..., None]
        value: FloatArray = (self.weight * inside).sum(-1)
        return value

    def quantile(self, probability: ArrayLike) -> FloatArray:
        """Return the smallest of the values that hold these probabilities: the cheapest, where costs are linear."""
        asked = np.atleast_1d(floats(probability, "the probability"))
        _open_shares(asked)
        up_to = np.cumsum(self.weight, -1)
        wanted = asked.reshape(-1, *(1,) * (up_to.ndim - 1))
        slack = 1e-12  # the sum of ten tenths is no whole
        count = np.stack([(up_to < one[..., None] - slack).sum(-1) for one in wanted])
        return np.asarray(self.values[np.minimum(count, len(self.values) - 1)])

    def missing(self, at: ArrayLike) -> FloatArray:
        """Return the mean of what is above `at`."""
        over = np.maximum(self.values - np.asarray(at, float)[..., None], 0)
        value: FloatArray = (self.weight * over).sum(-1)
        return value


def by_quantiles(quantile: Callable[[FloatArray], FloatArray], size: int = 4000) -> Listed:
    """Return what a quantile function says, at `size` evenly spread probabilities.

    Its shares are exact to half of 1 / size, and what lies beyond its outermost places is not there: a cost is exact to
    about the square of that, times a spread.

    >>> even = by_quantiles(lambda p: 100 * p, size=100)
    >>> float(even.mean), float(even.below(25.0))
    (50.0, 0.25)
    """
    places = np.asarray(quantile(dot_places(size)), float)
    return Listed.of(places)


def dot_places(count: int) -> FloatArray:
    """Return the probabilities (i + 0.5) / n whose quantiles are n equally likely futures.

    >>> dot_places(4)
    array([0.125, 0.375, 0.625, 0.875])
    """
    if count < 1:
        raise ValueError(f"{count} futures were asked for: ask for 1 or more")
    return (np.arange(count) + 0.5) / count


def dots(futures: Futures, count: int) -> FloatArray:
    """Return `count` equally likely futures, rising: the quantiles at (i + 0.5) / n, (n, ...).

    >>> dots(Mixture.of(0.0, 1.0), 5).round(2)
    array([-1.28, -0.52,  0.  ,  0.52,  1.28])
    """
    return kept_quantiles(futures, tuple(dot_places(count).tolist()))


@lru_cache(maxsize=256)
def kept_quantiles(futures: Futures, probability: tuple[float, ...]) -> FloatArray:
    """Return quantiles (P, ...), read-only: a decision asks the same futures for the same ones several times.

    >>> kept_quantiles(Mixture.of(0.0, 1.0), (0.5,))
    array([0.])
    """
    found = futures.quantile(probability)
    found.setflags(write=False)
    return found


def _open_shares(probability: FloatArray) -> None:
    if not ((probability > 0) & (probability < 1)).all():
        raise ValueError("a quantile needs a probability between 0 and 1")
