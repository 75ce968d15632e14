"""Errors and evidence over ridge's penalty: what chooses lambda, and what each choice costs on rows held out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.inference.linear_posterior import Spectrum, solve
from bayes_core.inference.map import modes
from bayes_core.numerics.rounding import round_up
from bayes_core.ridge.along import Along
from bayes_core.ridge.path import RidgePath
from bayes_core.ridge.problem import Problem


@dataclass(frozen=True, eq=False)
class Choice:
    """A penalty at each of V positions, and the root mean squared error on held-out rows that it costs."""

    penalty: FloatArray
    held_out: FloatArray


@dataclass(frozen=True, eq=False)
class Errors:
    """Root mean squared errors (..., L) over log10 lambda (L,): on fitted rows, rows held out, and rows left out once.

    `folds` is the cross-validated error. Leading axes, where there are any, are slider positions.
    """

    log_penalty: FloatArray
    train: FloatArray
    held_out: FloatArray
    folds: FloatArray

    @classmethod
    def of(cls, problem: Problem, degree: float, log_penalty: FloatArray, folds: int = 5, seed: int = 0) -> Errors:
        """Return the errors of one degree at log10 penalties (L,); they depend on the penalty alone.

        Raises ValueError for fewer than two folds or fewer fitted rows than folds.
        """
        model, penalty, held_out = problem.model(degree), 10**log_penalty, problem.split.held_out
        design = problem.design(degree)
        coef = RidgePath.of(design, problem.y, 1 / np.sqrt(penalty), np.ones_like(penalty)).coef
        left_out = cross_validated(design, problem.y, penalty, folds, seed)
        outside = rms(coef, model.design(held_out.x), held_out.y)
        return cls(log_penalty, rms(coef, design, problem.y), outside, left_out)

    @classmethod
    def stacked(cls, each: Sequence[Errors]) -> Errors:
        """Return the errors of V positions, over the same penalties, as (V, L)."""
        train, held_out, folds = (np.array([getattr(e, n) for e in each]) for n in ("train", "held_out", "folds"))
        return cls(each[0].log_penalty, train, held_out, folds)

    @property
    def best(self) -> FloatArray:
        """Return log10 of the penalty that cross-validation chooses (...)."""
        return np.asarray(self.log_penalty[self.folds.argmin(-1)])

    @property
    def top(self) -> float:
        """Return where an axis ends that shows every training error and half of all others."""
        typical = (float(np.quantile(errors, 0.5)) for errors in (self.held_out, self.folds))
        return round_up(1.25 * max(float(self.train.max()), *typical))

    def judged(self, log_penalty: FloatArray) -> Choice:
        """Return what one log10 penalty a position (V,) costs on rows held out, by errors (V, L).

        >>> nothing = np.zeros((1, 3))
        >>> errors = Errors(np.array([-1.0, 0.0, 1.0]), nothing, np.array([[5.0, 2.0, 3.0]]), nothing)
        >>> errors.judged(np.array([0.5])).held_out
        array([2.5])
        """
        pairs = zip(log_penalty, self.held_out, strict=True)
        errors = np.array([np.interp(at, self.log_penalty, held_out) for at, held_out in pairs])
        return Choice(10**log_penalty, errors)


@dataclass(frozen=True, eq=False)
class Evidence:
    """log p(y) (V, L) over log10 lambda (L,)."""

    log_penalty: FloatArray
    value: FloatArray

    @classmethod
    def of(cls, problem: Problem, track: Along, log_penalty: FloatArray) -> Evidence:
        """Return the evidence of each position's degree and noise, where width = noise / sqrt(lambda)."""
        penalty, value = 10**log_penalty, np.empty((len(track), len(log_penalty)))
        for degree, at in track.groups():
            sigma = np.repeat(track.noise[at], len(penalty))
            width = sigma / np.sqrt(np.tile(penalty, len(at)))
            targets = np.broadcast_to(problem.y, (len(sigma), len(problem.y)))
            found = solve(Spectrum.of(problem.design(degree)), targets, width, sigma, noise_known=True)
            value[at] = found.log_evidence.reshape(len(at), len(penalty))
        return cls(log_penalty, value)

    @property
    def best(self) -> FloatArray:
        """Return log10 of the penalty that the evidence chooses at every position (V,)."""
        best: FloatArray = self.log_penalty[self.value.argmax(1)]
        return best

    @property
    def below(self) -> FloatArray:
        """Return how many nats the evidence lies below its highest value (V, L)."""
        below: FloatArray = self.value.max(1, keepdims=True) - self.value
        return below


