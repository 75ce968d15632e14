"""How Adam climbs the ELBO: every step from a start, with the exact gradient or with a noisy one.

Mean and width are moved as mean / unit and log width, so that one rate suits both (Kingma and Ba 2015).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bayes_core.approximation.divergence import Exact, gradient
from bayes_core.approximation.targets import LaplaceSlope
from bayes_core.checks import FloatArray

_KEEP, _KEEP_SQUARES, _TINY = 0.9, 0.999, 1e-8
_NARROWEST = 1e-4  # of a unit: a width that collapses is followed no farther


@dataclass(frozen=True, eq=False)
class Path:
    """Means and widths (..., T + 1) at every step of a climb, its start first."""

    mean: FloatArray
    width: FloatArray

    def at(self, step: ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Return mean and width after so many steps."""
        k = np.asarray(step, int)
        return self.mean[..., k], self.width[..., k]


Gradient = Callable[[FloatArray, FloatArray, int], tuple[FloatArray, FloatArray]]
"""Of means, widths and the number of the step: the gradient to climb, in mean and log width."""


def adam(climbed: Gradient, unit: float, mean: ArrayLike, width: ArrayLike, steps: int, rate: ArrayLike) -> Path:
    """Return the path of Adam up a gradient, from starts of any shape at once.

    >>> path = adam(lambda m, s, _: (-m, 1 - s**2), 1.0, 2.0, 3.0, 400, 0.05)
    >>> [round(float(end[-1]), 2) for end in (path.mean, path.width)]
    [0.0, 1.0]
    """
    mean, width = np.broadcast_arrays(np.asarray(mean, float), np.asarray(width, float))
    now = np.stack([mean / unit, np.log(width)])
    first, second = np.zeros_like(now), np.zeros_like(now)
    found = [now]
    for k in range(1, steps + 1):
        by_mean, by_log = climbed(unit * now[0], np.exp(now[1]), k)
        up = np.stack(np.broadcast_arrays(unit * by_mean, by_log))
        first = _KEEP * first + (1 - _KEEP) * up
        second = _KEEP_SQUARES * second + (1 - _KEEP_SQUARES) * up**2
        scaled = np.sqrt(second / (1 - _KEEP_SQUARES**k)) + _TINY
        now = now + np.asarray(rate) * (first / (1 - _KEEP**k)) / scaled
        now[1] = np.maximum(now[1], np.log(_NARROWEST * unit))
        found.append(now)
    every = np.stack(found, -1)
    return Path(unit * every[0], np.exp(every[1]))


def climb(exact: Exact, mean: ArrayLike, width: ArrayLike, steps: int, rate: float, way: str = "reverse") -> Path:
    """Return Adam's path down KL(q || p), or down KL(p || q), by the exact gradient."""
    target = exact.target

    def reverse(m: FloatArray, s: FloatArray, _: int) -> tuple[FloatArray, FloatArray]:
        return gradient(target, m, s)

    def forward(m: FloatArray, s: FloatArray, _: int) -> tuple[FloatArray, FloatArray]:
        off = exact.mean - m
        return off / s**2, (exact.sd**2 + off**2) / s**2 - 1

    return adam(reverse if way == "reverse" else forward, target.unit, mean, width, steps, rate)


@dataclass(frozen=True)
class Recipe:
    """How a noisy gradient is made: draws a step, rows a step (0 for all), how often the KL term counts, and chance."""

    draws: int = 1
    rows: int = 0
    weight: float = 1.0
    baseline: bool = False
    seed: int = 0


def batches(count: int, rows: int) -> float:
    """Return how many batches of so many rows there are: a KL term that counts in each counts so often.

    >>> batches(40, 10), batches(40, 0)
    (4.0, 1.0)
    """
    return count / rows if rows else 1.0


def noisy_climb(
    target: LaplaceSlope, mean: float, width: float, steps: int, rates: FloatArray, recipe: Recipe, way: str
) -> Path:
    """Return Adam's path (R, T + 1) at every rate (R,), by gradients of the `way` "reparameterised" or "score".

    What is climbed is E_q[log p(y | theta)] - weight KL(q || prior), its likelihood guessed from a few rows, each
    counted N / rows times. All rates and both ways see the same draws and rows.
    """
    random = np.random.default_rng(recipe.seed)
    count = len(target.x)
    e = random.standard_normal((steps, recipe.draws))
    rows = [random.choice(count, recipe.rows, replace=False) if recipe.rows else np.arange(count) for _ in range(steps)]
    seen = [_seen(target, chosen) for chosen in rows]

    def climbed(m: FloatArray, s: FloatArray, k: int) -> tuple[FloatArray, FloatArray]:
        value, slope = _joint(target, seen[k - 1], recipe.weight)
        theta, draws = m[:, None] + s[:, None] * e[k - 1], e[k - 1]
        if way == "reparameterised":
            up = slope(theta)
            return up.mean(1), (up * s[:, None] * draws).mean(1) + recipe.weight
        worth = value(theta) + recipe.weight * (0.5 * draws**2 + np.log(s[:, None]) + 0.5 * np.log(2 * np.pi))
        if recipe.baseline and recipe.draws > 1:
            worth = (worth - worth.mean(1, keepdims=True)) * recipe.draws / (recipe.draws - 1)
        return (worth * draws / s[:, None]).mean(1), (worth * (draws**2 - 1)).mean(1)

    start = np.full(len(rates), float(mean))
    return adam(climbed, target.unit, start, width, steps, rates)


def _seen(target: LaplaceSlope, rows: NDArray[np.int64]) -> tuple[float, float, float]:
    """Return the parabola that some rows make of the log likelihood, each counted N / rows times: c + b t + a t^2."""
    x, y = np.asarray(target.x)[rows], np.asarray(target.y)[rows]
    times, noise = len(target.x) / len(rows), target.noise**2
    flat = -0.5 * float(y @ y) / noise - len(rows) * (np.log(target.noise) + 0.5 * np.log(2 * np.pi))
    return times * flat, times * float(x @ y) / noise, -0.5 * times * float(x @ x) / noise


def _joint(
    target: LaplaceSlope, parabola: tuple[float, float, float], weight: float
) -> tuple[Callable[[FloatArray], FloatArray], Callable[[FloatArray], FloatArray]]:
    flat, linear, bent = parabola

    def value(theta: FloatArray) -> FloatArray:
        return flat + (linear + bent * theta) * theta + weight * target.log_prior(theta)

    def slope(theta: FloatArray) -> FloatArray:
        return linear + 2 * bent * theta + weight * target.prior_slope(theta)

    return value, slope
