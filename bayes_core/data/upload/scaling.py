"""From the data's own units to standard deviations from the mean, and back."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from bayes_core.checks import FloatArray, assign, floats
from bayes_core.types import Dataset


@dataclass(frozen=True, eq=False)
class Scaling:
    r"""Inputs and target of a fit are :math:`(x_d - m_d) / s_d` and :math:`(y - m) / s`; classes stay as they are.

    A column that never varies keeps its unit, s = 1, so that it becomes zeros and comes back. What holds of the fit is
    translated by what it is: values (also quantiles, so a band's two edges), spreads (an sd), slopes, intercepts.
    Raises ValueError for scales that are not positive, and sizes that differ.

    >>> scaling = Scaling.of(Dataset.from_arrays([1.0, 3.0], [10.0, 30.0]))
    >>> scaling.dataset(Dataset.from_arrays([1.0, 3.0], [10.0, 30.0])).y, scaling.own_slopes(np.array([1.0]))
    (array([-1.,  1.]), array([10.]))
    """

    middle: FloatArray
    scale: FloatArray
    target_middle: float = 0.0
    target_scale: float = 1.0

    def __post_init__(self) -> None:
        """Check sizes and scales."""
        middle, scale = floats(self.middle, "the middles", 1), floats(self.scale, "the scales", 1)
        if len(middle) != len(scale):
            raise ValueError(
                f"there are {len(middle)} middles and {len(scale)} scales: give one of each for every input"
            )
        if not (scale > 0).all() or not self.target_scale > 0:
            raise ValueError(f"the scales are {scale} and {self.target_scale}: all of them must be positive")
        assign(self, middle=middle, scale=scale)

    @classmethod
    def of(cls, dataset: Dataset) -> Scaling:
        """Return the scaling that gives every input, and a target that is a number, mean 0 and sd 1."""
        middle, scale = _moments(dataset.x)
        if dataset.task == "classification":
            return cls(middle, scale)
        target_middle, target_scale = _moments(dataset.y[:, None])
        return cls(middle, scale, float(target_middle[0]), float(target_scale[0]))

    def dataset(self, dataset: Dataset) -> Dataset:
        """Return a data set as the fit has it."""
        y = dataset.y if dataset.task == "classification" else self.target(dataset.y)
        return replace(dataset, x=self.inputs(dataset.x), y=y)

    def own_dataset(self, dataset: Dataset) -> Dataset:
        """Return a data set of the fit in the data's own units."""
        y = dataset.y if dataset.task == "classification" else self.own_target(dataset.y)
        return replace(dataset, x=self.own_inputs(dataset.x), y=y)

    def inputs(self, x: FloatArray) -> FloatArray:
        """Return inputs (..., D) as the fit has them."""
        scaled: FloatArray = (x - self.middle) / self.scale
        return scaled

    def design(self, x: FloatArray) -> FloatArray:
        """Return the columns (N, 1 + D) of a line on inputs (N, D): ones, and the inputs as the fit has them."""
        return np.column_stack([np.ones(len(x)), self.inputs(x)])

    def own_inputs(self, x: FloatArray) -> FloatArray:
        """Return the fit's inputs (..., D) in the data's own units."""
        own: FloatArray = x * self.scale + self.middle
        return own

    def target(self, y: FloatArray) -> FloatArray:
        """Return targets, or a band's edge, as the fit has them."""
        scaled: FloatArray = (y - self.target_middle) / self.target_scale
        return scaled

    def own_target(self, y: FloatArray) -> FloatArray:
        """Return the fit's targets, curves or quantiles in the data's own unit."""
        own: FloatArray = y * self.target_scale + self.target_middle
        return own

    def spread(self, sd: FloatArray) -> FloatArray:
        """Return an sd of the target as the fit has it."""
        scaled: FloatArray = sd / self.target_scale
        return scaled

    def own_spread(self, sd: FloatArray) -> FloatArray:
        """Return the fit's sd of the target in the data's own unit."""
        own: FloatArray = sd * self.target_scale
        return own

    def slopes(self, slopes: FloatArray) -> FloatArray:
        """Return slopes (..., D), or their sds or prior widths, as the fit has them."""
        scaled: FloatArray = slopes * self.scale / self.target_scale
        return scaled

    def own_slopes(self, slopes: FloatArray) -> FloatArray:
        """Return the fit's slopes (..., D), or their sds or prior widths, in target's units per input's unit."""
        own: FloatArray = slopes * self.target_scale / self.scale
        return own

    def own_intercept(self, intercept: FloatArray, slopes: FloatArray) -> FloatArray:
        """Return the fit's intercepts (...) at own inputs of 0, with the fit's slopes (..., D)."""
        own: FloatArray = self.own_target(intercept) - (self.own_slopes(slopes) * self.middle).sum(-1)
        return own

    def intercept(self, intercept: FloatArray, slopes: FloatArray) -> FloatArray:
        """Return own intercepts (...) with own slopes (..., D) as the fit has them: at the inputs' middles."""
        return self.target(intercept + (slopes * self.middle).sum(-1))


def _moments(values: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return mean and sd (D,) of columns (N, D), worked out in each one's own size so that nothing overflows."""
    size = np.abs(values).max(0)
    size = np.where(size > 0, size, 1.0)
    shares = values / size
    middle, sd = shares.mean(0) * size, shares.std(0) * size
    varies = np.ptp(shares, axis=0) > 0
    return np.where(varies, middle, values[0]), np.where(varies & (sd > 0), sd, 1.0)


__all__ = ["Scaling"]
