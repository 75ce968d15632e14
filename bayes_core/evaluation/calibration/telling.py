"""How many outcomes it takes until a broken promise shows."""

from __future__ import annotations

from functools import lru_cache
from statistics import NormalDist

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.calibration.reliability import consistency
from bayes_core.intervals import tails
from bayes_core.numerics import binomial

_EXACT = 20_000  # trials up to which every number is tried
_ROOM = 3.0


def chance_to_tell(said: float, happens: float, points: FloatArray, level: float = 0.9) -> FloatArray:
    """Return how probable it is (P,) that so many outcomes leave the consistency interval of what was said.

    Each happens with the probability `happens`; a forecast that keeps its word leaves it with 1 - level at most.

    >>> chance_to_tell(0.9, 0.5, np.array([10.0])).round(3)
    array([0.828])
    """
    points = np.asarray(points, dtype=float)
    lower, upper = consistency(points, np.full(len(points), said), level)
    low, high = (np.round(end * points) for end in (lower, upper))
    found: FloatArray = binomial.cdf(low - 1, points, happens) + 1 - binomial.cdf(high, points, happens)
    return found


def points_to_tell(said: float, happens: float, level: float = 0.9, power: float = 0.5) -> float:
    r"""Return how many outcomes it takes to tell a forecast `said` from what `happens`; infinity if they are equal.

    It is the smallest n from which on (for every larger number, too) outcomes leave the consistency interval of the
    forecast with at least the probability `power`. At one half that is about where the gap is as long as the interval:

    .. math:: n \approx \big(z_{(1 + level)/2} \sqrt{p(1-p)} + z_{power} \sqrt{q(1-q)}\big)^2 / (p - q)^2

    Exact by binomial sums up to 20,000, by this formula beyond. Raises ValueError for probabilities outside 0 to 1.

    >>> points_to_tell(0.98, 0.76), points_to_tell(0.9, 0.85), points_to_tell(0.5, 0.5)
    (7.0, 145.0, inf)
    """
    return _points_to_tell(float(said), float(happens), float(level), float(power))


@lru_cache(maxsize=4096)  # a page asks the same at every position of a handle that moves something else
def _points_to_tell(said: float, happens: float, level: float, power: float) -> float:
    for name, value in (("said", said), ("happens", happens)):
        if not 0 <= value <= 1:
            raise ValueError(f"the probability {name!r} is {value}: give one from 0 to 1")
    if not 0 < power < 1:
        raise ValueError(f"the power is {power}: give a probability between 0 and 1, such as 0.5")
    if said == happens:
        return float("inf")
    rough = _formula(said, happens, level, power)
    if rough > _EXACT / _ROOM:
        return float(np.ceil(rough))
    points = np.arange(1.0, max(_ROOM * rough + 60, 200))
    short = np.flatnonzero(chance_to_tell(said, happens, points, level) < power)
    return float(points[short[-1]] + 1) if len(short) else 1.0


def _formula(said: float, happens: float, level: float, power: float) -> float:
    z = NormalDist().inv_cdf
    reach = z(tails(level)[1]) * np.sqrt(said * (1 - said)) + z(power) * np.sqrt(happens * (1 - happens))
    return float((max(reach, 0.0) / (said - happens)) ** 2)


__all__ = ["chance_to_tell", "points_to_tell"]
