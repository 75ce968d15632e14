"""Lines between places where they are known: what the browser draws there, and how far that may be wrong."""

from __future__ import annotations

import numpy as np

from bayes_core.checks import FloatArray


def weights(places: FloatArray, at: float) -> FloatArray:
    """Return the weight of what is known at each place (K,) in the polynomial through all of them (Lagrange).

    >>> weights(np.array([0.0, 1.0, 2.0]), 1.5) @ np.array([0.0, 1.0, 4.0])
    np.float64(2.25)
    """
    gaps = places[:, None] - places
    np.fill_diagonal(gaps, 1.0)
    over = np.repeat((at - places)[None], len(places), axis=0)
    np.fill_diagonal(over, 1.0)
    product: FloatArray = (over / gaps).prod(1)
    return product


def missed(lines: FloatArray, places: FloatArray, limits: tuple[float, float]) -> float:
    """Return how far lines (K, n) at the middle place lie from the polynomial through all the others.

    That is more than it errs anywhere between them where they are drawn through all K. Only what lies within the limits
    of the picture counts. Two places, or one, say nothing of it: 0.

    >>> lines = np.arange(5.0)[:, None] ** 4
    >>> round(missed(lines, np.arange(5.0), (0.0, 20.0)), 9), missed(lines, np.arange(5.0), (-2.0, -1.0))
    (4.0, 0.0)
    """
    if len(places) < 3:
        return 0.0
    middle = len(places) // 2
    others = np.delete(np.arange(len(places)), middle)
    told, known = np.tensordot(weights(places[others], places[middle]), lines[others], 1), lines[middle]
    low, high = limits
    seen = ((known >= low) & (known <= high)) | ((told >= low) & (told <= high))
    return float(np.abs(told - known)[seen].max(initial=0.0))
