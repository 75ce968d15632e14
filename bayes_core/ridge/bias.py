"""Bias and variance of the MAP curve over ridge's penalty: what a prior costs, what it saves, and as long as when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.inference.linear_posterior import Spectrum
from bayes_core.numerics.lowest import lowest
from bayes_core.ridge.along import Along, edge
from bayes_core.ridge.problem import Problem

_FAR = 20.0  # log10 of a penalty that leaves nothing of any weight
_STEPS = 241
_HALVINGS = 40
Parts = Callable[[FloatArray], tuple[FloatArray, FloatArray]]
"""Penalties (K,) -> mean squared bias and mean variance (K,)."""


@dataclass(frozen=True, eq=False)
class BiasVariance:
    """Mean squared bias and mean variance (V, L) of the MAP curve over log10 lambda (L,), at V positions of a handle.

    The variance is that of the data's own noise, whatever noise the model assumes. log10 `best` (V,) is where their sum
    is least within the axis; `least` (V,) is the sum there, `unpenalised` (V,) without any prior, which is least
    squares. From the best penalty up to log10 `even` (V,) the sum beats that: inf where it always does, -inf where
    nothing does; up to `even_axis` (V,) it beats the least penalty of the axis. `here` (V, 2) is bias and variance at
    each position's own penalty.
    """

    log_penalty: FloatArray
    bias: FloatArray
    variance: FloatArray
    best: FloatArray
    least: FloatArray
    unpenalised: FloatArray
    even: FloatArray
    even_axis: FloatArray
    here: FloatArray

    @classmethod
    def of(
        cls, problem: Problem, track: Along, log_penalty: FloatArray, noise: float, grid: FloatArray
    ) -> BiasVariance:
        """Return both for each position's degree, over repetitions of the true `noise`, where the grid (G,) has data.

        Raises ValueError where the truth is not known, and for a grid that lies beside the data.
        """
        world, x = problem.split.world, problem.split.train.x
        if world is None:
            raise ValueError("bias is a distance from the truth, and these rows have no known one: use a world's rows")
        inside = grid[(x.min() <= grid) & (x.max() >= grid)][:, None]
        if len(inside) == 0:
            raise ValueError(f"no place of the grid lies between {x.min():g} and {x.max():g}: give a finer grid there")
        size = len(track)
        bias, variance = (np.empty((size, len(log_penalty))) for _ in range(2))
        best, least, unpenalised, even, even_axis = (np.empty(size) for _ in range(5))
        here = np.empty((size, 2))
        for degree, at in track.groups():
            parts = _Repeats.of(problem.design(degree), world.truth(x), problem.model(degree).design(inside)).parts(
                world.truth(inside), noise
            )
            bias[at], variance[at] = parts(10**log_penalty)
            total = bias[at[0]] + variance[at[0]]
            best[at] = one = float(lowest(partial(_sum, parts), log_penalty, total[None])[0])
            least[at], unpenalised[at] = _sum(parts, np.array(one)), float(np.add(*parts(np.zeros(1)))[0])
            even[at] = _even(parts, one, unpenalised[at[0]])
            even_axis[at] = _even(parts, one, total[0])
            here[at] = np.column_stack(parts(track.penalty("normal")[at]))
        return cls(log_penalty, bias, variance, best, least, unpenalised, even, even_axis, here)

    @property
    def total(self) -> FloatArray:
        """Return the expected squared distance of the MAP curve from the truth (V, L)."""
        return self.bias + self.variance

    @property
    def edge(self) -> NDArray[np.intp]:
        """Return -1 or 1 where the best penalty is an end of the axis, 0 where it is inside (V,)."""
        return edge(self.best, self.log_penalty)

    @property
    def top(self) -> float:
        """Return where an axis ends that shows every bias, and four times the least total."""
        return 1.1 * float(max(self.bias.max(), 4 * self.total.min()))


def _sum(parts: Parts, log_penalty: FloatArray) -> FloatArray:
    """Return bias and variance together at log10 penalties of any shape."""
    total: FloatArray = np.add(*parts(10.0 ** np.ravel(log_penalty))).reshape(np.shape(log_penalty))
    return total


def _even(parts: Parts, best: float, other: float) -> float:
    """Return log10 of the penalty up to which, from the best on, the sum is less than another."""
    if _sum(parts, np.array(best)) >= other:
        return -np.inf
    steps = np.linspace(best, _FAR, _STEPS)
    worse = np.flatnonzero(_sum(parts, steps) > other)
    if len(worse) == 0:
        return np.inf
    low, high = steps[worse[0] - 1], steps[worse[0]]
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        low, high = (low, middle) if _sum(parts, np.array(middle)) > other else (middle, high)
    return float(low)


def bias_and_variance(
    design: FloatArray, truth: FloatArray, rows: FloatArray, aim: FloatArray, noise: float, penalty: FloatArray
) -> tuple[FloatArray, FloatArray]:
    r"""Return mean squared bias and mean variance (V,) of the MAP curve over repeated noise, at rows (G, P).

    truth (N,) and aim (G,) are the true function at the data and at the rows, noise is the data's own. In closed form:
    with :math:`H = R (X^\top X + \lambda I)^{-1} X^\top` the bias is :math:`H f - f_*`, the variance
    :math:`\sigma^2 \operatorname{diag} H H^\top` (Hastie, Tibshirani and Friedman 2009, section 7.3). A penalty of 0
    is least squares, the shortest weights where there are many.
    """
    return _Repeats.of(design, truth, rows).parts(aim, noise)(penalty)


@dataclass(frozen=True, eq=False)
class _Repeats:
    """A design in its singular basis: its scale (P,), the truth along it (P,) and the rows (G, P), turned into it."""

    scale: FloatArray
    along: FloatArray
    turned: FloatArray

    @classmethod
    def of(cls, design: FloatArray, truth: FloatArray, rows: FloatArray) -> _Repeats:
        spectrum = Spectrum.of(design)
        return cls(spectrum.scale, truth @ spectrum.left, spectrum.turned(rows))

    def parts(self, aim: FloatArray, noise: float) -> Parts:
        """Return what makes mean squared bias and mean variance (V,) of penalties (V,)."""

        def told(penalty: FloatArray) -> tuple[FloatArray, FloatArray]:
            shrink = self.scale / np.maximum(self.scale**2 + penalty[:, None], np.finfo(float).tiny)
            mean = (shrink * self.along) @ self.turned.T
            variance = noise**2 * ((shrink**2) @ (self.turned**2).T)
            return ((mean - aim) ** 2).mean(1), variance.mean(1)

        return told
