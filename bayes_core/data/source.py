"""What a lesson looks at: rows, the truth behind them where there is one, and how to draw, scale and name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.synthetic import World
from bayes_core.numerics.rounding import round_ends, ticks
from bayes_core.types import Dataset

Range = tuple[float, float]


@dataclass(frozen=True)
class Axes:
    """Fixed axes with their ticks and titles, in the data's units."""

    x_range: Range
    y_range: Range
    x_ticks: tuple[float, ...]
    y_ticks: tuple[float, ...]
    x_title: str
    y_title: str

    def clip(self, y: FloatArray) -> FloatArray:
        """Keep values within three heights of the picture: what lies farther out is off the chart anyway."""
        low, high = self.y_range
        span = 3 * (high - low)
        return np.clip(y, low - span, high + span)

    def grid(self, size: int) -> FloatArray:
        """Return evenly spaced places (size,) along the horizontal axis."""
        return np.linspace(*self.x_range, size)


@dataclass(frozen=True)
class Scale:
    """How far a quantity reaches, what is written on its axis, its unit, and where a handle for it starts."""

    low: float
    high: float
    ticks: tuple[float, ...] = ()
    unit: str = ""
    start: float | None = None

    @property
    def range(self) -> Range:
        """Return both ends."""
        return self.low, self.high


@dataclass(frozen=True, eq=False)
class Source:
    """A data set as a lesson sees it, along one of its inputs, all others standing at their mean.

    `scales` says how far "width" and "noise" may be turned, and where "slope", "intercept" and "sigma" will be found;
    "weight" is for a prior's width of weights in the target's own unit, as inputs on one footing have them;
    `noise_prior` is the scale of sigma's half-Cauchy prior. A source with a `world` knows its truth, and its noise can
    be turned; what was measured cannot. `point` is what one row is called, and several; `beyond` is said where there
    are no data. Of classes the vertical axis is another input, `across`, if there is one. A `placed` source was
    drawn on axes that are not read off the data; `tried` (V, N) are targets that take the place of its own, one set for
    every position. Raises ValueError where an input that is looked along is not one of
    the data's.

    >>> source = Source.of(Dataset.from_arrays([1.0, 2, 4, 7], [2.0, 2.9, 5.2, 8.1]))
    >>> source.axes.x_range, source.truth(np.zeros((1, 1))) is None
    ((0.0, 9.0), True)
    """

    dataset: Dataset
    axes: Axes
    scales: Mapping[str, Scale]
    noise_prior: float
    world: World | None = None
    along: int = 0
    point: tuple[str, str] = ("point", "points")
    beyond: str = "no data here"
    across: int | None = None
    placed: bool = False
    tried: FloatArray | None = None

    def __post_init__(self) -> None:
        """Check which inputs are looked along."""
        inputs = self.dataset.x.shape[1]
        for one in (self.along, *(() if self.across is None else (self.across,))):
            if not 0 <= one < inputs:
                raise ValueError(f"the source is looked at along input {one}: the data have inputs 0 to {inputs - 1}")

    @classmethod
    def of(cls, dataset: Dataset, along: int = 0) -> Source:
        """Return any data as a source: axes, scales and a noise's prior are read off the data."""
        if dataset.task == "classification":
            return _of_classes(dataset, along)
        x, y = dataset.x[:, along], dataset.y
        slope, intercept, residual = _line(x, y)
        room = _room(x)
        height = _room(y)
        x_range = _reach(x, 0.1, 0.3)
        y_range = _reach(y, 0.3, 0.3)
        axes = Axes(
            x_range, y_range, ticks(*x_range), ticks(*y_range), dataset.feature_names[along], dataset.target_name
        )
        wide = _digits(3 * max(abs(slope), abs(intercept), height / room))
        sigma = residual or 0.1 * height
        spread = sigma / max(float(x.std()), 1e-9 * room) / np.sqrt(len(x))
        reach = spread * max(float(np.hypot(x.std(), x.mean())), 1e-9 * room)
        scales = {
            "width": Scale(_digits(wide / 300), _digits(wide * 10), start=wide),
            "weight": Scale(_digits(height / 100), _digits(height * 100), start=_digits(height)),
            "slope": _around(slope, max(6 * spread, 0.2 * abs(slope)), f"per {dataset.feature_names[along]}"),
            "intercept": _around(intercept, max(6 * reach, 0.2 * abs(intercept)), ""),
            "sigma": Scale(0.01 * sigma, 4 * sigma, ticks(0.01 * sigma, 4 * sigma)),
        }
        return cls(dataset, axes, scales, _digits(sigma), None, along)

    def at(self, noise: float | None) -> Source:
        """Return the source with its noise turned to a value; data that were measured stay as they are."""
        if self.world is None or noise is None:
            return self
        return replace(self, dataset=self.world.dataset(noise))

    def outcomes(self, noises: FloatArray) -> FloatArray:
        """Return the targets (V, N) at each noise (V,)."""
        if self.tried is not None:
            return self.tried
        if self.world is not None:
            return self.world.outcomes(noises)
        return np.broadcast_to(self.dataset.y, (len(noises), len(self.dataset.y)))

    def truth(self, x: FloatArray) -> FloatArray | None:
        """Return the true f (G,) at inputs x (G, D), where it is known."""
        return None if self.world is None else self.world.truth(x)

    def slice(self, places: FloatArray) -> FloatArray:
        """Return inputs (G, D) at places (G,) along the input looked along, all others at their mean."""
        return slice_through(self.dataset.x.mean(0), self.along, places)

    def alone(self) -> Source:
        """Return the source with the one input that is looked along, for a lesson that reads no other.

        >>> source = Source.of(Dataset.from_arrays([[1, 5], [2, 9], [4, 5]], [1.0, 2.1, 4.2]), along=1)
        >>> source.alone().dataset.x.ravel(), source.alone().dataset.feature_names
        (array([5., 9., 5.]), ('x2',))
        """
        data = self.dataset
        if data.x.shape[1] == 1:
            return self
        one = replace(data, x=data.x[:, [self.along]], feature_names=(data.feature_names[self.along],))
        return replace(self, dataset=one, along=0, across=None)

    @property
    def seen(self) -> FloatArray:
        """Return the rows' values (N,) of the input looked along."""
        return self.dataset.x[:, self.along]


