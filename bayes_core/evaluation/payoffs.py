"""A choice among a few actions by what each pays where the future lies at or below a threshold, and where above.

payoffs(ahead, table, cut, places, count)      what every action pays on average, the best, and what knowing is worth
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.decision import Ahead, Table
from bayes_core.evaluation.decision_along import Choice, middles


@dataclass(frozen=True, eq=False)
class Payoffs(Choice):
    """Which of A actions pays most, at V positions; `pay` (V, A) is what each pays on average, in their order.

    `curves` (A, G) is what each would pay if the threshold were at a place, `middles` (A,) where each pays most.
    """

    pay: FloatArray

    @property
    def most(self) -> FloatArray:
        """Return what the best action pays."""
        return np.asarray(self.pay.max(1))

    @property
    def guess_pay(self) -> FloatArray:
        """Return what the action pays on average that would be the best if the best guess came true."""
        return np.asarray(np.take_along_axis(self.pay, self.guess[:, None], 1)[:, 0])

    @property
    def regret(self) -> FloatArray:
        """Return how much less the best guess's action pays than the best one."""
        return self.most - self.guess_pay


def payoffs(ahead: Ahead, table: FloatArray, cut: FloatArray, places: FloatArray, count: int) -> Payoffs:
    """Return the choice at every cut (V,), by a table (A, 2) of what actions pay below and above; places (G,) of a cut.

    A pay-off is a cost with its sign turned, so that the best action is the cheapest one of a Table.

    >>> from bayes_core.evaluation.ahead import of_level
    >>> from bayes_core.foundations.conjugate.normal import Normal
    >>> table = np.array([[0.0, 0.0], [-1.0, 4.0]])  # stay, or act: one is lost below the threshold, four are won above
    >>> seen = payoffs(of_level(Normal(5.0, 0.4, noise=0.3)), table, np.array([5.0, 5.5]), np.linspace(4, 6, 41), 50)
    >>> seen.pay.round(3).tolist(), seen.best.tolist(), seen.guess.tolist(), seen.regret.round(3).tolist()
    ([[0.0, 1.5], [0.0, -0.472]], [1, 0], [0, 0], [1.5, 0.0])
    """
    costs = Table(-np.broadcast_to(table, (len(cut), *table.shape)), cut[:, None])
    every = 0.0 - Table(-np.broadcast_to(table, (len(places), *table.shape)), places[:, None]).expected(ahead.now)
    first = every.argmax(1)[:, None] == np.arange(len(table))  # of actions that pay alike one has the place
    return Payoffs(
        **Choice.told(ahead, costs, cut, count),
        curves=every.T,
        middles=middles(first, places),
        pay=0.0 - costs.expected(ahead.now),
    )