@dataclass(frozen=True, eq=False)
class BiasVariance:
    """Mean squared bias and mean variance (V, L) of the MAP curve over log10 lambda (L,)."""

    log_penalty: FloatArray
    bias: FloatArray
    variance: FloatArray

    @classmethod
    def of(
        cls, problem: Problem, track: Along, log_penalty: FloatArray, noise: float, grid: FloatArray
    ) -> BiasVariance:
        """Return both for each position's degree, over repetitions of the true noise, where the grid (G,) has data.

        Raises ValueError where the truth is not known, and for a grid that lies beside the data.
        """
        world, x = problem.split.world, problem.split.train.x
        if world is None:
            raise ValueError("bias is a distance from the truth, and these rows have no known one: use a world's rows")
        inside = grid[(x.min() <= grid) & (x.max() >= grid)][:, None]
        if len(inside) == 0:
            raise ValueError(f"no place of the grid lies between {x.min():g} and {x.max():g}: give a finer grid there")
        bias, variance = (np.empty((len(track), len(log_penalty))) for _ in range(2))
        for degree, at in track.groups():
            rows, penalty = problem.model(degree).design(inside), 10**log_penalty
            truths = world.truth(x), world.truth(inside)
            bias[at], variance[at] = bias_and_variance(
                problem.design(degree), truths[0], rows, truths[1], noise, penalty
            )
        return cls(log_penalty, bias, variance)

    @property
    def total(self) -> FloatArray:
        """Return the expected squared distance of the MAP curve from the truth (V, L)."""
        return self.bias + self.variance

    @property
    def best(self) -> FloatArray:
        """Return log10 of the penalty where the total is least, at every position (V,)."""
        best: FloatArray = self.log_penalty[self.total.argmin(1)]
        return best

    def at(self, log_penalty: FloatArray, values: FloatArray) -> FloatArray:
        """Return curves (V, L) of this picture at one log10 penalty each (V,)."""
        pairs = zip(log_penalty, values, strict=True)
        return np.array([np.interp(at, self.log_penalty, row) for at, row in pairs])

    @property
    def top(self) -> float:
        """Return where an axis ends that shows every bias, and four times the least total."""
        return 1.1 * float(max(self.bias.max(), 4 * self.total.min()))


def cross_validated(
    design: FloatArray, y: FloatArray, penalty: FloatArray, folds: int = 5, seed: int = 0
) -> FloatArray:
    """Return the root mean squared error (V,) on rows left out, each row once, at penalties (V,).

    Raises ValueError for fewer than two folds or fewer rows than folds.
    """
    rows = len(y)
    if not 2 <= folds <= rows:
        raise ValueError(f"{folds} folds of {rows} rows: give from 2 to {rows} folds")
    part = np.random.default_rng(seed).permutation(rows) % folds
    total = np.zeros(len(penalty))
    one = np.ones(len(penalty))
    for fold in range(folds):
        out = part == fold
        targets = np.broadcast_to(y[~out], (len(penalty), int((~out).sum())))
        coef, _ = modes(Spectrum.of(design[~out]), targets, one, np.sqrt(penalty), noise_known=True)
        total += ((coef @ design[out].T - y[out]) ** 2).sum(1)
    error: FloatArray = np.sqrt(total / rows)
    return error


def rms(coef: FloatArray, design: FloatArray, y: FloatArray) -> FloatArray:
    """Return the root mean squared error (V,) of weights (V, P) on rows (M, P) with targets (M,)."""
    error: FloatArray = np.sqrt(((coef @ design.T - y) ** 2).mean(1))
    return error


def bias_and_variance(
    design: FloatArray, truth: FloatArray, rows: FloatArray, aim: FloatArray, noise: float, penalty: FloatArray
) -> tuple[FloatArray, FloatArray]:
    r"""Return mean squared bias and mean variance (V,) of the MAP curve over repeated noise, at rows (G, P).

    truth (N,) and aim (G,) are the true function at the data and at the rows. In closed form: with
    :math:`H = R (X^\top X + \lambda I)^{-1} X^\top` the bias is :math:`H f - f_*`, the variance
    :math:`\sigma^2 \operatorname{diag} H H^\top` (Hastie, Tibshirani and Friedman 2009, section 7.3).
    """
    spectrum = Spectrum.of(design)
    turned = rows @ spectrum.right.T
    shrink = spectrum.scale / (spectrum.scale**2 + penalty[:, None])
    mean = (shrink * (truth @ spectrum.left)) @ turned.T
    variance = noise**2 * ((shrink**2) @ (turned**2).T)
    return ((mean - aim) ** 2).mean(1), variance.mean(1)
