r"""Random-walk Metropolis: propose a Gaussian step, accept it with probability min(1, ratio of densities).

.. math:: x' = x + \varepsilon z,\; z \sim N(0, I),\qquad \alpha = \min(1, \pi(x') / \pi(x))

Source: Metropolis et al. (1953), Equation of state calculations by fast computing machines.
"""

from __future__ import annotations

from math import exp

from bayes_core.samplers.moves import Density, Dice, Move, Options, State


def step(density: Density, now: State, options: Options, dice: Dice) -> Move:
    """Return one transition.

    >>> hill = lambda x, y: (-(x * x + y * y) / 2, -x, -y)
    >>> moved = step(hill, State.at(hill, 1.0, 1.0), Options(0.5), Dice((-1.0, 0.0), (0.9,)))
    >>> moved.state[:2], moved.accepted, moved.cost
    ((0.5, 1.0), 1.0, 1)
    """
    to = State.at(density, now.x + options.size * dice.normal[0], now.y + options.size * dice.normal[1])
    chance = exp(min(0.0, to.log - now.log))
    kept = to if dice.uniform[0] < chance else now
    return Move(kept, ((now.x, now.y), (to.x, to.y)), 0, (1 - chance, chance), 1, float(kept is to))
