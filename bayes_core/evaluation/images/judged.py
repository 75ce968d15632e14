"""How a classifier does on pictures that it never saw: how many it names right, how sure it is, its log score."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.images.asked import Asked


@dataclass(frozen=True)
class Judged:
    """Means over pictures: the share named `right`, how `sure` the named class is, doubts in bits, the log score.

    `right_error` and `log_error` are their standard errors: another set of as many pictures would differ by as much.
    """

    right: float
    right_error: float
    sure: float
    total: float
    mutual: float
    log_score: float
    log_error: float


def judged(said: Asked, y: FloatArray) -> Judged:
    """Return how what was said of pictures compares with the classes y (G,) that they are.

    >>> sure = np.array([[0.9, 0.1], [0.2, 0.8]])
    >>> told = judged(Asked(sure, sure, sure, np.zeros(2), np.zeros(2)), np.array([0.0, 0.0]))
    >>> told.right, round(told.sure, 2)
    (0.5, 0.85)
    """
    right = (said.named == y).astype(float)
    own = np.log(np.maximum(said.mean[np.arange(len(y)), y.astype(int)], np.finfo(float).tiny))
    root = np.sqrt(len(y))
    return Judged(
        float(right.mean()),
        float(right.std() / root),
        float(said.sure.mean()),
        float(said.total.mean()),
        float(said.mutual.mean()),
        float(own.mean()),
        float(own.std() / root),
    )
