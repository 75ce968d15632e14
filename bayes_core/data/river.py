"""A river bed sounded on five days: one stretch a day, or the whole river every day."""

from __future__ import annotations

import numpy as np

from bayes_core.checks import FloatArray, count
from bayes_core.data.synthetic import World

DAYS = 5
NOISE = 0.15
"""The error of one sounding, in metres: known."""


def river_bed(x: FloatArray) -> FloatArray:
    """Return the true level of the bed, metres above its mean, at x kilometres below the bridge."""
    level: FloatArray = 1.1 * np.sin(0.85 * x + 0.3) + 0.35 * np.sin(1.9 * x - 1)
    return level


def river(each: int = 10, seed: int = 3, whole: bool = False) -> World:
    """Return soundings of five days, `each` a day, one day after the other.

    Day k sounds the k-th stretch of two kilometres, or, if `whole`, all ten.

    >>> river(4).x.shape, bool((river(4).x[:4] < -3).all()), bool((river(4, whole=True).x[:4] < -3).all())
    ((20, 1), True, False)
    """
    each = count(each, "the soundings a day", 2, 1000)
    random = np.random.default_rng([seed, 17])
    edges = np.linspace(-5, 5, DAYS + 1)
    days = []
    for k in range(DAYS):
        low, high = (-5.0, 5.0) if whole else (edges[k] + 0.1, edges[k + 1] - 0.1)
        cells = (np.arange(each) + random.random(each)) / each  # one in every cell, so that no day leaves a hole
        days.append(low + (high - low) * cells)
    x = np.concatenate(days)
    return World(
        x[:, None],
        0.0,
        np.zeros(1),
        NOISE,
        random.standard_normal(len(x)),
        feature_names=("km below the bridge",),
        target_name="bed level, m",
        title="River bed",
        source="invented",
        bend=lambda at: river_bed(at[:, 0]),
    )


__all__ = ["DAYS", "NOISE", "river", "river_bed"]
