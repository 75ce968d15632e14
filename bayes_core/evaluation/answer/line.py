"""The target against one input: the exact band of the mean, and that of a new row, in the data's own units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Source, strongest
from bayes_core.data.upload.scaling import Scaling
from bayes_core.evaluation.answer.inputs import solved
from bayes_core.inference.linear_posterior import condensed
from bayes_core.intervals import Band, tails
from bayes_core.types import Dataset

_PLACES = 81


@dataclass(frozen=True, eq=False)
class Line:
    """The target along one input: slope (mean, low, high), bands, and what a new row at the middle may be.

    `credible` is the band of the mean, `predictive` that of a new row; `middle` is the median of the input, and
    `one_row` the predictive interval there, low to high. `step` is a round number of the input's unit that is worth
    speaking of: what an effect is told per.
    """

    source: Source
    slope: tuple[float, float, float]
    credible: Band
    predictive: Band
    middle: float
    one_row: tuple[float, float]
    level: float
    step: float = 1.0

    @property
    def effect(self) -> tuple[float, float, float]:
        """Return by how much the target is higher one step further on: mean, low, high."""
        mean, low, high = (self.step * slope for slope in self.slope)
        return mean, low, high

    @property
    def sure(self) -> bool:
        """Return whether the interval of the effect says which way it goes."""
        return self.slope[1] > 0 or self.slope[2] < 0

    @property
    def size(self) -> tuple[float, float]:
        """Return the interval of the effect's size where the way is sure, else that of the effect; low to high."""
        _, low, high = self.effect
        return (-high, -low) if high < 0 else (low, high)

    @property
    def two_sided(self) -> bool:
        """Return whether the input is a mark: each row has it, 1, or has it not, 0."""
        return set(np.unique(self.source.seen).tolist()) == {0.0, 1.0}


def line(dataset: Dataset, along: int | None = None, level: float = 0.9) -> Line:
    """Return the exact line through all rows along one input, the strongest unless another is named.

    Both are put on one footing first, as `all_inputs` does. Raises ValueError for classes, and for a line that fits the
    target without any error.

    >>> found = line(Dataset.from_arrays([1.0, 2, 4, 7, 8], [21.0, 29, 52, 81, 96]))
    >>> [round(float(end), 1) for end in found.slope]
    [10.5, 9.3, 11.6]
    """
    if dataset.task == "classification":
        raise ValueError(f"the target {dataset.target_name!r} is a class, which has no line: choose a number")
    source = Source.of(dataset, strongest(dataset) if along is None else along)
    one = replace(dataset, x=source.seen[:, None], feature_names=(dataset.feature_names[source.along],))
    scaling = Scaling.of(one)
    x, y = condensed(scaling.design(one.x), scaling.target(one.y))
    posterior = solved(x, y, one)

    def design(places: FloatArray) -> FloatArray:
        return scaling.design(places[:, None])

    def told(values: Sequence[FloatArray]) -> tuple[float, ...]:
        return tuple(float(part[0, 0]) for part in values)

    places = _reach(source)
    credible, predictive = (
        _own(posterior.band(design(places), places, level, kind), scaling) for kind in ("function", "observation")
    )
    unit = np.array([[0.0, 1.0]])
    slopes = told((posterior.moments(unit)[0], *posterior.quantiles(unit, tails(level))))
    mean, low, high = (float(scaling.own_slopes(np.array([slope]))[0]) for slope in slopes)
    middle = float(np.median(source.seen))
    ends = told(posterior.quantiles(design(np.array([middle])), tails(level), "observation"))
    least, most = (float(scaling.own_target(np.array(end))) for end in ends)
    return Line(source, (mean, low, high), credible, predictive, middle, (least, most), level, step_of(source.seen))


def step_of(values: FloatArray) -> float:
    """Return the largest power of ten that is no more than the values' sd, and 1 for values that are 0 or 1 only.

    >>> step_of(np.array([30.0, 90.0, 170.0])), step_of(np.array([0.99, 0.992, 1.0])), step_of(np.array([0.0, 1.0]))
    (10.0, 0.001, 1.0)
    """
    sd = float(values.std())
    if sd == 0 or set(np.unique(values).tolist()) == {0.0, 1.0}:
        return 1.0
    return float(10.0 ** np.floor(np.log10(sd) + 1e-9))


def _reach(source: Source) -> FloatArray:
    """Return places from the smallest to the largest value of the input: what lies beyond is another lesson's."""
    return np.linspace(source.seen.min(), source.seen.max(), _PLACES)


def _own(band: Band, scaling: Scaling) -> Band:
    """Return a band (V = 1) of the fit in the data's own units, without its leading axis."""
    lower, upper, mean, median = (scaling.own_target(v[0]) for v in (band.lower, band.upper, band.mean, band.median))
    return Band(band.x, lower, upper, band.level, band.kind, mean, median)


__all__ = ["Line", "line", "step_of"]
