"""How classifiers drawn one by one do on labelled rows, and how their average does: two different questions.

A figure "of the network" that draws its weights anew at every call is one draw's; the posterior predictive is the
average of all draws' probabilities, and by Jensen's inequality its cross-entropy is never above the draws' mean.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.checks import FloatArray
from bayes_core.evaluation.forecasts import Labels, class_labels, class_probabilities
from bayes_core.evaluation.scores import accuracy

_LEAST = 1e-300


@dataclass(frozen=True, eq=False)
class DrawByDraw:
    """Of each draw the share named right and the mean cross-entropy in nats, (S,); of their average both, and counts.

    `confusion` (K, K) counts rows by what they are, line by line, and by what the average names.
    """

    right: FloatArray
    cross_entropy: FloatArray
    right_together: float
    cross_entropy_together: float
    confusion: Labels

    @property
    def shares(self) -> FloatArray:
        """Return each line of the table as shares of its rows (K, K), 0 where there are none."""
        shared: FloatArray = self.confusion / np.maximum(self.confusion.sum(1, keepdims=True), 1)
        return shared


def draw_by_draw(probabilities: ArrayLike, labels: ArrayLike) -> DrawByDraw:
    r"""Return how draws (S, N, K) do on labels (N,), one by one and together.

    .. math:: \frac1N \sum_n -\log p_{sn y_n} \text{ of draw } s, \qquad
        \frac1N \sum_n -\log \frac1S \sum_s p_{sn y_n} \text{ together}

    >>> told = draw_by_draw([[[0.8, 0.2], [0.4, 0.6]], [[0.3, 0.7], [0.2, 0.8]]], [0, 1])
    >>> told.right, told.right_together, told.confusion.tolist()
    (array([1. , 0.5]), 1.0, [[1, 0], [0, 1]])
    """
    p = class_probabilities(probabilities, 3)
    y = class_labels(labels, *p.shape[1:])
    mean, rows = p.mean(0), np.arange(len(y))
    own = p[:, rows, y]
    return DrawByDraw(
        right=(p.argmax(-1) == y).mean(-1),
        cross_entropy=-np.log(np.maximum(own, _LEAST)).mean(-1),
        right_together=accuracy(mean, y).mean,
        cross_entropy_together=float(-np.log(np.maximum(own.mean(0), _LEAST)).mean()),
        confusion=confusion(mean, y),
    )


def confusion(probabilities: ArrayLike, labels: ArrayLike) -> Labels:
    """Return counts (K, K) of rows by their label, line by line, and by the likeliest class, column by column.

    >>> confusion([[0.5, 0.3, 0.2], [0.1, 0.2, 0.7], [0.6, 0.1, 0.3]], [0, 1, 1]).tolist()
    [[1, 0, 0], [1, 0, 1], [0, 0, 0]]
    """
    p = class_probabilities(probabilities, 2)
    y = class_labels(labels, *p.shape)
    counts = np.zeros((p.shape[1], p.shape[1]), dtype=np.intp)
    np.add.at(counts, (y, p.argmax(1)), 1)
    return counts
