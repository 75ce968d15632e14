r"""Exact answers by summing out one event after another (variable elimination; Zhang and Poole 1994).

.. math:: p(q, e) = \sum_{x_1} \cdots \sum_{x_k} \prod_i p(x_i \mid \mathrm{parents}(x_i))

Factors that do not know an event stay out of its sum, so no table ever speaks of all events at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.foundations.belief_network.network import Network, contracted


@dataclass(frozen=True, eq=False)
class Factor:
    """A table (V, 2, ..., 2) over some events, an axis an event."""

    scope: tuple[str, ...]
    table: FloatArray


@dataclass(frozen=True, eq=False)
class Step:
    """One event summed out: the scopes of the factors that knew it, and the factor that is left."""

    event: str
    multiplied: tuple[tuple[str, ...], ...]
    left: Factor


@dataclass(frozen=True, eq=False)
class Elimination:
    """What an elimination ends with: p(query, evidence), its steps, and the events that it never needed.

    `table` (V, 2, ..., 2) has an axis for every event of the query.
    """

    query: tuple[str, ...]
    table: FloatArray
    steps: tuple[Step, ...]
    dropped: tuple[str, ...]

    @property
    def evidence(self) -> FloatArray:
        """Return how probable the evidence is, (V,)."""
        total: FloatArray = self.table.reshape(len(self.table), -1).sum(1)
        return total

    @property
    def posterior(self) -> FloatArray:
        """Return p(query | evidence), shaped as the table; NaN where the evidence is impossible."""
        total = self.evidence.reshape(-1, *[1] * len(self.query))
        with np.errstate(invalid="ignore"):
            share: FloatArray = np.where(total > 0, self.table / np.where(total > 0, total, 1.0), np.nan)
        return share


def eliminate(network: Network, query: Sequence[str], evidence: Mapping[str, bool]) -> Elimination:
    """Return p(query | evidence): events that are neither asked nor seen are summed out, smallest table first.

    What is neither asked or seen, nor a cause of such an event, sums to one and is left out at once. Raises ValueError
    for events that the network does not have. An event of the query that is seen keeps its axis.

    >>> from bayes_core.foundations.belief_network.known import ALARM
    >>> found = eliminate(ALARM, ["burglary"], {"John calls": True, "Mary calls": True})
    >>> found.posterior.round(3), [step.event for step in found.steps]
    (array([[0.716, 0.284]]), ['earthquake', 'alarm'])
    """
    unknown = [name for name in (*query, *evidence) if name not in network.names]
    if unknown:
        raise ValueError(f"“{unknown[0]}” is no event of this network: there are {', '.join(network.names)}")
    needed = network.ancestors([*query, *evidence])
    factors = [
        _seen(Factor(e.scope, e.table), {k: v for k, v in evidence.items() if k not in query})
        for e in network.events
        if e.name in needed
    ]
    hidden = [name for name in network.names if name in needed and name not in query and name not in evidence]
    steps = []
    while hidden:
        event = min(hidden, key=lambda name: len(_scope_without(factors, name)))
        hidden.remove(event)
        knew = [one for one in factors if event in one.scope]
        left = _product(knew, _scope_without(factors, event))
        factors = [*(one for one in factors if event not in one.scope), left]
        steps.append(Step(event, tuple(one.scope for one in knew), left))
    table = _product(factors, tuple(query)).table
    for axis, name in enumerate(query, start=1):
        if name in evidence:
            kept = np.zeros(2)
            kept[int(evidence[name])] = 1.0
            table = table * kept.reshape(-1, *[1] * (len(query) - axis))
    dropped = tuple(name for name in network.names if name not in needed)
    whole = np.broadcast_to(table, (max(len(table), network.positions), *table.shape[1:]))
    return Elimination(tuple(query), whole, tuple(steps), dropped)


def posteriors(network: Network, evidence: Mapping[str, bool]) -> Mapping[str, FloatArray]:
    """Return how probable every event is given what is seen, each (V,); NaN where that is impossible.

    >>> from bayes_core.foundations.belief_network.known import LAWN
    >>> {name: float(p[0].round(2)) for name, p in posteriors(LAWN, {"my grass wet": True}).items()}
    {'rain': 0.74, 'sprinkler': 0.34, 'next door wet': 0.79, 'my grass wet': 1.0}
    """
    return {name: eliminate(network, [name], evidence).posterior[:, 1] for name in network.names}


def _seen(factor: Factor, evidence: Mapping[str, bool]) -> Factor:
    """Return a factor where the events that are seen are as they were seen; they leave its scope."""
    at = tuple(int(evidence[name]) if name in evidence else slice(None) for name in factor.scope)
    return Factor(tuple(name for name in factor.scope if name not in evidence), factor.table[(slice(None), *at)])


def _scope_without(factors: Sequence[Factor], event: str) -> tuple[str, ...]:
    """Return the events of the factor that is left when an event is summed out."""
    known = dict.fromkeys(name for one in factors if event in one.scope for name in one.scope)
    return tuple(name for name in known if name != event)


def _product(factors: Sequence[Factor], kept: tuple[str, ...]) -> Factor:
    """Return the product of factors, summed over all events but those that are kept."""
    if not factors:
        return Factor((), np.ones(1))
    return Factor(kept, contracted([(one.scope, one.table) for one in factors], kept))
