"""A data set ready to be fitted, with where each row and input came from, and how a new row becomes inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray, shortened
from bayes_core.data.source import Source
from bayes_core.data.upload.account import Account
from bayes_core.data.upload.scaling import Scaling
from bayes_core.types import Dataset


@dataclass(frozen=True)
class Made:
    """How one input came from a column: as it is, its log, its days since `origin`, or 1 where it is `level`."""

    column: str
    name: str
    unit: str = ""
    log: bool = False
    origin: float | None = None
    level: str | None = None

    @property
    def title(self) -> str:
        """Return the name with its unit."""
        return f"{self.name} ({self.unit})" if self.unit else self.name


@dataclass(frozen=True, eq=False)
class Prepared:
    """A data set in the data's own units, where each row and input came from, and the account of all rows.

    `numbers` (N,) are the used rows' numbers in the file; `log_target` says that y is the logarithm of the target.
    """

    dataset: Dataset
    account: Account
    numbers: NDArray[np.intp]
    made: tuple[Made, ...]
    target: str
    unit: str = ""
    log_target: bool = False

    @cached_property
    def scaling(self) -> Scaling:
        """Return the scaling to what a fit sees, where Prior(width=1, noise=1) is a sensible start."""
        return Scaling.of(self.dataset)

    def source(self, along: int = 0) -> Source:
        """Return the data as lessons look at them: axes, prior scales and a noise's prior in the data's own units.

        Raises ValueError for classes, which have no line.
        """
        if self.dataset.task == "classification":
            raise ValueError(f"the target {self.target!r} is a class: choose a number to look along an input")
        return Source.of(self.dataset, along)

    def own_target(self, values: FloatArray) -> FloatArray:
        """Return values of y, or their quantiles, as the target was written: without the logarithm, if there is one."""
        return np.exp(values) if self.log_target else np.asarray(values, float)

    def inputs(self, row: Mapping[str, float | str]) -> FloatArray:
        """Return the inputs (D,) of a new row, given by the names of its columns; dates as days since 1970-01-01.

        Raises ValueError for a column without a value, a word that no row had, and a log of no positive number.
        """
        return np.array([_of_new(made, row) for made in self.made])


def _of_new(made: Made, row: Mapping[str, float | str]) -> float:
    if made.column not in row:
        raise ValueError(f"the new row has no {made.column!r}: give a value for each input")
    value = row[made.column]
    if made.level is not None:
        return float(value == made.level)
    if isinstance(value, str) or not np.isfinite(value):
        raise ValueError(f"{made.column!r} is {shortened(value)} in the new row: give a number")
    if made.log and value <= 0:
        raise ValueError(
            f"{made.column!r} is {value} in the new row, and its logarithm is an input: give a positive one"
        )
    return float(np.log(value)) if made.log else float(value) - (made.origin or 0.0)


__all__ = ["Made", "Prepared"]
