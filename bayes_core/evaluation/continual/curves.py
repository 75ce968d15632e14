"""Curves that learn in turns: f(x; weights) and its slope in every weight, for B sets of weights at once, in numpy.

Weights are flat, (B, P): a linear model's are its columns' coefficients, a network's are those of `Mlp.shapes`, in that
order.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from bayes_core.checks import FloatArray, count
from bayes_core.models import Linear, Mlp


class Curve(Protocol):
    """A function family with P weights."""

    @property
    def size(self) -> int:
        """Return P."""
        ...

    @property
    def straight(self) -> bool:
        """Return whether f is linear in its weights, so that a Gaussian stays one."""
        ...

    def values(self, weights: FloatArray, x: FloatArray) -> FloatArray:
        """Return f (..., N) of weights (..., P) at places x (N,)."""
        ...

    def slopes(self, weights: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return f (..., N), and its derivative in every weight (..., N, P)."""
        ...

    def bends(self, weights: FloatArray, x: FloatArray, off: FloatArray) -> FloatArray:
        """Return the sum over rows of off (B, N) times f's second derivative in the weights, (B, P, P)."""
        ...

    def starts(self, number: int, seed: int) -> FloatArray:
        """Return weights (number, P) from which a search may begin."""
        ...


@dataclass(frozen=True)
class Columns:
    """A linear model on a basis: its columns are all that the weights see.

    >>> Columns().values(np.array([[1.0, 2.0]]), np.array([0.0, 3.0]))
    array([[1., 7.]])
    """

    model: Linear = field(default_factory=Linear)
    straight: bool = True

    @property
    def size(self) -> int:
        """Return how many weights there are, the intercept among them."""
        return int(self.model.design(np.zeros((1, 1))).shape[1])

    def values(self, weights: FloatArray, x: FloatArray) -> FloatArray:
        """Return f (..., N)."""
        f: FloatArray = weights @ self.model.design(x[:, None]).T
        return f

    def slopes(self, weights: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return f, and the columns themselves."""
        design = self.model.design(x[:, None])
        return weights @ design.T, np.broadcast_to(design, (*weights.shape[:-1], *design.shape))

    def bends(self, weights: FloatArray, x: FloatArray, off: FloatArray) -> FloatArray:
        """Return zeros."""
        return np.zeros((len(weights), self.size, self.size))

    def starts(self, number: int, seed: int) -> FloatArray:
        """Return zeros: there is one mode, and one step leads there."""
        return np.zeros((1, self.size))


@dataclass(frozen=True)
class Tanh:
    """The network of `Mlp((units,))` on one input: f = sum_h w_h tanh(a_h x + b_h) + c.

    >>> Tanh(1).values(np.array([[2.0, 0.0, 3.0, 1.0]]), np.array([0.0, 100.0]))
    array([[1., 4.]])
    """

    units: int = 5
    straight: bool = False

    def __post_init__(self) -> None:
        """Check the number of units."""
        count(self.units, "the number of units", 1, 100)

    @property
    def model(self) -> Mlp:
        """Return the same network as the house's other methods know it."""
        return Mlp((self.units,))

    @property
    def size(self) -> int:
        """Return how many weights there are."""
        return 3 * self.units + 1

    def values(self, weights: FloatArray, x: FloatArray) -> FloatArray:
        """Return f (..., N)."""
        inner, bias, outer, level = self._parts(weights)
        f: FloatArray = (np.tanh(x[:, None] * inner + bias) * outer).sum(-1) + level
        return f

    def slopes(self, weights: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return f, and its derivative in every weight, by hand."""
        inner, bias, outer, level = self._parts(weights)
        bent = np.tanh(x[:, None] * inner + bias)
        steep = outer * (1 - bent**2)
        parts = [x[:, None] * steep, steep, bent, np.ones((*bent.shape[:-1], 1))]
        return (bent * outer).sum(-1) + level, np.concatenate(parts, axis=-1)

    def bends(self, weights: FloatArray, x: FloatArray, off: FloatArray) -> FloatArray:
        """Return the sum over rows of off (B, N) times f's second derivative, (B, P, P): units do not meet in it."""
        inner, bias, outer, _ = self._parts(weights)
        bent = np.tanh(x[:, None] * inner + bias)
        first = (1 - bent**2) * off[..., None]
        second = -2 * bent * first * outer
        told = {(i, j): ((x[:, None] ** (2 - i - j)) * second).sum(1) for i in (0, 1) for j in (0, 1)}
        told |= {(i, 2): ((x[:, None] ** (1 - i)) * first).sum(1) for i in (0, 1)}
        made, at = np.zeros((len(weights), self.size, self.size)), np.arange(self.units)
        for (i, j), values in told.items():
            made[:, i * self.units + at, j * self.units + at] = values
            made[:, j * self.units + at, i * self.units + at] = values
        return made

    def starts(self, number: int, seed: int) -> FloatArray:
        """Return independent standard normal weights."""
        return np.random.default_rng([seed, 11]).standard_normal((number, self.size))

    def _parts(self, weights: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        h = self.units
        row = weights[..., None, :]
        return row[..., :h], row[..., h : 2 * h], row[..., 2 * h : 3 * h], weights[..., 3 * h :]
