r"""Learning in turns: what was believed after one task is the prior of the next, and no old row is looked at again.

A belief is a Gaussian over weights. `trust` says how much of what the old tasks taught goes into the next prior:

    next prior = N(old mean, (first precision + trust * (old precision - first precision))^-1)

With trust 1 that is Bayes' rule (exactly, where the curve is linear in its weights and all correlations are kept); with
0 only the best guess stays, in a prior as wide as the first one: fine-tuning; a large one freezes what was learnt.
Elastic weight consolidation (EWC, Kirkpatrick et al. 2017) is "each": every weight keeps a precision of its own.
Sources: Opper and Winther (1998), online learning; Ritter et al. (2018), online Laplace; Nguyen et al. (2018), VCL.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray

from .curves import Curve
from .search import Found, Problem, best_modes, meanfield, modes

Keeping = Literal["all", "each", "meanfield"]
KEEPINGS: tuple[Keeping, ...] = ("all", "each", "meanfield")
STARTS = 4
"""From how many starts a first search is made; whoever learns in turns goes on from where the last task ended."""


@dataclass(frozen=True, eq=False)
class Task:
    """Rows that come together: x and y (N,)."""

    x: FloatArray
    y: FloatArray


@dataclass(frozen=True, eq=False)
class Belief:
    """A Gaussian over weights at V positions, mean (V, P) and precision (V, P, P).

    `log_evidence` (V,) is log p(rows) of what was learnt since the first prior, as the approximation tells it; `ended`
    says whether every search came to its end.
    """

    mean: FloatArray
    precision: FloatArray
    log_evidence: FloatArray
    ended: NDArray[np.bool_]

    @classmethod
    def first(cls, sd: FloatArray) -> Belief:
        """Return the first prior, independent weights around zero with sds (V, P)."""
        return cls(
            np.zeros_like(sd),
            sd[:, :, None] ** -2.0 * np.eye(sd.shape[1]),
            np.zeros(len(sd)),
            np.ones(len(sd), bool),
        )

    def covariance(self) -> FloatArray:
        """Return the covariance of the weights, (V, P, P)."""
        return np.asarray(np.linalg.inv(self.precision), float)

    def take(self, some: NDArray[np.intp]) -> Belief:
        """Return the belief at some of the positions."""
        return Belief(self.mean[some], self.precision[some], self.log_evidence[some], self.ended[some])


def in_turns(
    curve: Curve,
    tasks: Sequence[Task],
    sd: FloatArray,
    noise: float,
    trust: FloatArray,
    keeps: Keeping = "all",
    seed: int = 0,
) -> list[Belief]:
    """Return what is believed before any task, and after each, at V positions: sd (V, P), trust (V,).

    >>> from bayes_core.evaluation.continual import Columns
    >>> line = [Task(np.array([0.0, 1.0]), np.array([0.1, 1.2])), Task(np.array([3.0]), np.array([2.9]))]
    >>> beliefs = in_turns(Columns(), line, np.full((1, 2), 10.0), 0.5, np.ones(1))
    >>> swapped = in_turns(Columns(), line[::-1], np.full((1, 2), 10.0), 0.5, np.ones(1))
    >>> len(beliefs), bool(np.allclose(beliefs[-1].mean, swapped[-1].mean, rtol=1e-12))
    (3, True)
    """
    first = Belief.first(sd)
    beliefs = [first]
    for task in tasks:
        old = beliefs[-1]
        prior = first.precision + _trusted(old.precision - first.precision, trust[:, None, None])
        counts = np.ones((len(sd), len(task.x)))
        problem = Problem(curve, task.x, task.y, counts, old.mean, prior, noise)
        found = _found(problem, keeps, curve.starts(STARTS, seed) if len(beliefs) == 1 else None)
        total = old.log_evidence + found.log_evidence
        beliefs.append(Belief(found.mean, found.precision, total, old.ended & found.ended))
    return beliefs


def _trusted(taught: FloatArray, trust: FloatArray) -> FloatArray:
    """Return what the old tasks taught (V, P, P), as far as it is trusted.

    A variational Gaussian may be wider than its prior in some weight; that is never enlarged, or it would end as none.
    """
    more = np.maximum(taught, 0.0) if _is_diagonal(taught) else taught
    return np.minimum(trust, 1.0) * taught + np.maximum(trust - 1.0, 0.0) * more


def _is_diagonal(matrix: FloatArray) -> bool:
    return not (matrix * (1 - np.eye(matrix.shape[-1]))).any()


def at_once(
    curve: Curve,
    tasks: Sequence[Task],
    counts: Sequence[int],
    sd: FloatArray,
    noise: float,
    keeps: Keeping = "all",
    seed: int = 0,
) -> Belief:
    """Return what is believed when the first so many tasks (V,) are looked at together, from the first prior."""
    whose = np.repeat(np.arange(len(tasks)), [len(task.x) for task in tasks])
    rows = (whose[None, :] < np.asarray(counts)[:, None]).astype(float)
    first = Belief.first(sd)
    x, y = (np.concatenate([getattr(task, name) for task in tasks]) for name in ("x", "y"))
    problem = Problem(curve, x, y, rows, first.mean, first.precision, noise)
    found = _found(problem, keeps, curve.starts(STARTS, seed))
    return Belief(found.mean, found.precision, found.log_evidence, found.ended)


def _found(problem: Problem, keeps: Keeping, starts: FloatArray | None) -> Found:
    """Return the Gaussian that is kept; without starts the search goes on from the prior's centre."""
    found = modes(problem, problem.centre) if starts is None else best_modes(problem, starts)
    if keeps == "all":
        return found
    own = np.einsum("bpp->bp", found.precision)
    if keeps == "meanfield":
        return meanfield(problem, found.mean, own**-0.5)
    return Found(found.mean, own[:, :, None] * np.eye(own.shape[1]), found.log_evidence, found.ended)
