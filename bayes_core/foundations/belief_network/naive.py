r"""Naive Bayes as the network that it is: one cause, and clues that depend on nothing else.

.. math:: \frac{p(c \mid x)}{p(\bar c \mid x)} = \frac{p(c)}{p(\bar c)} \prod_f \frac{p(x_f \mid c)}{p(x_f \mid \bar c)}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.foundations.belief_network.network import Event, Network


@dataclass(frozen=True, eq=False)
class Clue:
    """What a clue does to the odds of its cause, (V,): where it is there, and where it is not."""

    name: str
    there: FloatArray
    missing: FloatArray


def naive_network(cause: str, prior: float, clues: Mapping[str, tuple[float, float]]) -> Network:
    """Return the network of a cause and its clues, each with how often it comes with the cause and without.

    >>> mail = naive_network("spam", 0.45, {"winner": (0.32, 0.02)})
    >>> mail.arrows
    (('spam', 'winner'),)
    """
    told = (Event(name, (cause,), [without, with_]) for name, (with_, without) in clues.items())
    return Network((Event(cause, (), prior), *told))


def naive_root(network: Network) -> str:
    """Return the one cause of a network that is naive Bayes, "" for any other network."""
    if len(network.roots) != 1 or len(network.events) < 2:
        return ""
    (root,) = network.roots
    return root if all(e.parents == (root,) for e in network.events if e.name != root) else ""


def clues(network: Network) -> tuple[Clue, ...]:
    """Return the Bayes factors of every clue of a network that is naive Bayes; ValueError for any other.

    >>> spam = naive_network("spam", 0.45, {"winner": (0.32, 0.02)})
    >>> (clue,) = clues(spam)
    >>> clue.there.round(6), clue.missing.round(4)
    (array([16.]), array([0.6939]))
    """
    root = naive_root(network)
    if not root:
        raise ValueError("this network is not naive Bayes: it has one cause, and clues that depend on that alone")
    found = []
    for event in network.events:
        if event.name != root:
            without, with_ = event.yes[:, 0], event.yes[:, 1]
            found.append(Clue(event.name, _ratio(with_, without), _ratio(1 - with_, 1 - without)))
    return tuple(found)


def _ratio(top: FloatArray, bottom: FloatArray) -> FloatArray:
    with np.errstate(divide="ignore", invalid="ignore"):
        factor: FloatArray = top / bottom
    return factor
