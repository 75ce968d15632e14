r"""Gibbs: draw one coordinate from its distribution given the other, then the other way round.

.. math:: x' \sim \pi(x \mid y),\qquad y' \sim \pi(y \mid x')

A conditional is drawn by inverting its distribution function on a grid ("griddy Gibbs"), so that every density has one.
Source: Geman and Geman (1984); Ritter and Tanner (1992), Facilitating the Gibbs sampler.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.samplers.moves import Density, Dice, Move, Options, State

Lines = Callable[[FloatArray, FloatArray], FloatArray]


def drawn(places: FloatArray, log: FloatArray, share: float) -> float:
    """Return the value below which a share of the probability lies, where the log density has these values.

    >>> drawn(np.linspace(0.0, 1.0, 101), np.zeros(101), 0.25)
    0.25
    """
    height = np.exp(log - log.max())
    below = np.concatenate([[0.0], np.cumsum((height[1:] + height[:-1]) * np.diff(places))])
    return float(np.interp(share * below[-1], below, places))


def stepper(lines: Lines, across: FloatArray, up: FloatArray) -> Callable[..., Move]:
    """Return the transition on a density of many points; conditionals are drawn from places that must hold all."""

    def step(density: Density, now: State, options: Options, dice: Dice) -> Move:
        """Return one transition: two draws, at the cost of an evaluation each."""
        x = drawn(across, lines(across, np.array(now.y)), dice.uniform[0])
        y = drawn(up, lines(np.array(x), up), dice.uniform[1])
        return Move(State.at(density, x, y), ((now.x, now.y), (x, now.y), (x, y)), 0, (0.0, 0.0, 1.0), 2, 1.0)

    return step
