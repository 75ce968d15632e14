"""Every class's probability for every picture, how far draws differ about it, and both parts of the doubt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.predict import predict
from bayes_core.types import Fit

LEVEL = 0.9
"""The level of the interval of a class's probability over draws."""
_AT_ONCE = 512  # pictures that are asked at once: arrays of all draws stay small


@dataclass(frozen=True, eq=False)
class Asked:
    """What a fit says of pictures: `mean`, `low` and `high` (G, K) of every class's probability; doubts (G,) in bits.

    `mean` is the posterior predictive; low and high are the ends of the 90 % credible interval of each probability
    over draws, the mean itself where there is one draw. `total` is the entropy of the mean, `mutual` the part of it
    that draws disagree about; the rest is what each draw doubts by itself.
    """

    mean: FloatArray
    low: FloatArray
    high: FloatArray
    total: FloatArray
    mutual: FloatArray

    @property
    def named(self) -> FloatArray:
        """Return the code of the likeliest class (G,)."""
        likeliest: FloatArray = self.mean.argmax(1).astype(float)
        return likeliest

    @property
    def sure(self) -> FloatArray:
        """Return the probability of the likeliest class (G,)."""
        highest: FloatArray = self.mean.max(1)
        return highest


def asked(fit: Fit, x: FloatArray) -> Asked:
    """Return what a fit says of pictures x (G, D), worked through in blocks."""
    parts = [_asked(predict(fit, x[at : at + _AT_ONCE]).probabilities) for at in range(0, len(x), _AT_ONCE)]
    return Asked(*(np.concatenate([getattr(part, name) for part in parts]) for name in Asked.__dataclass_fields__))


def _asked(p: FloatArray) -> Asked:
    mean = p.mean(0)
    low, high = (mean, mean) if len(p) == 1 else np.quantile(p, ((1 - LEVEL) / 2, (1 + LEVEL) / 2), axis=0)
    total = entropy(mean)
    return Asked(mean, low, high, total, np.maximum(total - entropy(p).mean(0), 0.0))


def entropy(p: FloatArray) -> FloatArray:
    r"""Return the entropy (...,) of probabilities (..., K) in bits, :math:`-\sum_k p_k \log_2 p_k`.

    >>> entropy(np.array([[0.5, 0.5], [1.0, 0.0]]))
    array([1., 0.])
    """
    bits: FloatArray = -(p * np.log2(np.where(p > 0, p, 1.0))).sum(-1) + 0.0
    return bits
