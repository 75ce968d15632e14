"""Intervals: what they are of, at which level, and how that is written on a chart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bayes_core.checks import FloatArray

Kind = Literal["function", "observation"]


@dataclass(frozen=True, eq=False)
class Interval:
    """Lower and upper (..., G) at every x, with the level and what it is an interval of.

    kind "function" is a credible interval for f(x); "observation" a predictive interval for a new y at x.
    Leading axes, where there are any, are slider positions.
    """

    x: FloatArray
    lower: FloatArray
    upper: FloatArray
    level: float
    kind: Kind

    @property
    def label(self) -> str:
        """Return level and kind in words, as they stand on a chart."""
        return f"{level_words(self.level)} {'credible' if self.kind == 'function' else 'predictive'}"


@dataclass(frozen=True, eq=False)
class Band(Interval):
    """An interval with its centre: the mean and the median at every x."""

    mean: FloatArray
    median: FloatArray


def level_words(level: float) -> str:
    """Return a level as it is written on charts.

    >>> level_words(0.9), level_words(0.955)
    ('90 %', '95.5 %')
    """
    return f"{100 * level:.4g} %"


def tails(level: float) -> tuple[float, float]:
    """Return the two probabilities that an equal-tailed interval of this level cuts at.

    >>> [round(p, 3) for p in tails(0.9)]
    [0.05, 0.95]
    """
    if not 0 < level < 1:
        raise ValueError(f"the interval level is {level}: give a number between 0 and 1, such as 0.9")
    return (1 - level) / 2, (1 + level) / 2
