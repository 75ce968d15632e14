"""One run read along its measurements: bands, what each place would tell, and what one more measurement would leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, ndtri

from bayes_core.checks import FloatArray
from bayes_core.evaluation.active.beliefs import Exact
from bayes_core.evaluation.active.bits import mean_probability
from bayes_core.evaluation.active.run import LEVEL, Run, begin
from bayes_core.evaluation.active.strategies import Now, entropy, information

_Z = float(ndtri(0.5 + LEVEL / 2))


@dataclass(frozen=True, eq=False)
class Standing:
    """The first world of a run after n (V,) chosen measurements, at G places.

    `truth` (G,) is the curve itself, or the true probability, `mean` (V, G) what is thought of it. `band` is the 90 %
    credible interval of the curve (lower, upper), of a probability where classes are measured, `predictive` that of one
    more number, and `entropy` (V, G) how open a yes or no is. `gain` (V, G) are the bits that one more measurement
    would tell, `next` where the strategy makes it, `told` what it tells there.
    """

    n: NDArray[np.intp]
    truth: FloatArray
    mean: FloatArray
    band: tuple[FloatArray, FloatArray]
    predictive: tuple[FloatArray, FloatArray] | None
    gain: FloatArray
    entropy: FloatArray | None
    next: NDArray[np.intp]
    told: FloatArray
    error: FloatArray
    held: FloatArray
    bits: FloatArray


def standing(run: Run, n: Sequence[int]) -> Standing:
    """Return what is known in the first world after each of some numbers of chosen measurements."""
    at = np.asarray(n, np.intp)
    field, mean, sd = run.worlds.field, run.mean[0, at], run.sd[0, at]
    now = Now(mean, sd, field.noise, np.zeros(len(at)))
    gain, following = information(now), run.places[0, len(field.start) + at]
    true = run.worlds.truth[0]
    low, high = mean - _Z * sd, mean + _Z * sd
    numbers = (run.error[0, at], run.held[0, at], run.bits[0, at])
    told = gain[np.arange(len(at)), following]
    if field.noise is None:
        band, middle = (expit(low), expit(high)), mean_probability(mean, sd)
        return Standing(at, expit(true), middle, band, None, gain, entropy(now), following, told, *numbers)
    reach = _Z * np.sqrt(sd**2 + field.noise**2)
    return Standing(at, true, mean, (low, high), (mean - reach, mean + reach), gain, None, following, told, *numbers)


def foreseen(run: Run, n: Sequence[int], places: Sequence[int]) -> tuple[FloatArray, FloatArray] | None:
    """Return the 90 % credible band (V, G) that one measurement would leave around today's mean, whatever it reads.

    At each position the measurement is made after n chosen ones, at a place of its own. Its width does not depend on
    the reading, where the noise is known; of classes it does, and there is no such band.
    """
    worlds = run.worlds
    if worlds.field.noise is None:
        return None
    first, counts, asked = len(worlds.field.start), np.asarray(n), np.asarray(places, np.intp)
    belief = begin(worlds)
    assert isinstance(belief, Exact)
    left = np.empty((len(counts), run.mean.shape[-1]))
    for k in range(first + int(counts.max()) + 1):
        here = counts == k - first
        if here.any():
            left[here] = belief.after(asked[here])
        if k < run.outcomes.shape[1]:
            belief.learn(run.places[:, k], run.outcomes[:, k])
    mean = run.mean[0, counts]
    return mean - _Z * left, mean + _Z * left
