r"""What to do with a forecast: what every action costs on average, the cheapest, and what knowing more is worth.

    Lopsided(over, under)        linear costs of doing too much and too little; the cheapest action is a quantile
    Table(cost, cuts)            a few actions, and what each costs in every range of what may happen
    chosen(costs, futures)       the cheapest action, the best guess's, their costs, and the regret
    waiting(costs, ahead)        what one more measurement is worth, before it is made (ahead.py)

Costs are per time that one decides; expectations are over the futures given. `over` and `under` may be many (V,).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bayes_core.checks import FloatArray, floats
from bayes_core.evaluation.futures import Futures, kept_quantiles

Guess = Literal["mean", "median"]
IntArray = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Lopsided:
    r"""Costs that grow in a straight line: `over` for each unit too many, `under` for each too few, (V,) or one.

    .. math:: C(a) = c_o\, E[(a - y)_+] + c_u\, E[(y - a)_+],\qquad F(a^*) = \frac{c_u}{c_u + c_o}

    >>> from bayes_core.evaluation.futures import Mixture
    >>> costs = Lopsided(1.0, 4.0)
    >>> float(costs.share), float(costs.best(Mixture.of(100.0, 10.0)).round(2))
    (0.8, 108.42)
    """

    over: FloatArray
    under: FloatArray

    def __init__(self, over: ArrayLike, under: ArrayLike) -> None:
        """Check that both cost something."""
        for name, value in (("over", over), ("under", under)):
            cost = floats(value, name)
            if not (cost > 0).all():
                raise ValueError(f"the smallest cost {name} is {np.min(cost):g}: give costs above 0")
            object.__setattr__(self, name, cost)

    @property
    def share(self) -> FloatArray:
        """Return the probability whose quantile is the cheapest action: under / (under + over)."""
        return np.asarray(self.under / (self.under + self.over))

    def parts(self, futures: Futures, action: ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Return what an action costs on average by being too much, and by being too little."""
        at = np.asarray(action, float)
        missing = futures.missing(at)
        spare = np.maximum(at - futures.mean + missing, 0)
        return np.asarray(self.over * spare), np.asarray(self.under * missing)

    def expected(self, futures: Futures, action: ArrayLike) -> FloatArray:
        """Return what an action costs on average."""
        too_much, too_little = self.parts(futures, action)
        return np.asarray(too_much + too_little)

    def best(self, futures: Futures) -> FloatArray:
        """Return the cheapest action, (V,) for one distribution of futures."""
        found = kept_quantiles(futures, tuple(np.ravel(self.share).tolist()))
        return found.reshape(self.share.shape + found.shape[1:])

    def least(self, futures: Futures) -> FloatArray:
        """Return what the cheapest action costs: (V,), or (V, ...) for many futures (...)."""
        spread = Lopsided(self.over[(..., *_beside(futures))], self.under[(..., *_beside(futures))])
        return spread.expected(futures, self.best(futures))


