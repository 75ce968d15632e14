"""What a belief says: intervals, the likelihood it met, and its predictions one observation after another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.foundations.conjugate.belief import Belief, Seen
from bayes_core.foundations.conjugate.beta import Beta
from bayes_core.foundations.conjugate.gamma import Gamma
from bayes_core.foundations.conjugate.normal import Normal
from bayes_core.intervals import tails

How = Literal["equal-tailed", "hdi"]


class Region(NamedTuple):
    """One or two pieces of a parameter that together hold a level of a belief: their ends (..., 2).

    The second piece is NaN where there is one alone.
    """

    low: FloatArray
    high: FloatArray


def region(belief: Belief, level: float = 0.9, how: How = "equal-tailed") -> Region:
    """Return the pieces of a belief that hold `level` of it.

    "equal-tailed" leaves the same probability out on either side; "hdi" holds the points of highest density (Kruschke
    2015, section 4.3.4): the shortest interval of a one-humped belief, and the two ends of a U-shaped one, which is a
    Beta(a, b) with a < 1 and b < 1. Raises ValueError for a level outside (0, 1).

    >>> jeffreys = region(Beta(0.5, 0.5), 0.5, "hdi")
    >>> jeffreys.low.round(4), jeffreys.high.round(4)
    (array([0.    , 0.8536]), array([0.1464, 1.    ]))
    """
    below, _ = tails(level)
    if how not in ("equal-tailed", "hdi"):
        raise ValueError(f"the interval is {how!r}: choose 'equal-tailed' or 'hdi'")
    ends = (belief.quantile(below), belief.quantile(1 - below)) if how == "equal-tailed" else _shortest(belief, level)
    low, high = (np.stack([end, np.full_like(end, np.nan)], -1) for end in map(np.asarray, ends))
    if how == "hdi" and isinstance(belief, Beta) and belief.u_shaped.any():
        bent = belief.u_shaped[..., None]
        out, back = _longest(belief, 1 - level)
        zero, one = np.zeros_like(out), np.ones_like(out)
        low = np.where(bent, np.stack([zero, back], -1), low)
        high = np.where(bent, np.stack([out, one], -1), high)
    return Region(low, high)


def interval(belief: Belief, level: float = 0.9, how: How = "equal-tailed") -> tuple[FloatArray, FloatArray]:
    """Return the ends (...,) of an interval that holds `level` of a belief, as `region` does where it is one piece.

    Raises ValueError for a level outside (0, 1), and for the "hdi" of a U-shaped belief, which is two pieces.

    >>> low, high = interval(Beta(9.0, 3.0), 0.9, "hdi")
    >>> float(low.round(3)), float(high.round(3))
    (0.566, 0.944)
    """
    found = region(belief, level, how)
    if isinstance(belief, Beta) and np.isfinite(found.low[..., 1]).any():
        a, b = (
            part[np.broadcast_to(belief.u_shaped, part.shape)][0] for part in np.broadcast_arrays(belief.a, belief.b)
        )
        raise ValueError(
            f"Beta({a:g}, {b:g}) rises at both ends, so its points of highest density are two pieces: "
            "ask `region` for both, or for the 'equal-tailed' interval"
        )
    return found.low[..., 0], found.high[..., 0]


def _shortest(belief: Belief, level: float) -> tuple[FloatArray, FloatArray]:
    """Return the shortest interval (...,) that holds a level of a one-humped belief."""
    middle = _golden(belief, level)
    for edge in (0.0, 1 - level):  # beliefs that pile up at an end
        shorter = _length(belief, np.full_like(middle, edge), level) < _length(belief, middle, level)
        middle = np.where(shorter, edge, middle)
    below = np.full_like(middle, tails(level)[0])
    tie = _length(belief, below, level) <= (1 + 1e-9) * _length(belief, middle, level)
    middle = np.where(tie, below, middle)  # a flat belief has many shortest intervals: take the one in the middle
    return belief.quantile(middle), belief.quantile(np.minimum(middle + level, 1.0))


def _longest(belief: Belief, level: float) -> tuple[FloatArray, FloatArray]:
    """Return the interval (...,) of a U-shaped belief's lowest densities that holds a level: alike at its two ends."""
    left = np.zeros(np.shape(belief.mean))
    right = np.full_like(left, 1 - level)
    for _ in range(50):
        middle = 0.5 * (left + right)
        ends = np.stack([belief.quantile(middle), belief.quantile(np.minimum(middle + level, 1.0))], -1)
        with np.errstate(divide="ignore"):
            start, stop = np.moveaxis(belief.log_density(ends), -1, 0)
        left, right = np.where(start > stop, middle, left), np.where(start > stop, right, middle)
    return ends[..., 0], ends[..., 1]


def _golden(belief: Belief, level: float) -> FloatArray:
    """Return the probability (...,) left out below the shortest interval, by golden section: to 1e-8."""
    golden = (np.sqrt(5) - 1) / 2
    left = np.zeros(np.shape(belief.mean))
    right = np.full_like(left, 1 - level)
    for _ in range(36):
        a, b = right - golden * (right - left), left + golden * (right - left)
        shorter = _length(belief, a, level) < _length(belief, b, level)
        left, right = np.where(shorter, left, a), np.where(shorter, b, right)
    return np.asarray(0.5 * (left + right))


def _length(belief: Belief, below: FloatArray, level: float) -> FloatArray:
    return belief.quantile(np.minimum(below + level, 1.0)) - belief.quantile(below)


def log_likelihood(belief: Belief, seen: Seen, grid: FloatArray) -> FloatArray:
    """Return the log likelihood (..., G) of what was seen, up to a constant that does not depend on the grid.

    >>> log_likelihood(Beta(1.0, 1.0), Seen.sums(3, 2), np.array([0.5])).round(4)
    array([-2.0794])
    """
    n, total = (np.asarray(part)[..., None] for part in (seen.n, seen.total))
    from scipy.special import xlog1py, xlogy  # noqa: PLC0415 (a third of a second to import)

    if isinstance(belief, Beta):
        value: FloatArray = xlogy(total, grid) + xlog1py(n - total, -grid)
    elif isinstance(belief, Gamma):
        value = xlogy(total, grid) - n * grid
    else:
        assert isinstance(belief, Normal)
        value = (total * grid - 0.5 * n * grid**2) / np.asarray(belief.noise)[..., None] ** 2
    return value


def predictions(prior: Belief, values: Sequence[float] | FloatArray) -> FloatArray:
    r"""Return log p(y_1), log p(y_2 | y_1), ...: their sum is the log evidence, whatever the order (N,).

    >>> flips = [1, 0, 1, 1]
    >>> bool(np.isclose(predictions(Beta(1.0, 1.0), flips).sum(), Beta(1.0, 1.0).log_evidence(Seen.of(flips))))
    True
    """
    along = prior.log_evidence(Seen.along(values))
    step: FloatArray = np.diff(along)
    return step
