"""The conjugate families by name, and what differs between them when a belief is drawn."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.checks import FloatArray
from bayes_core.foundations.conjugate.belief import Belief
from bayes_core.foundations.conjugate.beta import Beta
from bayes_core.foundations.conjugate.gamma import Gamma
from bayes_core.foundations.conjugate.normal import Normal

FAMILIES = ("beta", "normal", "gamma")


def around(family: str, mean: ArrayLike, worth: ArrayLike, noise: ArrayLike = np.nan) -> Belief:
    """Return the belief of a family with this mean that is worth this many observations; only a normal reads `noise`.

    Raises ValueError for a family that is none of FAMILIES, and where the family has no such belief.

    >>> around("gamma", 4.0, 2.5).sd.round(4)
    np.float64(1.2649)
    """
    if family == "beta":
        return Beta.around(mean, worth)
    if family == "gamma":
        return Gamma.around(mean, worth)
    if family != "normal":
        raise ValueError(f"there is no family {family!r}: choose one of {', '.join(FAMILIES)}")
    return Normal.around(mean, worth, noise)


def covering(belief: Belief, low: float, high: float, values: FloatArray) -> tuple[float, float]:
    """Return an axis for a parameter, at least [low, high], that holds all observations: of counts with a fifth more.

    >>> covering(Gamma(1.0, 1.0), 0.0, 4.0, np.array([2.0, 10.0]))
    (0.0, 12.0)
    """
    if isinstance(belief, Beta):
        return belief.support
    room = 1.2 if isinstance(belief, Gamma) else 1.0
    return min(low, float(values.min())), max(high, float(room * values.max()))


def close_up(belief: Belief, sds: float = 6.0) -> tuple[float, float]:
    """Return the ends of an axis that reaches some sds around one belief's mean, and not beyond what can be.

    >>> [round(end, 4) for end in close_up(Beta(9.0, 1.0), 2.0)]
    [0.7191, 1.0]
    """
    middle, reach, (least, most) = float(belief.mean), sds * float(belief.sd), belief.support
    return max(middle - reach, least), min(middle + reach, most)


def next_values(belief: Belief, low: float, high: float, flips: int, points: int = 121) -> FloatArray:
    """Return the values (M,) that the next observation can take, drawn beside a parameter's axis [low, high].

    For a share these are the numbers of heads in the next `flips`; for a rate counts up to one and a half times
    `high`, every so many where there are more than `points`; for a mean `points` places along the axis.

    >>> next_values(Gamma(3.0, 1.0), 0.0, 2.5, 10)
    array([0., 1., 2., 3., 4.])
    """
    if isinstance(belief, Beta):
        return np.arange(flips + 1, dtype=float)
    if isinstance(belief, Gamma):
        top = int(np.ceil(1.5 * high))
        counts: FloatArray = np.unique(np.round(np.linspace(0, top, min(top, points - 1) + 1)))
        return counts
    return np.linspace(low, high, points)
