"""Scores of a number: how wrong a forecast was, and the band of all that scores no more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from bayes_core.checks import FloatArray, assign, floats


@dataclass(frozen=True, eq=False)
class Forecast:
    """What is forecast at G points: a centre (G,), how unsure it is there (G,), and quantiles (G,) of its own.

    Only "normalised" reads the scale, only "cqr" the quantiles. Raises ValueError where the lengths differ, where a
    scale is not positive, or where the lower quantile lies above the upper one.
    """

    centre: FloatArray
    scale: FloatArray | None = None
    lower: FloatArray | None = None
    upper: FloatArray | None = None

    def __post_init__(self) -> None:
        """Check that all parts speak of the same points."""
        assign(self, centre=floats(self.centre, "the forecast", 1))
        for name in ("scale", "lower", "upper"):
            if (values := getattr(self, name)) is None:
                continue
            assign(self, **{name: floats(values, f"the forecast's {name}", 1)})
            if len(values) != len(self.centre):
                raise ValueError(f"the forecast's {name} has {len(values)} entries for {len(self.centre)} points")
        if self.scale is not None and not (self.scale > 0).all():
            raise ValueError(
                f"the forecast's scale is {self.scale.min():g} somewhere: a normalised score divides by it, so it must "
                "be positive; take the absolute score instead"
            )
        if self.lower is not None and self.upper is not None and (self.lower > self.upper).any():
            raise ValueError("the forecast's lower quantile lies above its upper one: sort them at each point first")

    def wants(self, name: Literal["scale", "lower", "upper"]) -> FloatArray:
        """Return a part that a score reads. Raises ValueError where the forecast has none."""
        values: FloatArray | None = getattr(self, name)
        if values is None:
            raise ValueError(f"this score reads the forecast's {name}, and it has none: give Forecast(..., {name}=...)")
        return values

    def mapped(self, read: Callable[[FloatArray], FloatArray]) -> Forecast:
        """Return the forecast with every part read in the same way: at other points, say."""
        parts = (None if part is None else read(part) for part in (self.scale, self.lower, self.upper))
        return Forecast(read(self.centre), *parts)

    def rescaled(self, offset: float, unit: float) -> Forecast:
        """Return the forecast of offset + unit y, for a positive unit.

        >>> Forecast([1.0], scale=[0.5]).rescaled(10.0, 2.0).centre
        array([12.])
        """
        if not unit > 0:
            raise ValueError(f"the unit is {unit}: it must be positive")
        scale = None if self.scale is None else unit * self.scale
        lower, upper = (None if edge is None else offset + unit * edge for edge in (self.lower, self.upper))
        return Forecast(offset + unit * self.centre, scale, lower, upper)

    def turned(self, about: float) -> Forecast:
        """Return the forecast upside down: as far below `about` as this one is above it, and the other way round.

        >>> Forecast([1.0, 4.0], lower=[0.0, 3.0], upper=[2.0, 6.0]).turned(2.0).upper
        array([4., 1.])
        """
        lower, upper = (None if edge is None else 2 * about - edge for edge in (self.upper, self.lower))
        return Forecast(2 * about - self.centre, self.scale, lower, upper)


Edges = tuple[FloatArray, FloatArray]


@dataclass(frozen=True)
class Score:
    """How wrong a forecast is: the scores (n,) of what was seen, and the edges (G,) of all that scores no more."""

    title: str
    of: Callable[[FloatArray, Forecast], FloatArray]
    band: Callable[[Forecast, FloatArray], Edges]


def _absolute(y: FloatArray, told: Forecast) -> FloatArray:
    size: FloatArray = np.abs(y - told.centre)
    return size


def _normalised(y: FloatArray, told: Forecast) -> FloatArray:
    size: FloatArray = np.abs(y - told.centre) / told.wants("scale")
    return size


def _cqr(y: FloatArray, told: Forecast) -> FloatArray:
    beyond: FloatArray = np.maximum(told.wants("lower") - y, y - told.wants("upper"))
    return beyond


SCORES: Mapping[str, Score] = {
    "absolute": Score("|y − f|", _absolute, lambda f, q: (f.centre - q, f.centre + q)),
    "normalised": Score(
        "|y − f| / s", _normalised, lambda f, q: (f.centre - q * f.wants("scale"), f.centre + q * f.wants("scale"))
    ),
    "cqr": Score("beyond the quantiles", _cqr, lambda f, q: (f.wants("lower") - q, f.wants("upper") + q)),
}
r"""|y - f|: one width everywhere; |y - f| / s(x): as wide as the forecast is unsure (Lei et al. 2018, section 5.2);
max(lower - y, y - upper): the forecast's own quantiles moved outwards, or inwards where they were too wide
(conformalised quantile regression: Romano, Patterson and Candes 2019). A band of "cqr" that is moved inwards past
itself is empty there: its lower edge lies above its upper one.
"""


def scored(y: ArrayLike, forecast: Forecast, score: str = "absolute") -> FloatArray:
    """Return the scores (n,) of what was seen (n,) under a forecast.

    >>> scored([1.0, 5.0], Forecast([2.0, 2.0], scale=[1.0, 2.0]), "normalised")
    array([1. , 1.5])
    """
    seen = floats(y, "y", 1)
    if len(seen) != len(forecast.centre):
        raise ValueError(f"y has {len(seen)} entries and the forecast {len(forecast.centre)}: both need one per point")
    return _score(score).of(seen, forecast)


def edges(forecast: Forecast, threshold: ArrayLike, score: str = "absolute") -> Edges:
    """Return lower and upper edge (..., G) of a conformal band; thresholds (..., 1) or (..., G) may be infinite.

    >>> edges(Forecast([2.0, 3.0]), 1.5)
    (array([0.5, 1.5]), array([3.5, 4.5]))
    """
    return _score(score).band(forecast, floats(threshold, "the threshold", finite=False))


def _score(name: str) -> Score:
    if name not in SCORES:
        raise ValueError(f"there is no score {name!r}: choose one of {', '.join(SCORES)}")
    return SCORES[name]


def share_inside(lower: ArrayLike, upper: ArrayLike, mean: ArrayLike, noise: ArrayLike) -> FloatArray:
    r"""Return the probability that a new y ~ N(mean, noise^2) is inside a band, at each x, by broadcasting.

    .. math:: \Phi\left(\frac{u - \mu}{\sigma}\right) - \Phi\left(\frac{l - \mu}{\sigma}\right)

    and 0 where a band is empty. Infinite edges hold everything.

    >>> share_inside([-1.0, -np.inf], [1.0, np.inf], 0.0, 1.0).round(4)
    array([0.6827, 1.    ])
    """
    low, high = (floats(edge, "an edge", finite=False) for edge in (lower, upper))
    middle, size = floats(mean, "the mean"), floats(noise, "the noise")
    inside: FloatArray = np.maximum(ndtr((high - middle) / size) - ndtr((low - middle) / size), 0.0)
    return inside
