"""One way of measuring, in W worlds at once: what is believed after each measurement, what it told, how wrong it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, ndtri

from bayes_core.checks import FloatArray
from bayes_core.evaluation.active.beliefs import Belief, Exact, Laplace
from bayes_core.evaluation.active.bits import mean_probability
from bayes_core.evaluation.active.fields import MOST, Worlds
from bayes_core.evaluation.active.strategies import STRATEGIES, Now

LEVEL = 0.9
_DECIMALS = 9  # to which scores are compared: of places that are as good the leftmost is taken


@dataclass(frozen=True, eq=False)
class Run:
    """W worlds, n0 first measurements and T chosen ones, at G places.

    `places` (W, n0 + T + 1) with the one that would be next, and `outcomes` (W, n0 + T); after each chosen measurement,
    and before them, mean and sd (W, T + 1, G) of f, the bits gained since the first ones (W, T + 1), the root of the
    mean square error over the places (of a probability where classes are measured), and the share of places at which
    the 90 % credible interval of f holds the truth.
    """

    worlds: Worlds
    strategy: str
    places: NDArray[np.intp]
    outcomes: FloatArray
    mean: FloatArray
    sd: FloatArray
    bits: FloatArray
    error: FloatArray
    held: FloatArray


def begin(worlds: Worlds) -> Belief:
    """Return the prior's belief in every world."""
    field, size = worlds.field, len(worlds.truth)
    if field.noise is None:
        return Laplace(field.design(), field.width, size)
    return Exact(field.design(), field.width, field.noise, size)


def explore(worlds: Worlds, strategy: str, steps: int = MOST, own: Sequence[int] = ()) -> Run:
    """Return what `steps` measurements bring where a strategy chooses them, after the `own` places of a reader.

    >>> from bayes_core.evaluation.active.fields import FIELDS, invent
    >>> run = explore(invent(FIELDS["gap"], [0, 1]), "information", 3)
    >>> run.places.shape, run.sd.shape, bool((np.diff(run.bits) > 0).all())
    ((2, 8), (2, 4, 101), True)
    """
    field, first = worlds.field, worlds.field.start
    belief, size = begin(worlds), len(worlds.truth)
    places: list[NDArray[np.intp]] = []
    outcomes: list[FloatArray] = []

    def measure(at: NDArray[np.intp]) -> None:
        y = worlds.outcome(len(places), at)
        belief.learn(at, y)
        places.append(at)
        outcomes.append(y)

    def now(k: int) -> Now:
        return Now(belief.mean, belief.sd, field.noise, worlds.turns[:, k], belief.covariance, belief.design)

    for place in first:
        measure(np.full(size, place))
    before = belief.bits
    seen = [(belief.mean, belief.sd, belief.bits)]
    for k in range(steps):
        if k < len(own):
            measure(np.full(size, own[k]))
        else:
            measure(chosen(strategy, now(k)))
        seen.append((belief.mean, belief.sd, belief.bits))
    mean, sd, bits = (np.stack(part, axis=1) for part in zip(*seen, strict=True))
    truth = worlds.truth[:, None]
    last = chosen(strategy, now(steps))
    return Run(
        worlds,
        strategy,
        np.stack([*places, last], axis=1),
        np.stack(outcomes, axis=1),
        mean,
        sd,
        bits - before[:, None],
        _error(worlds, mean, sd, truth),
        (np.abs(truth - mean) <= ndtri(0.5 + LEVEL / 2) * sd).mean(-1),
    )


def chosen(strategy: str, now: Now) -> NDArray[np.intp]:
    """Return the place (W,) that a strategy measures next."""
    best: NDArray[np.intp] = STRATEGIES[strategy].score(now).round(_DECIMALS).argmax(1)
    return best


def _error(worlds: Worlds, mean: FloatArray, sd: FloatArray, truth: FloatArray) -> FloatArray:
    off = mean_probability(mean, sd) - expit(truth) if worlds.field.noise is None else mean - truth
    error: FloatArray = np.sqrt((off**2).mean(-1))
    return error