def strongest(dataset: Dataset, besides: int | None = None) -> int:
    """Return the input that tells most of the target by itself, `besides` one: by its correlation, or between classes.

    >>> strongest(Dataset.from_arrays([[1, 5], [2, 9], [3, 5], [4, 8]], [1.0, 2.1, 2.9, 4.2]))
    0
    """
    told = _told(dataset)
    if besides is not None:
        told[besides] = -1.0
    return int(told.argmax())


def _told(dataset: Dataset) -> FloatArray:
    """Return the share (D,) of every input's squares that goes with the target, or lies between the classes."""
    x = dataset.x - dataset.x.mean(0)
    total = np.maximum((x**2).sum(0), np.finfo(float).tiny)
    if dataset.task == "classification":
        groups = [x[dataset.y == k] for k in np.unique(dataset.y)]
        between = np.array([len(group) * group.mean(0) ** 2 for group in groups]).sum(0)
    else:
        y = dataset.y - dataset.y.mean()
        between = (x.T @ y) ** 2 / max(float((y**2).sum()), np.finfo(float).tiny)
    share: FloatArray = between / total
    return share


def _of_classes(dataset: Dataset, along: int) -> Source:
    """Return classes as a source: two inputs are the axes; of a single one the classes' own numbers are the height."""
    across = strongest(dataset, besides=along) if dataset.x.shape[1] > 1 else None
    x, y = dataset.x[:, along], dataset.y if across is None else dataset.x[:, across]
    x_range, y_range = _reach(x, 0.1, 0.1), _reach(y, 0.1, 0.1)
    title = dataset.target_name if across is None else dataset.feature_names[across]
    axes = Axes(x_range, y_range, ticks(*x_range), ticks(*y_range), dataset.feature_names[along], title)
    return Source(dataset, axes, {}, 1.0, None, along, across=across)


def _room(values: FloatArray) -> float:
    """Return how far values spread; of a single one, a room around it."""
    return float(np.ptp(values)) or max(abs(float(values[0])), 1.0)


def _reach(values: FloatArray, below: float, above: float) -> Range:
    """Return round ends of an axis that holds values and shares of their room beyond them."""
    room = _room(values)
    return round_ends(float(values.min()) - below * room, float(values.max()) + above * room)


def standardised(dataset: Dataset) -> Dataset:
    """Return a data set with every column, and a target that is a number, in standard deviations from its mean.

    Columns that never vary become zeros; classes stay what they are.

    >>> standardised(Dataset.from_arrays([1.0, 3.0], [10.0, 30.0])).y
    array([-1.,  1.])
    """
    x, y = ((v - v.mean(0)) / np.where(np.ptp(v, axis=0) > 0, v.std(0), 1.0) for v in (dataset.x, dataset.y))
    return replace(dataset, x=x, y=dataset.y if dataset.task == "classification" else y)


def slice_through(centre: FloatArray, along: int, places: FloatArray) -> FloatArray:
    """Return inputs (G, D) at places (G,) along one input, all others standing at the centre (D,).

    >>> slice_through(np.array([5.0, 6.0, 7.0]), 1, np.array([0.0, 1.0]))
    array([[5., 0., 7.],
           [5., 1., 7.]])
    """
    inputs = np.repeat(np.asarray(centre, dtype=float)[None], len(places), axis=0)
    inputs[:, along] = places
    return inputs


def _line(x: FloatArray, y: FloatArray) -> tuple[float, float, float]:
    """Return slope, intercept and the residuals' sd of the least-squares line; a flat line where x never varies."""
    if float(np.ptp(x)) == 0:
        return 0.0, float(y.mean()), float(y.std())
    slope, intercept = (float(v) for v in np.polyfit(x, y, 1))
    return slope, intercept, float((y - intercept - slope * x).std())


def _around(middle: float, reach: float, unit: str) -> Scale:
    """Return a scale around a value that also holds zero where zero is near."""
    reach = reach or 1.0
    low, high = middle - reach, middle + reach
    if 0 < low < reach:
        low = 0.0
    if -reach < high < 0:
        high = 0.0
    return Scale(low, high, ticks(low, high)[:: max(1, len(ticks(low, high)) // 3)], unit)


def _digits(value: float) -> float:
    """Return a value in two digits."""
    return float(f"{value:.2g}")


__all__ = ["Axes", "Scale", "Source", "slice_through", "standardised", "strongest"]
