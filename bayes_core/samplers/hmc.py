r"""Hamiltonian Monte Carlo: give the point a push, let it roll for L leapfrog steps, accept by the energy it gained.

.. math:: H(x, p) = -\log\pi(x) + \tfrac12 p^\top p,\qquad \alpha = \min(1, e^{H - H'})

Source: Duane et al. (1987), Hybrid Monte Carlo; Neal (2011), MCMC using Hamiltonian dynamics.
"""

from __future__ import annotations

from math import exp

from bayes_core.samplers.moves import DIVERGED, Density, Dice, Move, Options, State, leapfrog


def step(density: Density, now: State, options: Options, dice: Dice) -> Move:
    """Return one transition; a path whose energy runs away ends there, is told as divergent, and never kept.

    >>> hill = lambda x, y: (-(x * x + y * y) / 2, -x, -y)
    >>> moved = step(hill, State.at(hill, 1.0, 0.0), Options(0.1, 5), Dice((0.0, 1.0), (0.5,)))
    >>> moved.cost, len(moved.path), round(moved.chance[-1], 4)
    (5, 6, 1.0)
    >>> step(hill, now=State.at(hill, 9.0, 0.0), options=Options(9.0, 50), dice=Dice((0.0, 1.0), (0.5,))).diverged
    True
    """
    p, q = dice.normal
    start = now.log - (p * p + q * q) / 2
    at, path, gained = now, [(now.x, now.y)], 0.0
    for _ in range(options.leaps):
        at, p, q = leapfrog(density, at, p, q, options.size)
        path.append((at.x, at.y))
        gained = at.log - (p * p + q * q) / 2 - start
        if not gained > -DIVERGED:
            break
    lost = not gained > -DIVERGED
    chance = 0.0 if lost else exp(min(0.0, gained))
    kept = at if dice.uniform[0] < chance else now
    chances = (1 - chance, *(0.0,) * (len(path) - 2), chance)
    return Move(kept, tuple(path), 0, chances, len(path) - 1, float(kept is at), lost)
