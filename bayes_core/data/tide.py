"""A tide that stands at the same level at several times: of the time, a function of the level is none."""

from __future__ import annotations

import numpy as np

from bayes_core.checks import FloatArray, count
from bayes_core.data.units import Units
from bayes_core.types import Dataset

NOISE = 0.2
"""The error of one reading of the level, in metres."""
HOURS = 12.0
UNITS = Units(x_middle=2.0, x_unit=1.0, y_middle=6.0, y_unit=3.0)
"""In which the fit has numbers near one."""


def tide_level(hours: FloatArray) -> FloatArray:
    """Return the level in metres at some hours: it rises, falls a little in the middle of the day, and rises."""
    share = np.asarray(hours, float) / HOURS
    level: FloatArray = 4 * (share + 0.3 * np.sin(2 * np.pi * share))
    return level


def tide(n: int = 200, seed: int = 1) -> Dataset:
    """Return readings with the level as input and the time, evenly spread over twelve hours, as target.

    Source: the inverse problem of Bishop (1994), Mixture density networks, section 4, in other units.

    >>> tide(3).x.shape, tide(3).feature_names, bool((tide(50).y < 12).all())
    ((3, 1), ('level, m',), True)
    """
    n = count(n, "the readings", 2, 10_000)
    random = np.random.default_rng([seed, 41])
    hours = HOURS * random.random(n)
    level = tide_level(hours) + NOISE * random.standard_normal(n)
    return Dataset.from_arrays(level, hours, feature_names=["level, m"], target_name="time, h", title="Tide")


def tide_density(level: FloatArray, hours: FloatArray) -> FloatArray:
    r"""Return the true density of the time at some levels (G,), over even hours (L,), (G, L).

    .. math:: p(t \mid x) \propto N(x;\, g(t),\, 0.2^2), \qquad t \sim U(0, 12)
    """
    off = (np.asarray(level, float)[:, None] - tide_level(hours)) / NOISE
    likelihood = np.exp(-0.5 * off**2)
    found: FloatArray = likelihood / np.trapezoid(likelihood, hours, axis=1)[:, None]
    return found


__all__ = ["HOURS", "NOISE", "UNITS", "tide", "tide_density", "tide_level"]
