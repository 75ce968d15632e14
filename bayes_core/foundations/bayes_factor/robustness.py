"""How much a Bayes factor hangs on the prior's width: all of them at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.foundations.bayes_factor import mean, proportion
from bayes_core.foundations.bayes_factor.hypotheses import Hypotheses
from bayes_core.foundations.bayes_factor.mean import Effect
from bayes_core.foundations.bayes_factor.proportion import Count


class Robust(NamedTuple):
    """log BF10 (V, W) at sizes of a prior (W,), with where along them it is largest, (V,)."""

    sizes: FloatArray
    path: FloatArray
    at: FloatArray
    largest: FloatArray


def over_worths(count: Count, hypotheses: Hypotheses, worths: FloatArray) -> Robust:
    """Return the Bayes factor of counts (V,) over all worths of the prior.

    >>> one = over_worths(Count(115, 200), Hypotheses(0.5, 0.0), np.array([0.02, 2.0, 50.0, 1000.0]))
    >>> np.exp(one.path).round(2).tolist(), float(one.at[0])
    ([[0.02, 0.84, 2.73, 1.33]], 50.0)
    """
    path = np.stack([proportion.compare(count, hypotheses, worth).log_bf10 for worth in worths], -1)
    return _with_largest(worths, path)


def over_widths(effect: Effect, hypotheses: Hypotheses, widths: FloatArray) -> Robust:
    """Return the Bayes factor of t statistics (V,) over all widths of the prior."""
    growth = effect.growth()
    path = np.stack([mean.compare(effect, hypotheses, width, growth).log_bf10 for width in widths], -1)
    return _with_largest(widths, path)


def _with_largest(sizes: FloatArray, path: FloatArray) -> Robust:
    best = path.argmax(1)
    return Robust(sizes, path, sizes[best], np.take_along_axis(path, best[:, None], 1)[:, 0])
