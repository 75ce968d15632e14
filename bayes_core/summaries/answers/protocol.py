"""What every answer can be asked, and the intervals that every picture reads off it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bayes_core.checks import FloatArray
from bayes_core.intervals import Interval, tails
from bayes_core.types import Pointwise


@dataclass(frozen=True, eq=False)
class MarginalDensity:
    """The density (V, D) of one parameter over a grid (D,), with its mean, sd and Monte-Carlo error (V,).

    quantiles (3, V) are the low end of its interval, its median and the high end, with their Monte-Carlo errors.
    """

    grid: FloatArray
    density: FloatArray
    mean: FloatArray
    sd: FloatArray
    mcse: FloatArray
    quantiles: FloatArray
    quantile_mcse: FloatArray


def told_at(level: float) -> tuple[float, float, float]:
    """Return the probabilities at which a marginal is told: the ends of its interval, and the median between them."""
    low, high = tails(level)
    return low, 0.5, high


class Answer(Protocol):
    """What is believed about the parameters of a curve at V positions of a handle; V = 1 where there is no handle.

    Parameters go by the names of `Fit.columns`: "intercept", "coef[0]", "sigma". Positions without an answer are NaN.
    """

    @property
    def trusted(self) -> tuple[int, int] | None:
        """Return the first and last position that draws may answer for, None where nothing is read off draws."""
        ...

    def at(self, x: FloatArray) -> Pointwise:
        """Return what is believed of f and of a new y at each of the inputs x (G, D)."""
        ...

    def members(self, x: FloatArray, count: int) -> FloatArray:
        """Return some of the curves themselves at x (G, D), (V, M, G) with M at most `count`."""
        ...

    def parameters(self, count: int) -> Mapping[str, FloatArray]:
        """Return the parameters {site: (V, M, ...)} of the members."""
        ...

    def moments(self, name: str) -> tuple[FloatArray, FloatArray]:
        """Return mean and sd (V,) of a parameter."""
        ...

    def marginal(self, name: str, grid: FloatArray, level: float = 0.9) -> MarginalDensity:
        """Return the marginal of a parameter on a grid (D,), with its interval of a level."""
        ...

    def joint(self, pair: tuple[str, str], levels: Sequence[float]) -> tuple[FloatArray, ...]:
        """Return the outlines (V, L, 2) that hold some shares of the joint density of two parameters."""
        ...


def intervals(found: Pointwise, x: FloatArray, level: float, inner: float | None = None) -> dict[str, Interval]:
    """Return the intervals (V, G) "credible", "inner" (if wanted) and "predictive" over the first column of x (G, D).

    >>> import numpy as np
    >>> from bayes_core.summaries.answers.function_draws import Equal
    >>> found = Equal(np.array([[-1.0], [0.0], [1.0]]), np.full((3, 1), 1e-9))
    >>> {name: i.upper.round(2).tolist() for name, i in intervals(found, np.zeros((1, 1)), 0.8, 0.5).items()}
    {'credible': [[0.8]], 'inner': [[0.5]], 'predictive': [[1.0]]}
    """
    at, within = x[:, 0], () if inner is None else tails(inner)
    lower, upper, *inside = found.quantiles((*tails(level), *within), "function")
    made = {"credible": Interval(at, lower, upper, level, "function")}
    if inner is not None:
        made["inner"] = Interval(at, inside[0], inside[1], inner, "function")
    lower, upper = found.quantiles(tails(level), "observation")
    return made | {"predictive": Interval(at, lower, upper, level, "observation")}
