"""What can be measured along a line of places: the model, its prior, the noise, and worlds that are invented."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from bayes_core.checks import FloatArray
from bayes_core.models.linear import Bumps, Linear

GRID = np.linspace(0.0, 10.0, 101)
"""The places (G,) where anyone can measure, km."""
MOST = 30
"""How many measurements follow the first ones."""
Truth = Callable[[np.random.Generator], FloatArray]


@dataclass(frozen=True, eq=False)
class Field:
    """Places, a model of what is there, and how worlds are made: `truth(random)` is f (G,) in one of them.

    `noise` (G,) is the known sd of one measurement at each place; without it a measurement is a yes or a no, and f its
    log odds. `start` are the places (positions in the grid) that are measured before anyone chooses. Weights of the
    model are N(0, width^2).
    """

    model: Linear
    width: float
    truth: Truth
    start: tuple[int, ...]
    noise: FloatArray | None = None

    @property
    def task(self) -> str:
        """Return whether numbers or classes are measured."""
        return "classification" if self.noise is None else "regression"

    def design(self) -> FloatArray:
        """Return the model's columns (G, P) at every place."""
        return self.model.design(GRID[:, None])


@dataclass(frozen=True, eq=False)
class Worlds:
    """W worlds of a field: what is true (W, G), and the chance that any way of measuring meets alike.

    `shocks` (W, n0 + T + 1) are the error of the k-th measurement wherever it is made (of classes the uniform number
    under which a yes falls), `turns` (W, T + 1) where chance would go.
    """

    field: Field
    truth: FloatArray
    shocks: FloatArray
    turns: FloatArray

    def outcome(self, k: int, places: NDArray[np.intp]) -> FloatArray:
        """Return what the k-th measurement (W,) finds at places (W,), the first ones counted too."""
        f = self.truth[np.arange(len(places)), places]
        if self.field.noise is None:
            yes: FloatArray = (self.shocks[:, k] < expit(f)).astype(float)
            return yes
        read: FloatArray = f + self.field.noise[places] * self.shocks[:, k]
        return read


def invent(field: Field, seeds: Sequence[int]) -> Worlds:
    """Return one world for each seed, whatever the others are.

    >>> few, more = invent(FIELDS["gap"], [3]), invent(FIELDS["gap"], [1, 3])
    >>> bool((few.truth[0] == more.truth[1]).all())
    True
    """
    made = [_world(field, seed) for seed in seeds]
    truth, shocks, turns = (np.array(part) for part in zip(*made, strict=True))
    return Worlds(field, truth, shocks, turns)


def _world(field: Field, seed: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    truth, chance = (np.random.default_rng([seed, part]) for part in (31, 32))
    size = len(field.start) + MOST + 1
    shocks = chance.random(size) if field.noise is None else chance.standard_normal(size)
    return field.truth(truth), shocks, chance.random(MOST + 1)


# ------------------------------------------------------------------------------------------------------------ fields
FINE = Linear(Bumps(0.0, 10.0, 14, 0.8))
COARSE = Linear(Bumps(0.0, 10.0, 6, 1.8))
_DEEP = 1.2


def _smooth(random: np.random.Generator) -> FloatArray:
    """Return a curve as the model itself expects it."""
    design = FINE.design(GRID[:, None])
    curve: FloatArray = design @ (_DEEP * random.standard_normal(design.shape[1]))
    return curve


def _cliff(random: np.random.Generator) -> FloatArray:
    """Return a level that falls off a cliff."""
    edge, height, level = random.uniform(3.0, 7.0), random.uniform(4.0, 6.0), random.uniform(-0.5, 0.5)
    sign = 1.0 if random.random() < 0.5 else -1.0
    curve: FloatArray = level + sign * height * ((edge < GRID).astype(float) - 0.5)
    return curve


def _mixed(random: np.random.Generator) -> FloatArray:
    """Return log odds: sure ground on either side of a long stretch where it is even odds."""
    first, last = random.uniform(1.6, 2.4), random.uniform(5.2, 6.0)
    rise, steep = random.uniform(2.5, 4.0, 2), 3.0
    curve: FloatArray = rise[1] * expit(steep * (GRID - last)) - rise[0] * expit(-steep * (GRID - first))
    return curve


def _swell(x: FloatArray) -> FloatArray:
    """Return the noise of a line that currents shake beyond 6 km."""
    noise: FloatArray = 0.3 + 2.2 * expit(3.0 * (x - 6.0))
    return noise


FIELDS: dict[str, Field] = {
    "gap": Field(FINE, _DEEP, _smooth, (5, 12, 20, 88), np.full(len(GRID), 0.4)),
    "noise": Field(FINE, _DEEP, _smooth, (5, 35, 65, 95), _swell(GRID)),
    "cliff": Field(COARSE, _DEEP, _cliff, (5, 35, 65, 95), np.full(len(GRID), 0.4)),
    "rock": Field(Linear(Bumps(0.0, 10.0, 8, 1.2)), 1.6, _mixed, (5, 15, 25)),
}
