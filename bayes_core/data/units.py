"""From data in units that people know to numbers near one, which priors and samplers are made for, and back."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bayes_core.checks import FloatArray
from bayes_core.types import Dataset


@dataclass(frozen=True)
class Units:
    """x and y of a fit are (x - x_middle) / x_unit and (y - y_middle) / y_unit; the units do not depend on the data.

    Raises ValueError for a unit that is not positive.

    >>> Units(12.0, 7.0, 15.0, 10.0).dataset(Dataset.from_arrays([5.0, 19.0], [15.0, 40.0])).y
    array([0. , 2.5])
    """

    x_middle: float = 0.0
    x_unit: float = 1.0
    y_middle: float = 0.0
    y_unit: float = 1.0

    def __post_init__(self) -> None:
        """Check the units."""
        for name in ("x_unit", "y_unit"):
            if not getattr(self, name) > 0:
                raise ValueError(f"{name} is {getattr(self, name)}: give a positive number")

    def x(self, values: FloatArray) -> FloatArray:
        """Return inputs as the fit has them."""
        scaled: FloatArray = (values - self.x_middle) / self.x_unit
        return scaled

    def y(self, values: FloatArray) -> FloatArray:
        """Return targets as the fit has them."""
        scaled: FloatArray = (values - self.y_middle) / self.y_unit
        return scaled

    def f(self, values: FloatArray) -> FloatArray:
        """Return function values of the fit in the data's own unit."""
        own: FloatArray = self.y_middle + self.y_unit * values
        return own

    def dataset(self, dataset: Dataset) -> Dataset:
        """Return the data set that is fitted."""
        return replace(dataset, x=self.x(dataset.x), y=self.y(dataset.y))


__all__ = ["Units"]
