"""What a belief says: intervals, the likelihood it met, and its predictions one observation after another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.foundations.conjugate.belief import Belief, Seen
from bayes_core.foundations.conjugate.beta import Beta
from bayes_core.foundations.conjugate.gamma import Gamma
from bayes_core.foundations.conjugate.normal import Normal
from bayes_core.intervals import tails

How = Literal["equal-tailed", "hdi"]


def interval(belief: Belief, level: float = 0.9, how: How = "equal-tailed") -> tuple[FloatArray, FloatArray]:
    """Return the ends (...,) of an interval that holds `level` of a belief.

    "equal-tailed" leaves the same probability out on either side; "hdi" is the shortest, which for one-humped beliefs
    holds the points of highest density (Kruschke 2015, section 4.3.4). Raises ValueError for a level outside (0, 1).

    >>> low, high = interval(Beta(9.0, 3.0), 0.9, "hdi")
    >>> float(low.round(3)), float(high.round(3))
    (0.566, 0.944)
    """
    below, _ = tails(level)
    if how == "equal-tailed":
        return belief.quantile(below), belief.quantile(1 - below)
    if how != "hdi":
        raise ValueError(f"the interval is {how!r}: choose 'equal-tailed' or 'hdi'")
    golden = (np.sqrt(5) - 1) / 2
    left = np.zeros(np.shape(belief.mean))
    right = np.full_like(left, 1 - level)
    for _ in range(36):  # golden section on the length, in probability left out below: 1e-8 of the tail
        a, b = right - golden * (right - left), left + golden * (right - left)
        shorter = _length(belief, a, level) < _length(belief, b, level)
        left, right = np.where(shorter, left, a), np.where(shorter, b, right)
    middle = 0.5 * (left + right)
    for edge in (0.0, 1 - level):  # beliefs that pile up at an end
        shorter = _length(belief, np.full_like(left, edge), level) < _length(belief, middle, level)
        middle = np.where(shorter, edge, middle)
    tie = _length(belief, np.full_like(left, below), level) <= (1 + 1e-9) * _length(belief, middle, level)
    middle = np.where(tie, below, middle)  # a flat belief has many shortest intervals: take the one in the middle
    return belief.quantile(middle), belief.quantile(np.minimum(middle + level, 1.0))


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
