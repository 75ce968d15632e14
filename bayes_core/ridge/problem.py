"""Rows and the linear models that read them: powers of one input up to any degree, or several inputs on one footing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.data.split import Split
from bayes_core.models import Linear, Polynomial, Standard
from bayes_core.summaries.wording import raised

Family = Literal["normal", "laplace"]
"""The prior's shape: Gaussian, whose mode is ridge regression, or Laplace, whose mode is the lasso."""


@dataclass(frozen=True, eq=False)
class Problem:
    """Fitted and held-out rows, with the linear model that reads them at a degree.

    With `ends` the one input is read by powers of u, which goes from -1 at the lower end to 1 at the upper. Without
    them every input is standardised by the fitted rows, and the degree plays no part. Raises ValueError for powers of
    several inputs.

    >>> from bayes_core.types import Dataset
    >>> data = Dataset.from_arrays([0.0, 6, 24, 12], [3.0, 1, 4, 1])
    >>> problem = Problem(Split.of_rows(data, 3, seed=1), ends=(0.0, 24.0))
    >>> problem.design(2.0).shape, problem.names(3.0)
    ((3, 3), ('intercept', 'u', 'u²', 'u³'))
    """

    split: Split
    ends: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        """Check that powers have one input to read."""
        inputs = self.split.train.x.shape[1]
        if self.ends is not None and inputs != 1:
            raise ValueError(
                f"powers read one input and the rows have {inputs}: leave out the ends, or choose a column"
            )

    @property
    def y(self) -> FloatArray:
        """Return the fitted targets (N,)."""
        return self.split.train.y

    @property
    def inside(self) -> NDArray[np.bool_]:
        """Return which held-out rows (M,) lie between the least and the largest fitted value of every input."""
        x, fitted = self.split.held_out.x, self.split.train.x
        inside: NDArray[np.bool_] = ((x >= fitted.min(0)) & (x <= fitted.max(0))).all(1)
        return inside

    def model(self, degree: float, family: Family = "normal") -> Linear:
        """Return the model of one degree."""
        if self.ends is None:
            return Linear(Standard.of(self.split.train.x), family=family)
        return Linear(Polynomial(int(degree), *self.ends), family=family)

    def design(self, degree: float) -> FloatArray:
        """Return the fitted rows' columns (N, P), a column of ones first."""
        return self.model(degree).design(self.split.train.x)

    def names(self, degree: float) -> tuple[str, ...]:
        """Return what the weights are called, the intercept first."""
        if self.ends is None:
            return ("intercept", *self.split.train.feature_names)
        return ("intercept", "u", *(f"u{raised(power)}" for power in range(2, int(degree) + 1)))

    def columns(self, degrees: FloatArray, wanted: int | None = None) -> int:
        """Return how many columns hold the weights of all these degrees: as many as wanted, if those are enough.

        Raises ValueError if they are not.
        """
        most = max(len(self.names(degree)) for degree in degrees)
        if wanted is not None and wanted < most:
            raise ValueError(f"degree {max(degrees):g} has {most} weights and {wanted} columns are wanted: take {most}")
        return wanted or most
