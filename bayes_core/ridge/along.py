r"""Where prior width, noise and degree stand along one handle, and the penalty that they amount to.

The penalty is :math:`\lambda = \sigma^2 / w^2` under a Gaussian prior (ridge) and :math:`t = \sigma^2 / w` under a
Laplace one (lasso).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray, assign, floats
from bayes_core.ridge.problem import Family


def log_penalty(width: FloatArray, noise: FloatArray, family: Family) -> FloatArray:
    """Return log10 of ridge's lambda = noise^2 / width^2, or of the lasso's t = noise^2 / width.

    >>> log_penalty(np.array([0.1, 10.0]), np.array([1.0, 10.0]), "normal")
    array([2., 0.])
    """
    power: FloatArray = 2 * np.log10(noise) - (2 if family == "normal" else 1) * np.log10(width)
    return power


def penalty_range(
    widths: FloatArray, noises: FloatArray, family: Family, within: tuple[float, float] = (-7.0, 5.0)
) -> tuple[float, float]:
    """Return the whole powers of ten that hold every penalty of these widths and noises, inside `within`.

    >>> penalty_range(np.array([0.5, 30.0]), np.array([0.2, 2.0]), "normal")
    (-5.0, 2.0)
    """
    low, high = log_penalty(np.array([widths.max(), widths.min()]), np.array([noises.min(), noises.max()]), family)
    return float(max(np.floor(low), within[0])), float(min(np.ceil(high), within[1]))


def edge(best: FloatArray, log_penalty: FloatArray) -> NDArray[np.intp]:
    """Return -1 or 1 where a best penalty (...) is the first or the last of an axis (L,), 0 where it is inside.

    >>> edge(np.array([-2.0, 0.5, 3.0]), np.array([-2.0, 3.0]))
    array([-1,  0,  1])
    """
    places: NDArray[np.intp] = (best >= log_penalty[-1]).astype(np.intp) - (best <= log_penalty[0])
    return places


@dataclass(frozen=True, eq=False)
class Along:
    """Where the handles stand along one of them: prior width, known noise and degree, (V,) each.

    Raises ValueError unless there are as many of each, and widths and noises are more than 0.

    >>> track = Along(np.array([0.5, 2.0]), np.array([1.0, 1.0]), np.array([3.0, 3.0]))
    >>> track.penalty("normal"), track.penalty("laplace")
    (array([4.  , 0.25]), array([2. , 0.5]))
    """

    width: FloatArray
    noise: FloatArray
    degree: FloatArray

    def __post_init__(self) -> None:
        """Check lengths and signs."""
        for name in ("width", "noise", "degree"):
            values = floats(getattr(self, name), name, 1)
            if len(values) != len(self.width):
                raise ValueError(f"{len(values)} values of {name} for {len(self.width)} widths: give one a position")
            if name != "degree" and not (values > 0).all():
                raise ValueError(f"a {name} is {values.min():g}: every {name} must be more than 0")
            assign(self, **{name: values})

    def __len__(self) -> int:
        """Return the number of positions V."""
        return len(self.width)

    def penalty(self, family: Family) -> FloatArray:
        """Return ridge's lambda, or the lasso's t, at every position (V,)."""
        penalty: FloatArray = self.noise**2 / (self.width**2 if family == "normal" else self.width)
        return penalty

    def log_penalty(self, family: Family, within: tuple[float, float] = (-np.inf, np.inf)) -> FloatArray:
        """Return log10 of the penalty at every position (V,), held between two ends."""
        return np.clip(log_penalty(self.width, self.noise, family), *within)

    def groups(self) -> list[tuple[float, NDArray[np.intp]]]:
        """Return (degree, positions) for every degree that occurs, rising: one design each."""
        return [(float(degree), np.flatnonzero(self.degree == degree)) for degree in np.unique(self.degree)]
