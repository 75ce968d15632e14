"""A decision at every position of a handle: dots, actions, costs in times of the least, what waiting is worth.

amounts(ahead, over, under, action, places, count)      how much to do: the costs are linear
acts(ahead, over, under, cut, own, places, count)       which of three things to do: harmful above a cut
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bayes_core.checks import FloatArray
from bayes_core.evaluation.decision import Ahead, Lopsided, Table, chosen, counted_above, waiting
from bayes_core.evaluation.futures import Futures, dots
from bayes_core.numerics.rounding import round_ends, ticks

HALF_MEASURE = 0.4
"""What a half measure does of the harm of either mistake: less than half, so that it is best in between."""
_SEEN = (0.0015, 0.9985)
_STEPS = 160


@dataclass(frozen=True)
class Reach:
    """An axis on which futures are seen: its ends, marks, and the step in which actions on it are told apart."""

    low: float
    high: float
    marks: tuple[float, ...]
    step: float

    @classmethod
    def of(cls, futures: Futures, *, whole: bool = False, among: tuple[float, ...] = ()) -> Reach:
        """Return round ends that hold all but three futures in a thousand, and values that must be seen `among` them.

        >>> from bayes_core.evaluation.futures import Mixture
        >>> Reach.of(Mixture.of(400.0, 60.0))
        Reach(low=200.0, high=600.0, marks=(200.0, 300.0, 400.0, 500.0, 600.0), step=5.0)
        """
        ends = [*(float(end) for end in futures.quantile(_SEEN)), *among]
        low, high = round_ends(min(ends), max(ends))
        unit = 10.0 ** np.floor(np.log10((high - low) / _STEPS))
        step = float(unit * next(k for k in (1, 2, 5, 10) if k * unit * _STEPS >= high - low - 1e-9 * unit))
        step = max(step, 1.0) if whole else step
        low, high = (float(f"{turn(end / step) * step:.12g}") + 0.0 for turn, end in ((np.floor, low), (np.ceil, high)))
        return cls(low, high, ticks(low, high), step)

    @property
    def actions(self) -> FloatArray:
        """Return all actions on the axis, a step apart, rising."""
        count = round((self.high - self.low) / self.step)
        made = [float(f"{self.low + self.step * k:.12g}") + 0.0 for k in range(count + 1)]
        return np.array(made)

    @property
    def digits(self) -> int:
        """Return the decimals that a step has."""
        return max(0, -int(np.floor(np.log10(self.step) + 1e-9)))


@dataclass(frozen=True, eq=False)
class Counted:
    """Equally likely futures (n,), which of them lie above (V, n), and the exact share above (V,)."""

    dots: FloatArray
    above: NDArray[np.bool_]
    share: FloatArray

    @classmethod
    def of(cls, futures: Futures, at: FloatArray, count: int) -> Counted:
        """Return `count` futures beside values (V,)."""
        drawn = dots(futures, count)
        return cls(drawn, counted_above(drawn, at), np.asarray(1 - futures.below(at)))

    def under(self, at: ArrayLike) -> NDArray[np.intp]:
        """Return how many of the dots lie at or below values (V,)."""
        return np.asarray((~counted_above(self.dots, at)).sum(1))


@dataclass(frozen=True, eq=False)
class Amounts:
    """How much to do, at V positions (or one, where nothing of it moves).

    `curve` (V, G) is what every place costs, in times of the least; `parts` (V, 2) is what the best action pays for.
    """

    counted: Counted
    action: FloatArray
    share: FloatArray
    best: FloatArray
    guess: FloatArray
    least: FloatArray
    guess_cost: FloatArray
    own_cost: FloatArray
    parts: FloatArray
    curve: FloatArray
    worth: FloatArray
    error: FloatArray

    @property
    def regret(self) -> FloatArray:
        """Return what acting on the best guess costs beyond the least, each time."""
        return self.guess_cost - self.least

    @property
    def own_regret(self) -> FloatArray:
        """Return what the reader's action costs beyond the least, each time; never less than nothing."""
        return np.maximum(self.own_cost - self.least, 0.0)

    @property
    def times(self) -> tuple[FloatArray, FloatArray]:
        """Return what the best guess and the reader's action cost, in times of the least."""
        return self.guess_cost / self.least, self.own_cost / self.least

    @property
    def paid(self) -> FloatArray:
        """Return the shares (V, 2) of the least cost that are paid for too much and for too little."""
        return np.asarray(self.parts / self.parts.sum(-1, keepdims=True))


def amounts(
    ahead: Ahead, over: FloatArray, under: FloatArray, action: FloatArray, places: FloatArray, count: int
) -> Amounts:
    """Return the decision at every position: costs (V,) or (1,), actions (V,) or (1,), over places (G,).

    >>> from bayes_core.evaluation.ahead import of_level
    >>> from bayes_core.foundations.conjugate.normal import Normal
    >>> one, told = np.ones(1), of_level(Normal(100.0, 10.0, noise=5.0))
    >>> seen = amounts(told, one, 4 * one, np.array([95.0, 108.0]), np.linspace(60, 140, 81), 50)
    >>> seen.counted.above.sum(1), seen.best.round(2), seen.times[1].round(3), seen.curve.shape
    (array([35, 11]), array([108.42]), array([2.135, 1.001]), (1, 81))
    """
    now, costs = ahead.now, Lopsided(over, under)
    found, value = chosen(costs, now), waiting(costs, ahead)
    at = Lopsided(costs.over[:, None], costs.under[:, None])
    return Amounts(
        Counted.of(now, action, count),
        action,
        costs.share,
        np.asarray(found.best),
        np.atleast_1d(np.asarray(found.guess)),
        found.least,
        found.guess_cost,
        costs.expected(now, action),
        np.stack(costs.parts(now, np.asarray(found.best)), axis=-1),
        at.expected(now, places[None]) / found.least[:, None],
        value.worth,
        value.error,
    )


