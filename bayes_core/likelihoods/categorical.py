"""Classes: log odds of two, a softmax of more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from bayes_core.checks import FloatArray, count
from bayes_core.likelihoods.arrays import library
from bayes_core.likelihoods.heads import Head, Heads

MOST_CLASSES = 100


@dataclass(frozen=True)
class Categorical:
    r"""y is one of K classes 0, ..., K - 1; two have one logit, the log odds of class 1, more have one logit each.

    .. math:: p(y = 1 \mid f) = \frac{1}{1 + e^{-f}}, \qquad p(y = k \mid f) = \frac{e^{f_k}}{\sum_j e^{f_j}}

    One logit with prior sd w is a softmax of two with w / sqrt 2 each. Raises ValueError for fewer than two classes.

    >>> Categorical(2).outputs, Categorical(3).outputs
    (1, 3)
    """

    classes: int
    noisy: ClassVar[bool] = False

    def __post_init__(self) -> None:
        """Check the number of classes."""
        count(self.classes, "the number of classes", 2, MOST_CLASSES)

    @property
    def outputs(self) -> int:
        """Return 1 for two classes, and K for K."""
        return 1 if self.classes == 2 else self.classes

    @property
    def heads(self) -> Heads:
        """Return one head, of all logits."""
        return (Head(outputs=self.outputs),)

    def log_density(self, y: Any, f: Any, noise: Any = None) -> Any:
        """Return log p(y | f), (..., N), of codes y (N,); there is no noise.

        >>> Categorical(2).log_density(np.array([1.0, 0.0]), np.array([[2.0], [2.0]])).round(4)
        array([-0.1269, -2.1269])
        """
        xp = library(f)
        if self.outputs == 1:
            return -xp.logaddexp(0.0, (1 - 2 * y) * f[..., 0])
        return xp.where(self._is(y, xp), f, 0.0).sum(-1) - log_sum_exp(f)

    def slope(self, y: Any, f: Any, noise: Any = None) -> Any:
        """Return what is observed minus what is expected, (..., N, K')."""
        xp = library(f)
        if self.outputs == 1:
            return y[..., None] - xp.exp(-xp.logaddexp(0.0, -f))
        return self._is(y, xp) - xp.exp(f - log_sum_exp(f)[..., None])

    def curvature(self, f: FloatArray) -> FloatArray:
        """Return minus the second derivative of the log density in f, (..., N, K', K'): diag(p) - p p'.

        >>> Categorical(2).curvature(np.zeros((1, 1)))
        array([[[0.25]]])
        """
        p = self.probabilities(f)
        if self.outputs == 1:
            both: FloatArray = p[..., 0] * p[..., 1]
            return both[..., None, None]
        bent: FloatArray = -p[..., :, None] * p[..., None, :]
        each = np.arange(self.classes)
        bent[..., each, each] += p
        return bent

    def probabilities(self, f: FloatArray) -> FloatArray:
        """Return p(y = k | f), (..., N, K), also of two classes.

        >>> Categorical(2).probabilities(np.array([[0.0], [800.0]]))
        array([[0.5, 0.5],
               [0. , 1. ]])
        """
        if self.outputs == 1:
            away = np.exp(-np.abs(f[..., 0]))  # never overflows, and small probabilities keep their digits
            small, large = away / (1 + away), 1 / (1 + away)
            up = f[..., 0] > 0
            return np.stack([np.where(up, small, large), np.where(up, large, small)], -1)
        odds = np.exp(f - f.max(-1, keepdims=True))
        p: FloatArray = odds / odds.sum(-1, keepdims=True)
        return p

    def log_odds(self, f: FloatArray) -> FloatArray:
        """Return log(p / (1 - p)) of class 1 of two, (..., N, 1), or of every class of more, (..., N, K).

        Unlike probabilities they have no ties where one class is all but certain.

        >>> Categorical(3).log_odds(np.array([[0.0, 0.0, 0.0]])).round(4)
        array([[-0.6931, -0.6931, -0.6931]])
        """
        if self.outputs == 1:
            return f
        each = np.ascontiguousarray(np.moveaxis(f, -1, 0))  # sums over a last axis of three are slow
        odds = np.empty_like(each)
        for k in range(self.classes):
            others = np.delete(each, k, axis=0)
            top = others.max(0)
            odds[k] = each[k] - top - np.log(np.exp(others - top).sum(0))
        return np.moveaxis(odds, 0, -1)

    def sample(self, f: FloatArray, noise: object, random: np.random.Generator) -> FloatArray:
        """Return a class for every f, (..., N)."""
        below = np.cumsum(self.probabilities(f), axis=-1)[..., :-1]
        drawn: FloatArray = (random.random(f.shape[:-1])[..., None] >= below).sum(-1).astype(float)
        return drawn

    def _is(self, y: Any, xp: Any) -> Any:
        """Return whether y is each of the classes, (..., N, K)."""
        return y[..., None] == xp.arange(self.classes)


def log_sum_exp(f: Any) -> Any:
    """Return log(sum(exp(f))) over the last axis, of numbers of any size.

    >>> log_sum_exp(np.array([1000.0, 1000.0])).round(4)
    np.float64(1000.6931)
    """
    top = f.max(-1, keepdims=True)
    return library(f).log(library(f).exp(f - top).sum(-1)) + top[..., 0]
