"""What Laplace's approximation of a yes-or-no search leaves out: the same posteriors from weighed proposals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from bayes_core.checks import FloatArray
from bayes_core.evaluation.active.along import Standing
from bayes_core.evaluation.active.bits import binary_entropy
from bayes_core.evaluation.active.fields import GRID
from bayes_core.evaluation.active.run import LEVEL, Run
from bayes_core.intervals import tails
from bayes_core.likelihoods import Categorical
from bayes_core.numerics.importance import effective
from bayes_core.numerics.softmax import softmax_mode
from bayes_core.numerics.softmax_density import weighed

_PROPOSALS, _FREEDOM = 1500, 18
_STEP = 4  # places from one that is worked out to the next; between them a smooth curve is nearly straight


@dataclass(frozen=True, eq=False)
class Reference:
    """The first world after n chosen answers (V,), without Laplace: band (lower, upper) and gain (V, G).

    `effective` (V,) says how many independent draws each of them rests on.
    """

    band: tuple[FloatArray, FloatArray]
    gain: FloatArray
    effective: FloatArray

    def off(self, told: Standing) -> tuple[FloatArray, FloatArray]:
        """Return how far band and gain of an approximation are off at most, over all places (V,) each."""
        ends = [np.abs(mine - other).max(1) for mine, other in zip(self.band, told.band, strict=True)]
        return np.maximum(*ends), np.abs(self.gain - told.gain).max(1)

    def kept(self, told: Standing) -> FloatArray:
        """Return what share (V,) of the most that a measurement could tell is told where an approximation sends it."""
        there: FloatArray = self.gain[np.arange(len(self.gain)), told.gain.argmax(1)]
        share: FloatArray = there / self.gain.max(1)
        return share


def reference(run: Run, n: Sequence[int]) -> Reference:
    """Return the posteriors of a search for classes from proposals around the mode, each weighed by what it deserves.

    Proposals are the same at every n, so that what differs along a run is the data. BALD is that of the draws.
    """
    field = run.worlds.field
    if field.noise is not None:
        raise ValueError("measured numbers have an exact posterior, which needs no reference: ask of classes")
    design, first = field.design(), len(field.start)
    random, size = np.random.default_rng(71), design.shape[1]
    scale = np.sqrt(_FREEDOM / random.chisquare(_FREEDOM, (_PROPOSALS, 1)))
    z = random.standard_normal((_PROPOSALS, size)) * scale
    counts, back = np.unique(np.asarray(n), return_inverse=True)
    told = []
    for count in counts.tolist():
        rows, y = design[run.places[0, : first + count]], run.outcomes[0, : first + count]
        likelihood = Categorical(2)
        mode = softmax_mode(rows, y, likelihood, field.width)
        weight, theta = weighed(rows, y, likelihood, mode.weights.ravel(), mode.axes, z, _FREEDOM, field.width)
        share = np.exp(weight - weight.max())
        share = share / share.sum()
        p = expit(design[::_STEP] @ theta.T)
        gain = binary_entropy(p @ share) - binary_entropy(p) @ share
        told.append([*(np.interp(GRID, GRID[::_STEP], part) for part in (*_ends(p, share), gain)), effective(weight)])
    low, high, gain, worth = (np.array(part)[back] for part in zip(*told, strict=True))
    return Reference((low, high), gain, worth)


def _ends(p: FloatArray, share: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the equal-tailed ends (G,) of weighted draws (G, S)."""
    order = np.argsort(p, axis=1)
    mass = share[order]
    upto = np.cumsum(mass, axis=1) - 0.5 * mass
    rows, last = np.arange(len(p)), p.shape[1] - 1
    low, high = (order[rows, (upto < tail).sum(1).clip(max=last)] for tail in tails(LEVEL))
    return p[rows, low], p[rows, high]


__all__ = ["Reference", "reference"]
