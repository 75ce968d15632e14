r"""Langevin (MALA): a random walk that drifts uphill, corrected by Metropolis and Hastings.

.. math:: x' = x + \tfrac{\varepsilon^2}{2} \nabla\log\pi(x) + \varepsilon z,\qquad
    \alpha = \min\Bigl(1, \frac{\pi(x')\,q(x \mid x')}{\pi(x)\,q(x' \mid x)}\Bigr)

It is HMC with one leapfrog step. Source: Roberts and Tweedie (1996), Exponential convergence of Langevin distributions.
"""

from __future__ import annotations

from math import exp, isnan

from bayes_core.samplers.moves import DIVERGED, Density, Dice, Move, Options, State


def step(density: Density, now: State, options: Options, dice: Dice) -> Move:
    """Return one transition."""
    size, (p, q) = options.size, dice.normal
    drift = size * size / 2
    to = State.at(density, now.x + drift * now.dx + size * p, now.y + drift * now.dy + size * q)
    back = now.x - to.x - drift * to.dx, now.y - to.y - drift * to.dy  # what the way back would have to draw
    ratio = to.log - now.log + (p * p + q * q) / 2 - (back[0] ** 2 + back[1] ** 2) / (2 * size * size)
    chance = 0.0 if isnan(ratio) else exp(min(0.0, ratio))
    kept = to if dice.uniform[0] < chance else now
    lost = not ratio > -DIVERGED
    return Move(kept, ((now.x, now.y), (to.x, to.y)), 0, (1 - chance, chance), 1, float(kept is to), lost)
