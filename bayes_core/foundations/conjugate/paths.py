"""How beliefs move while data come in: who decides, the evidence of rivals, and the mean in this order or another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.foundations.conjugate.belief import Belief, Seen
from bayes_core.numerics.rounding import round_ends


class Pull(NamedTuple):
    """How far prior and data decide the posterior mean: shares (...,) that sum to 1."""

    prior: FloatArray
    data: FloatArray


def pull(prior: Belief, seen: Seen) -> Pull:
    """Return the weights with which the posterior mean averages the prior's mean and that of the data.

    >>> from bayes_core.conjugate import Beta
    >>> float(pull(Beta(2.0, 3.0), Seen.sums(15, 9)).prior)
    0.25
    """
    share = prior.worth / (prior.worth + seen.n)
    return Pull(share, 1 - share)


def mean_path(prior: Belief, seen: Seen) -> FloatArray:
    """Return the posterior means (V, P) of priors (V,), or of one (1, P), at P places along the data."""
    return np.atleast_2d(_beside(prior).learn(seen).mean)


def evidence_paths(beliefs: Mapping[str, Belief], over: Belief, seen: Seen) -> dict[str, FloatArray]:
    """Return log10 of each belief's evidence over that of one other, (V, P) or (1, P), at P places along the data.

    >>> from bayes_core.conjugate import Beta
    >>> paths = evidence_paths({"fair": Beta(50.0, 50.0)}, Beta(1.0, 1.0), Seen.along([1, 1, 1, 1]))
    >>> paths["fair"][0, 2:].round(3)
    array([-0.121, -0.288, -0.48 ])
    """
    reference = over.log_evidence(seen)
    return {
        name: np.atleast_2d((_beside(belief).log_evidence(seen) - reference) / np.log(10))
        for name, belief in beliefs.items()
    }


def leads(beliefs: Mapping[str, Belief], over: Belief, seen: Seen) -> dict[str, FloatArray]:
    """Return log10 of each belief's evidence (V,) over that of one other, for what was seen (V,).

    >>> from bayes_core.conjugate import Beta
    >>> leads({"fair": Beta(50.0, 50.0)}, Beta(1.0, 1.0), Seen.of([1, 1, 1, 1]))["fair"].round(3)
    array([-0.48])
    """
    reference = over.log_evidence(seen)
    return {
        name: np.atleast_1d((belief.log_evidence(seen) - reference) / np.log(10)) for name, belief in beliefs.items()
    }


def powers_reached(paths: Mapping[str, FloatArray]) -> float:
    """Return the end of an axis, in whole powers of ten and at least 1, that holds all paths with a fifth to spare.

    >>> powers_reached({"fair": np.array([[0.0, -2.4]]), "bent": np.array([[0.1, 0.3]])})
    3.0
    """
    return max(1.0, float(np.ceil(1.2 * max(np.abs(path).max() for path in paths.values()))))


def means_reached(paths: Mapping[str, FloatArray], low: float, high: float) -> tuple[float, float]:
    """Return an axis from `low` to `high`, or a longer one with round ends where paths leave it.

    >>> means_reached({"as it came": np.array([[0.5, 0.583, 0.675]])}, 0.44, 0.6)
    (0.4, 0.7)
    >>> means_reached({"as it came": np.array([[0.5, 0.583]])}, 0.44, 0.6)
    (0.44, 0.6)
    """
    least = min(float(path.min()) for path in paths.values())
    most = max(float(path.max()) for path in paths.values())
    return (low, high) if low <= least and most <= high else round_ends(min(low, least), max(high, most))


def _beside(belief: Belief) -> Belief:
    """Return beliefs (V,) as (V, 1), to stand against P places; one belief as it is."""
    return belief.at(np.s_[:, None])
