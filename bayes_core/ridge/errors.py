"""Errors and evidence over ridge's penalty: what chooses lambda, and what each choice costs on rows held out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.inference.linear_posterior import Spectrum, solve
from bayes_core.numerics.lowest import lowest
from bayes_core.numerics.rounding import round_up
from bayes_core.ridge.along import Along, edge
from bayes_core.ridge.left_out import LeftOut
from bayes_core.ridge.path import RidgePath
from bayes_core.ridge.problem import Problem


@dataclass(frozen=True, eq=False)
class Choice:
    """A penalty at each of V positions, and the root mean squared error on held-out rows that it costs.

    `between` (V,) is that of the rows held out between the first and the last fitted value of a single input, `beyond`
    that of all others; NaN where there are none, and for several inputs.
    """

    penalty: FloatArray
    held_out: FloatArray
    between: FloatArray
    beyond: FloatArray

    @classmethod
    def of(cls, problem: Problem, degree: FloatArray, log_penalty: FloatArray) -> Choice:
        """Return what one log10 penalty at each position (V,) costs, at the degrees (V,)."""
        penalty, held_out = 10**log_penalty, problem.split.held_out
        inside, one = problem.inside, np.ones(len(log_penalty))
        parts = {"held_out": np.ones(len(held_out.y), bool), "between": inside, "beyond": ~inside}
        told = {name: np.full(len(penalty), np.nan) for name in parts}
        for each, at in Along(one, one, degree).groups():
            coef = RidgePath.of(problem.design(each), problem.y, 1 / np.sqrt(penalty[at]), one[at]).coef
            rows = problem.model(each).design(held_out.x)
            for name, some in parts.items():
                if some.any() and (name == "held_out" or problem.ends is not None):
                    told[name][at] = rms(coef, rows[some], held_out.y[some])
        return cls(penalty, **told)


@dataclass(frozen=True, eq=False)
class Errors:
    """Root mean squared errors (..., L) over log10 lambda (L,): on fitted rows, rows held out, and rows left out once.

    `folds` is the cross-validated error and log10 `best` (...) the penalty within the axis where it is least. Leading
    axes, where there are any, are slider positions.
    """

    log_penalty: FloatArray
    train: FloatArray
    held_out: FloatArray
    folds: FloatArray
    best: FloatArray

    @classmethod
    def of(cls, problem: Problem, degree: float, log_penalty: FloatArray, folds: int = 5, seed: int = 0) -> Errors:
        """Return the errors of one degree at log10 penalties (L,); they depend on the penalty alone.

        Raises ValueError for fewer than two folds or fewer fitted rows than folds.
        """
        model, penalty, held_out = problem.model(degree), 10**log_penalty, problem.split.held_out
        design = problem.design(degree)
        coef = RidgePath.of(design, problem.y, 1 / np.sqrt(penalty), np.ones_like(penalty)).coef
        left = LeftOut.of(design, problem.y, folds, seed)
        left_out = left.error(penalty)
        best = lowest(lambda at: left.error(10.0 ** at[0])[None], log_penalty, left_out[None])[0]
        outside = rms(coef, model.design(held_out.x), held_out.y)
        return cls(log_penalty, rms(coef, design, problem.y), outside, left_out, best)

    @classmethod
    def stacked(cls, each: Sequence[Errors]) -> Errors:
        """Return the errors of V positions, over the same penalties, as (V, L)."""
        names = ("train", "held_out", "folds", "best")
        train, held_out, folds, best = (np.array([getattr(e, n) for e in each]) for n in names)
        return cls(each[0].log_penalty, train, held_out, folds, best)

    @property
    def edge(self) -> NDArray[np.intp]:
        """Return -1 or 1 where the best penalty is an end of the axis, 0 where it is inside (...)."""
        return edge(self.best, self.log_penalty)

    @property
    def top(self) -> float:
        """Return where an axis ends that shows every training error and half of all others."""
        typical = (float(np.quantile(errors, 0.5)) for errors in (self.held_out, self.folds))
        return round_up(1.25 * max(float(self.train.max()), *typical))


@dataclass(frozen=True, eq=False)
class Evidence:
    """log p(y) (V, L) over log10 lambda (L,), and log10 of the penalty within the axis where it is highest (V,)."""

    log_penalty: FloatArray
    value: FloatArray
    best: FloatArray

    @classmethod
    def of(cls, problem: Problem, track: Along, log_penalty: FloatArray) -> Evidence:
        """Return the evidence of each position's degree and noise, where width = noise / sqrt(lambda)."""
        value, best = np.empty((len(track), len(log_penalty))), np.empty(len(track))
        for degree, at in track.groups():
            noise, same = np.unique(track.noise[at], return_inverse=True)  # the width plays no part
            deficit = partial(_deficit, Spectrum.of(problem.design(degree)), problem.y, noise)
            found = deficit(np.tile(log_penalty, (len(noise), 1)))
            value[at] = -found[same]
            best[at] = lowest(deficit, log_penalty, found)[same]
        return cls(log_penalty, value, best)

    @property
    def edge(self) -> NDArray[np.intp]:
        """Return -1 or 1 where the best penalty is an end of the axis, 0 where it is inside (V,)."""
        return edge(self.best, self.log_penalty)

    @property
    def below(self) -> FloatArray:
        """Return how many nats the evidence lies below its highest value (V, L)."""
        below: FloatArray = self.value.max(1, keepdims=True) - self.value
        return below


def _deficit(spectrum: Spectrum, y: FloatArray, noise: FloatArray, log_penalty: FloatArray) -> FloatArray:
    """Return -log p(y) (V, K) at noises (V,) and log10 penalties (V, K)."""
    sigma = np.repeat(noise, log_penalty.shape[1])
    width = sigma / 10 ** (0.5 * log_penalty.ravel())
    found = solve(spectrum, np.broadcast_to(y, (len(sigma), len(y))), width, sigma, noise_known=True)
    return -found.log_evidence.reshape(log_penalty.shape)


def outermost(
    problem: Problem, degree: FloatArray, log_penalty: FloatArray, folds: int = 5, seed: int = 0
) -> tuple[int, FloatArray]:
    """Return how many rows are beyond all others when they are left out, and their share of the squared error (V,).

    At one log10 penalty for each position (V,), at the degrees (V,). Of several inputs nothing is said: 0 and NaN.
    """
    share = np.full(len(log_penalty), np.nan)
    if problem.ends is None:
        return 0, share
    one, beyond = np.ones(len(log_penalty)), np.zeros(len(problem.y), bool)
    for each, at in Along(one, one, degree).groups():
        left = LeftOut.of(problem.design(each), problem.y, folds, seed)
        beyond = left.outermost(problem.split.train.x[:, 0])
        squares = left.squares(10 ** log_penalty[at])
        share[at] = squares[:, beyond].sum(1) / squares.sum(1)
    return int(beyond.sum()), share


def rms(coef: FloatArray, design: FloatArray, y: FloatArray) -> FloatArray:
    """Return the root mean squared error (V,) of weights (V, P) on rows (M, P) with targets (M,)."""
    error: FloatArray = np.sqrt(((coef @ design.T - y) ** 2).mean(1))
    return error
