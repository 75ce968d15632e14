"""What a guess is worth beside the answer: how far off a number is, a place among places, a band over a band.

    far_off(guess, answer)                how far a number is above an answer, and how many times too large
    beaten(values, at)                    the share of places with more of it than the place that was pointed at
    overlap(low, high, lower, upper)      how much of a band is covered, and how many times as wide the guess is
    edges(x, y, at), widths(x, y)         a drawn band, read: at some places, or everywhere

Answers are those of V positions of a handle; a guess is the same at all of them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.checks import FloatArray


def far_off(guess: float, answer: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return how far a guess lies above answers (V,), and how many times as large it is; NaN beside no answer.

    >>> [values.tolist() for values in far_off(80.0, [40.0, 100.0])]
    [[40.0, -20.0], [2.0, 0.8]]
    """
    true = np.asarray(answer, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        times = np.where(true * guess > 0, guess / true, np.nan)
    return guess - true, times


def beaten(x: ArrayLike, values: ArrayLike, at: float) -> tuple[FloatArray, FloatArray]:
    """Return where curves (V, G) over places x are highest (V,), and the share of places higher than at one place.

    The places are the same for all curves (G,), or each has its own (V, G); a curve is read between them by a straight
    line.

    >>> peak, share = beaten([0.0, 1.0, 2.0, 3.0], [[0.0, 4.0, 2.0, 1.0]], 2.5)
    >>> peak.tolist(), share.tolist()
    ([1.0], [0.5])
    """
    curves = np.atleast_2d(np.asarray(values, float))
    places = np.broadcast_to(np.asarray(x, float), curves.shape)
    known = np.isfinite(curves).any(1)
    highest = np.argmax(np.where(np.isfinite(curves), curves, -np.inf), 1)
    peak = places[np.arange(len(curves)), highest]
    there = np.array([np.interp(at, across, curve) for across, curve in zip(places, curves, strict=True)])
    share = (curves > there[:, None]).mean(1)
    return np.where(known, peak, np.nan), np.where(known, share, np.nan)


def overlap(low: ArrayLike, high: ArrayLike, lower: ArrayLike, upper: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return the share of bands (V, K) at K places that a guess (K,) covers, and how many times as wide it is.

    The share is the mean over places; widths are added up before they are divided, so that a wide place counts more.

    >>> share, times = overlap([0.0, 0.0], [1.0, 3.0], [[0.0, 1.0]], [[2.0, 2.0]])
    >>> share.tolist(), [round(t, 4) for t in times.tolist()]
    ([0.75], [1.3333])
    """
    a, b, c, d = (np.asarray(v, float) for v in (low, high, lower, upper))
    with np.errstate(divide="ignore", invalid="ignore"):
        covered = np.clip(np.minimum(b, d) - np.maximum(a, c), 0, None) / (d - c)
        times = (b - a).sum(-1) / (d - c).sum(-1)
    return covered.mean(-1), np.where(np.isfinite(times), times, np.nan)


def edges(x: ArrayLike, y: ArrayLike, at: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return the lower and upper edges (V, K) at places (K,) of outlines y (V, 2G) drawn over x (2G,).

    An outline runs along the top and back along the bottom (`figures.frames.loop`).

    >>> low, high = edges([0, 1, 1, 0], [[2.0, 4.0, 1.0, 0.0]], [0.5])
    >>> low.tolist(), high.tolist()
    ([[0.5]], [[3.0]])
    """
    places, top, bottom = _sides(x, y)
    there = np.asarray(at, float)
    read = (np.array([np.interp(there, places, row) for row in rows]) for rows in (bottom, top))
    low, high = read
    return low, high


def widths(x: ArrayLike, y: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return the places (G,) of outlines (V, 2G) over x (2G,), and how wide these are there (V, G)."""
    places, top, bottom = _sides(x, y)
    return places, top - bottom


def _sides(x: ArrayLike, y: ArrayLike) -> tuple[FloatArray, FloatArray, FloatArray]:
    around, outline = np.asarray(x, float), np.atleast_2d(np.asarray(y, float))
    size = around.shape[-1] // 2
    return around[:size], outline[:, :size], outline[:, size:][:, ::-1]