@dataclass(frozen=True, eq=False)
class Table:
    """What each of two to four actions costs, (..., A, C + 1), in the ranges that C `cuts`, rising, make of futures.

    Cuts may differ, too, (..., C). A value that is a cut belongs to the range below it.

    >>> from bayes_core.evaluation.futures import Mixture
    >>> treat = Table([[0.0, 10.0], [1.0, 0.0]], [5.0])  # wait, treat; harmless up to 5, harmful above
    >>> treat.expected(Mixture.of(4.0, 1.0)).round(3)  # 16 in 100 are above 5
    array([1.587, 0.841])
    >>> int(treat.best(Mixture.of(4.0, 1.0))), int(treat.guess(Mixture.of(4.0, 1.0)))
    (1, 0)
    """

    cost: FloatArray
    cuts: FloatArray

    def __init__(self, cost: ArrayLike, cuts: ArrayLike) -> None:
        """Check that there is a cost for every action in every range."""
        table, ends = floats(cost, "the costs"), floats(cuts, "the cuts")
        if table.ndim < 2 or not 2 <= table.shape[-2] <= 4:
            raise ValueError("a table of costs has one row for each action: give two to four rows")
        if ends.ndim < 1 or not ends.shape[-1] or table.shape[-1] != ends.shape[-1] + 1:
            count = ends.shape[-1] if ends.ndim else 0
            raise ValueError(f"{count} cuts make {count + 1} ranges and the table has {table.shape[-1]} columns")
        if not (np.diff(ends) > 0).all():
            raise ValueError("the cuts do not rise: give them in order")
        object.__setattr__(self, "cost", table)
        object.__setattr__(self, "cuts", ends)

    def shares(self, futures: Futures) -> FloatArray:
        """Return the probability of every range, (..., C + 1)."""
        at = self.cuts[(..., *_beside(futures), slice(None))]
        below = np.stack([futures.below(at[..., c]) for c in range(at.shape[-1])], axis=-1)
        ends = np.zeros_like(below[..., :1])
        return np.diff(np.concatenate([ends, below, ends + 1], axis=-1), axis=-1)

    def expected(self, futures: Futures) -> FloatArray:
        """Return what every action costs on average, (..., A)."""
        return np.asarray(np.einsum("...ac,...c->...a", self._over(futures), self.shares(futures)))

    def best(self, futures: Futures) -> IntArray:
        """Return which action is the cheapest; the first of equals."""
        return np.asarray(self.expected(futures).argmin(-1))

    def least(self, futures: Futures) -> FloatArray:
        """Return what the cheapest action costs on average."""
        return np.asarray(self.expected(futures).min(-1))

    def guess(self, futures: Futures, by: Guess = "mean") -> IntArray:
        """Return the action that would be cheapest if the best guess were sure to come true."""
        passed = np.asarray(best_guess(futures, by))[..., None] > self.cuts[(..., *_beside(futures), slice(None))]
        cost, at = np.broadcast_arrays(self._over(futures), passed.sum(-1)[..., None, None])
        return np.asarray(np.take_along_axis(cost, at[..., :1], -1)[..., 0].argmin(-1))

    def informed(self, futures: Futures) -> FloatArray:
        """Return what one would pay on average who knew each time what comes."""
        return np.asarray((self._over(futures).min(-2) * self.shares(futures)).sum(-1))

    def _over(self, futures: Futures) -> FloatArray:
        return np.asarray(self.cost[(..., *_beside(futures), slice(None), slice(None))])


def _beside(futures: Futures) -> tuple[None, ...]:
    """Return the axes that costs need beside those of futures."""
    return (None,) * np.ndim(futures.mean)


Costs = Lopsided | Table


@dataclass(frozen=True, eq=False)
class Chosen:
    """The cheapest action and its cost, the best guess's and its cost, and the value of knowing what comes.

    Actions of a Table are numbers of its rows. `regret` is what acting on the best guess costs more, each time.
    """

    best: FloatArray | IntArray
    least: FloatArray
    guess: FloatArray | IntArray
    guess_cost: FloatArray
    knowing: FloatArray

    @property
    def regret(self) -> FloatArray:
        """Return what acting on the best guess costs beyond the least."""
        return np.asarray(self.guess_cost - self.least)


def best_guess(futures: Futures, by: Guess = "mean") -> FloatArray:
    """Return the mean, or the median, of what may happen.

    >>> from bayes_core.evaluation.futures import Listed
    >>> float(best_guess(Listed.of([1, 2, 9]))), float(best_guess(Listed.of([1, 2, 9]), "median"))
    (4.0, 2.0)
    """
    return np.asarray(futures.mean) if by == "mean" else futures.quantile(0.5)[0]


def chosen(costs: Costs, futures: Futures, by: Guess = "mean") -> Chosen:
    """Return the cheapest action beside that of the best guess.

    >>> from bayes_core.evaluation.futures import Mixture
    >>> told = chosen(Lopsided(1.0, 4.0), Mixture.of(100.0, 10.0))
    >>> [round(float(v), 2) for v in (told.best, told.least, told.guess, told.guess_cost, told.regret)]
    [108.42, 14.0, 100.0, 19.95, 5.95]
    """
    if isinstance(costs, Table):
        each, guess = costs.expected(futures), costs.guess(futures, by)
        paid = np.take_along_axis(each, guess[..., None], -1)[..., 0]
        least = costs.least(futures)
        return Chosen(costs.best(futures), least, guess, paid, np.asarray(least - costs.informed(futures)))
    at, least = best_guess(futures, by), costs.least(futures)
    return Chosen(costs.best(futures), least, at, costs.expected(futures, at), least)  # who knows pays nothing


@dataclass(frozen=True, eq=False)
class Ahead:
    """What will be believed after one more measurement, before it is made.

    `later` (M,) are the futures after each value that it may have, `weight` (M,) how probable these are: nodes of a
    quadrature, or equal ones of values that were `drawn`. `coarse` (M,) are weights of a coarser quadrature.
    """

    now: Futures
    later: Futures
    weight: FloatArray
    coarse: FloatArray | None = None
    drawn: bool = False


