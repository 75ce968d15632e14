"""A classifier that may refuse: how many of those that it answers are right, against how many it answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.images.asked import Asked


@dataclass(frozen=True, eq=False)
class Refusal:
    """At every threshold (T,): the share of pictures that is answered, and of those the share named right.

    Where none is answered `right` is NaN. `wrong` counts the wrong names among those answered, `saved` the right names
    that were refused.
    """

    kept: FloatArray
    right: FloatArray
    wrong: FloatArray
    saved: FloatArray


def refusal(sure: FloatArray, right: FloatArray, thresholds: FloatArray) -> Refusal:
    """Answer where a score (G,) is at least a threshold (T,); `right` (G,) says which names are right.

    Source: Chow (1970), On optimum recognition error and reject tradeoff.

    >>> found = refusal(np.array([0.9, 0.6, 0.3]), np.array([1.0, 1.0, 0.0]), np.array([0.0, 0.5, 1.0]))
    >>> found.kept.round(2), found.right.round(2), found.saved
    (array([1.  , 0.67, 0.  ]), array([0.67, 1.  ,  nan]), array([0., 0., 2.]))
    """
    answered = sure[None] >= thresholds[:, None]
    count = answered.sum(1).astype(float)
    good = (answered * right).sum(1)
    share = np.divide(good, count, out=np.full(len(count), np.nan), where=count > 0)
    return Refusal(count / len(sure), share, count - good, (~answered * right).sum(1))


def thresholds(sure: FloatArray, shares: FloatArray) -> FloatArray:
    """Return from which score on pictures are answered, so that the surest shares (T,) of them are.

    Equal scores are answered alike, so that more than the share may be.

    >>> thresholds(np.array([0.9, 0.2, 0.6, 0.3]), np.array([0.25, 0.5, 1.0]))
    array([0.9, 0.6, 0.2])
    """
    falling = np.sort(sure)[::-1]
    last = np.clip(np.ceil(shares * len(sure) - 1e-9).astype(int), 1, len(sure)) - 1
    cut: FloatArray = falling[last]
    return cut


@dataclass(frozen=True, eq=False)
class Refused:
    """What answering the surest shares (V,) only comes to: the score from which on there is an answer, and counts.

    `share` is what is really answered, `everything` the share named right where all are.
    """

    cut: FloatArray
    share: FloatArray
    right: FloatArray
    wrong: FloatArray
    saved: FloatArray
    everything: float


def refused_by(said: Asked, y: FloatArray, shares: FloatArray, by: str) -> Refused:
    """Return what refusing comes to by the probability of the name ("sure"), or by the predictive entropy ("total").

    Of the entropy `cut` is the largest that is answered, in bits.
    """
    height = said.sure if by == "sure" else -said.total
    cut, right = thresholds(height, shares), (said.named == y).astype(float)
    found = refusal(height, right, cut)
    ends = cut if by == "sure" else -cut
    return Refused(ends, found.kept, found.right, found.wrong, found.saved, float(right.mean()))
