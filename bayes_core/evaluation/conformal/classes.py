"""Scores of classes: how far down its list a forecast had to go, and the set of all classes that score no more."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bayes_core.checks import FloatArray, floats

BoolArray = NDArray[np.bool_]


def lac(probabilities: ArrayLike, u: ArrayLike = 1.0) -> FloatArray:
    """Return 1 - p for every class, (n, K): sets that are smallest on average; u plays no part.

    Source: Sadinle, Lei and Wasserman (2019), Least ambiguous set-valued classifiers with bounded error levels.
    """
    found: FloatArray = 1 - _shares(probabilities)
    return found


def aps(probabilities: ArrayLike, u: ArrayLike = 1.0) -> FloatArray:
    r"""Return how much probability one goes through, from the likeliest class on, to reach each class, (n, K).

    .. math:: s(x, c) = \sum_{j:\, p_j > p_c} p_j + u\, p_c

    u = 1 counts the class itself whole; uniform random u (n,), one a point, make the coverage exact where few
    probabilities occur. Classes of equal probability keep their order. Source: Romano, Sesia and Candes (2020),
    Classification with valid and adaptive coverage.

    >>> aps([[0.2, 0.5, 0.3]]).round(3)
    array([[1. , 0.5, 0.8]])
    """
    p = _shares(probabilities)
    part = np.broadcast_to(floats(u, "u"), (len(p),))
    if not ((part >= 0) & (part <= 1)).all():
        raise ValueError("u has entries outside 0 to 1: draw them uniformly, or leave them at 1")
    order = np.argsort(-p, axis=1, kind="stable")
    falling = np.take_along_axis(p, order, axis=1)
    reached = np.cumsum(falling, axis=1) - (1 - part[:, None]) * falling
    found = np.empty_like(p)
    np.put_along_axis(found, order, reached, axis=1)
    return found


CLASS_SCORES: Mapping[str, Callable[[ArrayLike, ArrayLike], FloatArray]] = {"lac": lac, "aps": aps}


def scored_classes(probabilities: ArrayLike, labels: ArrayLike, score: str = "lac", u: ArrayLike = 1.0) -> FloatArray:
    """Return the scores (n,) of what was seen, labels (n,) of 0 to K - 1, under class probabilities (n, K).

    >>> scored_classes([[0.9, 0.1], [0.4, 0.6]], [0, 0]).round(3)
    array([0.1, 0.6])
    """
    every, seen = _class_score(score)(probabilities, u), floats(labels, "labels", 1)
    codes = seen.astype(int)
    if len(codes) != len(every):
        raise ValueError(f"{len(codes)} labels for {len(every)} rows of probabilities: give one each")
    if (codes != seen).any() or (len(codes) and not (codes.min() >= 0 and codes.max() < every.shape[1])):
        raise ValueError(f"labels must be whole numbers from 0 to {every.shape[1] - 1}, one for each class")
    found: FloatArray = every[np.arange(len(codes)), codes]
    return found


def sets(
    probabilities: ArrayLike, threshold: ArrayLike, score: str = "lac", u: ArrayLike = 1.0, *, filled: bool = False
) -> BoolArray:
    """Return which classes belong to the set of each new point, (G, K); thresholds may be one, or (G,).

    A set may be empty: no class is likely enough. `filled` gives such a set its likeliest class, which only raises the
    coverage.

    >>> sets([[0.8, 0.15, 0.05], [0.4, 0.35, 0.25]], 0.7)
    array([[ True, False, False],
           [ True,  True, False]])
    """
    every = _class_score(score)(probabilities, u)
    limit = np.broadcast_to(floats(threshold, "the threshold", finite=False), (len(every),))
    inside: BoolArray = every <= limit[:, None]
    if filled:
        p = _shares(probabilities)
        empty = np.flatnonzero(~inside.any(1))
        inside[empty, p[empty].argmax(1)] = True
    return inside


def _class_score(name: str) -> Callable[[ArrayLike, ArrayLike], FloatArray]:
    if name not in CLASS_SCORES:
        raise ValueError(f"there is no score of classes {name!r}: choose one of {', '.join(CLASS_SCORES)}")
    return CLASS_SCORES[name]


def _shares(probabilities: ArrayLike) -> FloatArray:
    p = floats(probabilities, "class probabilities", 2)
    if len(p) and (p.min() < 0 or np.abs(p.sum(1) - 1).max() > 1e-6):
        raise ValueError("class probabilities must not be negative and must sum to 1 in every row (n, K)")
    return p
