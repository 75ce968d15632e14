"""All that follows about every event from what is seen and what was done, and what could still be learnt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.foundations.belief_network.elimination import eliminate, posteriors
from bayes_core.foundations.belief_network.network import Network


@dataclass(frozen=True, eq=False)
class Outlook:
    """What is believed of every event, at V positions of a handle.

    `before` and `after` (V, N) are the probabilities without and with what is known, `evidence` (V,) is how probable
    what is seen was. `tells` has, for every other event that is not known, what the asked one would be if that happened
    and if it did not, (V, 2); NaN where it cannot turn out so.
    """

    asked: str
    before: FloatArray
    after: FloatArray
    evidence: FloatArray
    tells: Mapping[str, FloatArray]


def outlook(network: Network, seen: Mapping[str, bool], made: Mapping[str, bool], asked: str) -> Outlook:
    """Return what follows from events that were seen, and from others that somebody made happen or kept from it.

    >>> from bayes_core.foundations.belief_network.known import LAWN
    >>> found = outlook(LAWN, {"my grass wet": True}, {}, "sprinkler")
    >>> found.after[0].round(2), found.tells["rain"][0].round(2)
    (array([0.74, 0.34, 0.79, 1.  ]), array([0.1, 1. ]))
    >>> outlook(LAWN, {}, {"my grass wet": True}, "rain").after[0].round(2)
    array([0.2 , 0.1 , 0.36, 1.  ])
    """
    size = network.positions
    cut, known = network.made(made), {**seen, **made}
    before = posteriors(network, {})
    tells = {}
    after = {asked: eliminate(cut, [asked], known).posterior[:, 1]}
    for name in network.names:
        if name == asked:
            continue
        if name in known or asked in known:
            after[name] = eliminate(cut, [name], known).posterior[:, 1]
            continue
        both = eliminate(cut, [asked, name], known).posterior
        after[name] = both.sum(1)[:, 1]
        chance = both.sum(1)
        with np.errstate(invalid="ignore", divide="ignore"):
            share = np.where(chance > 0, both[:, 1] / chance, np.nan)
        tells[name] = _whole(share[:, ::-1], size)
    return Outlook(
        asked,
        np.stack([_whole(before[name], size) for name in network.names], 1),
        np.stack([_whole(after[name], size) for name in network.names], 1),
        _whole(eliminate(cut, [], known).evidence, size),
        tells,
    )


def _whole(values: FloatArray, size: int) -> FloatArray:
    """Return values at all positions."""
    return np.broadcast_to(values, (size, *values.shape[1:]))
