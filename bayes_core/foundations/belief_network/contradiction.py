"""Evidence that cannot be: which of it contradicts which."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from bayes_core.foundations.belief_network.elimination import eliminate
from bayes_core.foundations.belief_network.network import Network


def clash(network: Network, evidence: Mapping[str, bool], position: int = 0) -> tuple[str, ...]:
    """Return a smallest part of the evidence that is impossible by itself; nothing where all of it can be.

    >>> from bayes_core.foundations.belief_network.known import LAWN
    >>> clash(LAWN, {"sprinkler": False, "rain": True, "my grass wet": False})
    ('rain', 'my grass wet')
    """
    for count in range(1, len(evidence) + 1):
        for names in combinations(evidence, count):
            if eliminate(network, [], {name: evidence[name] for name in names}).evidence[position] <= 0:
                return names
    return ()
