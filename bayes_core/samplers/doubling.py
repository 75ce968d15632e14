"""Half a tree of the no-U-turn sampler, leaf by leaf, as NumPyro builds it: turning is checked in balanced subtrees."""

from __future__ import annotations

from math import inf, isnan
from typing import NamedTuple

from bayes_core.samplers.moves import DIVERGED, Density, State, leapfrog


class Leaf(NamedTuple):
    """A point of a path: its state, its momentum, and the log of its weight, the energy that was lost on the way."""

    state: State
    p: float
    q: float
    weight: float


def turning(first: Leaf, last: Leaf, p: float, q: float) -> bool:
    r"""Return whether a path whose momenta sum to (p, q) turns back at either end.

    .. math:: p_\pm \cdot \bigl(\textstyle\sum_i p_i - \tfrac12 (p_- + p_+)\bigr) \le 0
    """
    p, q = p - (first.p + last.p) / 2, q - (first.q + last.q) / 2
    return first.p * p + first.q * q <= 0 or last.p * p + last.q * q <= 0


def grown(density: Density, edge: Leaf, size: float, energy: float, count: int) -> tuple[list[Leaf], bool]:
    """Return `count` leaves beyond an edge, outwards, fewer where they turn or diverge; and whether they did.

    Of leaf n all subtrees that end with it are checked: 2, 4, 8, ... leaves as long as n + 1 is a multiple of it.
    """
    leaves: list[Leaf] = []
    state, p, q, sums = edge.state, edge.p, edge.q, [(0.0, 0.0)]
    for n in range(count):
        state, p, q = leapfrog(density, state, p, q, size)
        lost = state.log - (p * p + q * q) / 2 - energy
        leaves.append(Leaf(state, p, q, -inf if isnan(lost) else lost))
        if not lost > -DIVERGED:
            return leaves, True
        sums.append((sums[-1][0] + p, sums[-1][1] + q))
        wide = 2
        while (n + 1) % wide == 0:
            before = sums[n + 1 - wide]
            if turning(leaves[n + 1 - wide], leaves[n], sums[-1][0] - before[0], sums[-1][1] - before[1]):
                return leaves, True
            wide *= 2
    return leaves, False
