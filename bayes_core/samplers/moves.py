"""What samplers take and give: where a chain is, what chance brings, and one transition with all that it looked at."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, isnan
from typing import NamedTuple

DIVERGED = 1000.0
"""Nats of energy that a path may gain before it is called divergent, as Stan and NumPyro do."""

Density = Callable[[float, float], tuple[float, float, float]]
"""The log density at a point, with its gradient: (x, y) -> (log p, d/dx, d/dy)."""


class State(NamedTuple):
    """Where a chain is, with the log density and its gradient there."""

    x: float
    y: float
    log: float
    dx: float
    dy: float

    @classmethod
    def at(cls, density: Density, x: float, y: float) -> State:
        """Return the state at a point; a point too far away to compute with has no density."""
        try:
            log, dx, dy = density(x, y)
        except OverflowError:
            return cls(x, y, -inf, 0.0, 0.0)
        return cls(x, y, -inf, 0.0, 0.0) if isnan(log) else cls(x, y, log, dx, dy)


class Dice(NamedTuple):
    """All chance of one transition: the same for (chain, step) whatever the settings, so that a path only reshapes."""

    normal: tuple[float, float]
    uniform: tuple[float, ...]


class Options(NamedTuple):
    """Step size, and the leapfrog steps of a path where these are set."""

    size: float
    leaps: int = 10


class Move(NamedTuple):
    """One transition: the next state, and every point it looked at, in the order of the path.

    `start` is the index of the old state in `path`, `chance` how probable each point was to be kept (a point thrown
    away has none), `way` the directions of doublings. `cost` counts evaluations of the density, with its gradient.
    """

    state: State
    path: tuple[tuple[float, float], ...]
    start: int
    chance: tuple[float, ...]
    cost: int
    accepted: float
    diverged: bool = False
    way: str = ""


def leapfrog(density: Density, at: State, p: float, q: float, size: float) -> tuple[State, float, float]:
    r"""Return state and momentum one step on: half a kick, a drift, half a kick.

    .. math:: p_{1/2} = p + \tfrac\varepsilon2 \nabla\log\pi(x),\; x' = x + \varepsilon p_{1/2},\;
        p' = p_{1/2} + \tfrac\varepsilon2 \nabla\log\pi(x')

    >>> bell = lambda x, y: (-(x * x + y * y) / 2, -x, -y)
    >>> there, p, q = leapfrog(bell, State.at(bell, 1.0, 0.0), 0.0, 1.0, 0.5)
    >>> back, p, q = leapfrog(bell, there, -p, -q, 0.5)
    >>> round(back.x, 12), round(back.y, 12), round(q, 12)
    (1.0, 0.0, -1.0)
    """
    p, q = p + 0.5 * size * at.dx, q + 0.5 * size * at.dy
    to = State.at(density, at.x + size * p, at.y + size * q)
    return to, p + 0.5 * size * to.dx, q + 0.5 * size * to.dy
