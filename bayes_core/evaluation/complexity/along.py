"""All that is judged of a ladder of models, at every prior width: fits, scores, probabilities, averages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.complexity.averages import average_band, probabilities, stacking
from bayes_core.evaluation.complexity.ladder import Ladder, Rung
from bayes_core.evaluation.complexity.reweighted import Reweighted, psis
from bayes_core.intervals import tails

_NEW = 48  # places of new readings
_NODES = 9  # of the noise in them, Gauss and Hermite


@dataclass(frozen=True, eq=False)
class Unseen:
    """New readings y (G, M) at places x (G,), each place as often as any, with weights (M,) that sum to 1."""

    x: FloatArray
    y: FloatArray
    weight: FloatArray

    @classmethod
    def of(cls, truth: Callable[[FloatArray], FloatArray], noise: float, ends: tuple[float, float]) -> Unseen:
        """Return readings of a known truth, evenly over a range, with every Gaussian noise by quadrature.

        >>> new = Unseen.of(lambda x: x[:, 0], 2.0, (0.0, 10.0))
        >>> mean, square = (new.y @ new.weight).mean(), ((new.y - new.x[:, None]) ** 2 @ new.weight).mean()
        >>> round(float(mean), 6), round(float(square), 6)
        (5.0, 4.0)
        """
        node, weight = np.polynomial.hermite_e.hermegauss(_NODES)
        x = ends[0] + (ends[1] - ends[0]) * (np.arange(_NEW) + 0.5) / _NEW
        return cls(x, truth(x[:, None])[:, None] + noise * node, weight / weight.sum())


@dataclass(frozen=True, eq=False)
class Judged:
    """What is said of D models at V prior widths (the sums over rows (D, V)), and bands over x (G,).

    `rows` (D, V, N) are the exact log predictive densities of rows left out; `held_out` is the score that as many new
    readings would have on average, where the truth is known.
    """

    ladder: Ladder
    rungs: tuple[Rung, ...]
    widths: FloatArray
    evidence: FloatArray
    rows: FloatArray
    fit: FloatArray
    waic: FloatArray
    held_out: FloatArray | None

    @classmethod
    def of(cls, ladder: Ladder, widths: FloatArray, unseen: Unseen | None = None) -> Judged:
        """Judge every model at prior widths (V,)."""
        rungs = ladder.rungs(widths)
        sums = {name: np.array([getattr(rung, name).sum(1) for rung in rungs]) for name in ("fit", "waic")}
        held = None if unseen is None else np.array([_held_out(ladder, rung, unseen) for rung in rungs])
        evidence = np.array([rung.evidence for rung in rungs])
        return cls(ladder, rungs, widths, evidence, np.array([r.left_out for r in rungs]), held_out=held, **sums)

    @property
    def left_out(self) -> FloatArray:
        """Return the leave-one-out score, (D, V)."""
        score: FloatArray = self.rows.sum(2)
        return score

    @property
    def error(self) -> FloatArray:
        """Return the standard error of the leave-one-out score, (D, V)."""
        return _error(self.rows)

    @cached_property
    def probability(self) -> FloatArray:
        """Return the probability of every model, all equally probable before, (D, V)."""
        return probabilities(self.evidence)

    @cached_property
    def stacked(self) -> FloatArray:
        """Return stacking weights, (D, V)."""
        return stacking(self.rows)

    def bayes_factor(self, at: int, base: int = 0) -> FloatArray:
        """Return the log Bayes factor (V,) of one place on the ladder over another."""
        factor: FloatArray = self.evidence[at] - self.evidence[base]
        return factor

    def ahead(self, at: int, base: int = 0) -> tuple[FloatArray, FloatArray]:
        """Return by how much one place is ahead of another by leave-one-out, (V,), and the standard error of that.

        Both predict the same rows, so the error is that of the rows' differences, mostly smaller than either's own.
        """
        gap = self.rows[at] - self.rows[base]
        return gap.sum(-1), _error(gap)

    def bands(self, x: FloatArray, level: float) -> FloatArray:
        """Return the credible bands of the curve at x (G,), (D + 1, 2, V, G): model by model, and of the average."""
        ends = tails(level)
        each = [
            rung.posterior.quantiles(self.ladder.columns(x, rung.size), ends, tolerance=1e-3) for rung in self.rungs
        ]
        return np.array([*each, average_band(self.ladder, self.rungs, self.probability, x, ends)])

    def reweighted(self, draws: int, seed: int) -> Reweighted:
        """Return what `draws` from every posterior say instead of refits: PSIS-LOO and Pareto k, (D, V, N) each."""
        told = [psis(rung.log_likelihood(draws, seed).swapaxes(1, 2)) for rung in self.rungs]
        return Reweighted(np.array([one.left_out for one in told]), np.array([one.pareto_k for one in told]))


def _held_out(ladder: Ladder, rung: Rung, unseen: Unseen) -> FloatArray:
    told = rung.new(ladder.columns(unseen.x, rung.size), unseen.y) @ unseen.weight
    return np.asarray(told.mean(-1) * len(ladder.y))


def _error(rows: FloatArray) -> FloatArray:
    """Return the standard error of the sum of rows (..., N)."""
    return np.asarray(np.sqrt(rows.shape[-1] * rows.var(-1, ddof=1)))