@dataclass(frozen=True, eq=False)
class Choice:
    """Which of a few actions to take, at V positions: the best one, and that which the best guess would have.

    `curves` is what each would come to if the threshold were at a place; `middles` are the middles of the places where
    each is the best, NaN where it never is. `worth` is what one more measurement is worth, with its error.
    """

    counted: Counted
    cut: FloatArray
    best: NDArray[np.intp]
    guess: NDArray[np.intp]
    guessed: FloatArray
    curves: FloatArray
    middles: FloatArray
    knowing: FloatArray
    worth: FloatArray
    error: FloatArray

    @staticmethod
    def told(ahead: Ahead, costs: Table, cut: FloatArray, count: int) -> dict[str, Any]:
        """Return what a table of costs at cuts (V,) says of the choice, whatever is drawn of it."""
        found, value = chosen(costs, ahead.now), waiting(costs, ahead)
        return {
            "counted": Counted.of(ahead.now, cut, count),
            "cut": cut,
            "best": np.atleast_1d(np.asarray(found.best, np.intp)),
            "guess": np.atleast_1d(np.asarray(found.guess, np.intp)),
            "guessed": np.atleast_1d(np.asarray(ahead.now.mean)),
            "knowing": found.knowing,
            "worth": value.worth,
            "error": value.error,
        }


def middles(best: NDArray[np.bool_], places: FloatArray) -> FloatArray:
    """Return the middle of the places (G,) at which each of A actions is the best (..., G, A), NaN where it never is.

    >>> middles(np.array([[True, False], [True, False], [True, False]]), np.array([1.0, 2.0, 5.0]))
    array([ 3., nan])
    """
    inside = np.where(best, places[:, None], np.nan)
    with np.errstate(invalid="ignore"):
        low, high = (np.where(best.any(-2), turn(np.where(best, inside, edge), axis=-2), np.nan)
                     for turn, edge in ((np.min, np.inf), (np.max, -np.inf)))  # fmt: skip
        return np.asarray((low + high) / 2)


@dataclass(frozen=True, eq=False)
class Acts(Choice):
    """Which of three acts to choose, at V positions; all costs (V, 3) in their order.

    `curves` (V, 3, G) is what each would cost if harm began at a place, in times of the least there; `middles` (V, 3)
    are those where each is the cheapest.
    """

    cost: FloatArray
    own: NDArray[np.intp]

    def cost_of(self, act: NDArray[np.intp]) -> FloatArray:
        """Return what an act (V,) costs."""
        return np.asarray(np.take_along_axis(self.cost, np.broadcast_to(act, self.cost.shape[:1])[:, None], 1)[:, 0])

    @property
    def least(self) -> FloatArray:
        """Return what the cheapest act costs."""
        return np.asarray(self.cost.min(1))

    @property
    def regret(self) -> FloatArray:
        """Return what acting on the best guess costs beyond the least."""
        return self.cost_of(self.guess) - self.least

    @property
    def own_regret(self) -> FloatArray:
        """Return what the reader's act costs beyond the least."""
        return self.cost_of(self.own) - self.least

    @property
    def times(self) -> tuple[FloatArray, FloatArray]:
        """Return what the best guess's act and the reader's cost, in times of the least."""
        return self.cost_of(self.guess) / self.least, self.cost_of(self.own) / self.least


def harms(over: FloatArray, under: FloatArray, half: float = HALF_MEASURE) -> FloatArray:
    """Return what doing nothing, a half measure and all of it cost (V, 3, 2), harmless and harmful.

    >>> harms(np.array([1.0]), np.array([5.0]))
    array([[[0. , 5. ],
            [0.4, 2. ],
            [1. , 0. ]]])
    """
    a, b = np.broadcast_arrays(over, under)
    nothing = np.zeros_like(a)
    rows = [[nothing, b], [half * a, half * b], [a, nothing]]
    return np.stack([np.stack(row, axis=-1) for row in rows], axis=-2)


def acts(
    ahead: Ahead, over: FloatArray, under: FloatArray, cut: FloatArray, own: int, places: FloatArray, count: int
) -> Acts:
    """Return the decision at every position: harms (V,) or (1,), cuts (V,) or (1,), over places (G,) of a cut.

    >>> from bayes_core.evaluation.ahead import of_level
    >>> from bayes_core.foundations.conjugate.normal import Normal
    >>> one, told = np.ones(1), of_level(Normal(5.0, 0.4, noise=0.3))
    >>> seen = acts(told, one, 5 * one, np.array([4.8, 5.4, 5.9]), 0, np.linspace(4, 6, 41), 50)
    >>> seen.best, seen.guess, seen.counted.above.sum(1)
    (array([2, 1, 0]), array([2, 0, 0]), array([35,  8,  1]))
    """
    table = harms(over, under)
    costs = Table(table, cut[:, None])
    every = Table(table[:, None], places[:, None]).expected(ahead.now)  # (V or 1, G, 3)
    least = every.min(-1, keepdims=True)
    return Acts(
        **Choice.told(ahead, costs, cut, count),
        curves=np.swapaxes(every / least, 1, 2),
        middles=middles(every == least, places),
        cost=costs.expected(ahead.now),
        own=np.array([own]),
    )
