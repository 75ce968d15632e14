r"""The no-U-turn sampler: a path is doubled, forwards or backwards, until its ends turn towards each other.

A point of the new half takes the place of the kept one with probability min(1, w' / w), w the sums of exp(-H); within a
half each counts by its own. Trees are NumPyro's, point by point. Source: Hoffman and Gelman (2014); Betancourt (2017).
"""

from __future__ import annotations

from itertools import accumulate
from math import exp

from bayes_core.samplers.doubling import Leaf, grown, turning
from bayes_core.samplers.moves import DIVERGED, Density, Dice, Move, Options, State

DEEPEST = 7
"""Doublings at most: 127 leapfrog steps."""


def step(density: Density, now: State, options: Options, dice: Dice) -> Move:
    """Return one transition: of three uniforms a doubling, one says which way, one which point, one whether to go.

    >>> hill = lambda x, y: (-(x * x + y * y) / 2, -x, -y)
    >>> moved = step(hill, State.at(hill, 1.0, 0.0), Options(0.5), Dice((0.3, 1.0), (0.2, 0.9, 0.5) * DEEPEST))
    >>> moved.way, moved.cost, moved.start, round(sum(moved.chance), 9)
    ('→→→', 7, 0, 1.0)
    """
    path = [Leaf(now, *dice.normal, 0.0)]
    energy = now.log - (path[0].p ** 2 + path[0].q ** 2) / 2
    chance, kept, begin, weight, tried, way = [1.0], 0, 0, 1.0, 0.0, ""
    ends = False
    while not ends and len(way) < DEEPEST:
        right, pick, swap = dice.uniform[3 * len(way) : 3 * len(way) + 3]
        forward = right < 0.5
        half, ends = grown(
            density, path[-1 if forward else 0], options.size * (1 if forward else -1), energy, len(path)
        )
        weights = [exp(min(leaf.weight, 700.0)) for leaf in half]
        tried += sum(min(1.0, w) for w in weights)
        new = 0.0 if ends else sum(weights)  # a half that turns or diverges is thrown away
        go = min(1.0, new / weight)
        share = [go * w / new if new else 0.0 for w in weights]
        picked = sum(w <= pick * new for w in accumulate(weights)) if swap < go else -1
        chance = [c * (1 - go) for c in chance]
        if forward:
            kept = len(path) + picked if picked >= 0 else kept
            path, chance = path + half, chance + share
        else:
            kept = len(half) - 1 - picked if picked >= 0 else kept + len(half)
            begin, path, chance = begin + len(half), half[::-1] + path, share[::-1] + chance
        way, weight = way + ("→" if forward else "←"), weight + new
        ends = ends or turning(path[0], path[-1], sum(leaf.p for leaf in path), sum(leaf.q for leaf in path))
    lost = any(not leaf.weight > -DIVERGED for leaf in (path[0], path[-1]))
    places, cost = tuple((leaf.state.x, leaf.state.y) for leaf in path), len(path) - 1
    return Move(path[kept].state, places, begin, tuple(chance), cost, tried / cost, lost, way)