@dataclass(frozen=True, eq=False)
class Waiting:
    """What one more measurement is worth before deciding: the mean saving, and the error of computing it."""

    worth: FloatArray
    error: FloatArray


def waiting(costs: Costs, ahead: Ahead) -> Waiting:
    r"""Return the expected value of sample information: what it saves to choose after the measurement instead of now.

    .. math:: \sum_m w_m \bigl(E[C(a^*) \mid y_m] - \min_a E[C(a) \mid y_m]\bigr)

    The first term is today's best action :math:`a^*`, seen from then: its mean is the least cost of today, and term by
    term the difference is never negative, for who knows more can still do what was best before. The error of drawn
    values is their standard error; that of a quadrature is its difference from the coarser one.

    >>> from bayes_core.evaluation.futures import Mixture
    >>> known, noise = 2.0, 1.0  # a level is known as N(0, 2), and can be measured once more, N(level, 1)
    >>> node, weight, coarse = smooth_nodes(Mixture.of(0.0, 1.0), 60)
    >>> shrunk, after = known**2 / np.hypot(known, noise), known * noise / np.hypot(known, noise)
    >>> told = waiting(Lopsided(1, 1), Ahead(Mixture.of(0, known), Mixture.of(shrunk * node, after), weight, coarse))
    >>> round(float(told.worth), 4), round(float(2 * (known - after) / np.sqrt(2 * np.pi)), 4)
    (0.8821, 0.8821)
    """
    saved = _then(costs, ahead) - costs.least(ahead.later)  # (..., M)
    worth = np.asarray((saved * ahead.weight).sum(-1))
    if ahead.coarse is not None:
        return Waiting(worth, np.abs(worth - (saved * ahead.coarse).sum(-1)))
    error = saved.std(-1, ddof=1) / np.sqrt(saved.shape[-1]) if ahead.drawn else np.zeros_like(worth)
    return Waiting(worth, np.asarray(error))


def _then(costs: Costs, ahead: Ahead) -> FloatArray:
    """Return what today's best action costs (..., M) in what will be believed after each measurement."""
    if isinstance(costs, Table):
        each, best = costs.expected(ahead.later), costs.best(ahead.now)
        return np.asarray(np.take_along_axis(each, best[..., None, None], -1)[..., 0])
    alone = Lopsided(costs.over[..., None], costs.under[..., None])
    return alone.expected(ahead.later, np.asarray(costs.best(ahead.now))[..., None])


def smooth_nodes(futures: Futures, count: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    r"""Return values (M,) of what may be measured, their weights, and those of the coarser rule in every third one.

    Midpoints of a probability :math:`p(u) = u^3 (10 - 15 u + 6 u^2)`: so few of them lie far out, with so little weight
    each, that what grows there does no harm. `count` is made a multiple of three.

    >>> from bayes_core.evaluation.futures import Mixture
    >>> value, weight, coarse = smooth_nodes(Mixture.of(0.0, 1.0), 48)
    >>> [round(float((one * value**4).sum()), 4) for one in (weight, coarse)]
    [3.0027, 3.0473]
    """
    size = 3 * max(1, round(count / 3))
    u = (np.arange(size) + 0.5) / size
    weight = u**2 * (1 - u) ** 2
    third = np.where(np.arange(size) % 3 == 1, weight, 0.0)
    value = futures.quantile(u**3 * (10 - 15 * u + 6 * u**2))
    return value, weight / weight.sum(), third / third.sum()


def simulated(
    costs: Lopsided, draws: Callable[[np.random.Generator, int], FloatArray], action: float, count: int, seed: int = 0
) -> tuple[float, float]:
    """Return what an action costs on average in `count` drawn futures, and the standard error: the slow way.

    >>> cost, error = simulated(Lopsided(1, 4), lambda random, n: random.normal(100, 10, n), 108.42, 40_000)
    >>> abs(cost - 14.0) < 4 * error
    True
    """
    y = draws(np.random.default_rng(seed), count)
    paid = costs.over * np.maximum(action - y, 0) + costs.under * np.maximum(y - action, 0)
    return float(paid.mean()), float(paid.std() / np.sqrt(count))


def counted_above(dots: ArrayLike, at: ArrayLike) -> NDArray[np.bool_]:
    """Return which of the futures (n,) lie above each value (V,), as they are drawn and counted, (V, n).

    >>> counted_above([1.0, 2.0, 3.0], [2.0]).sum(1)
    array([1])
    """
    return np.asarray(dots, float)[None, :] > np.atleast_1d(np.asarray(at, float))[:, None]
