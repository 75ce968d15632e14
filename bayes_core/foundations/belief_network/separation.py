"""Which events can tell of which: paths between them, and what opens or blocks each (d-separation; Pearl 1988).

A path is blocked at an event in its middle that is known, unless both arrows meet there: there it is blocked as long as
neither that event nor anything that follows from it is known. Where all paths are blocked, one event says nothing of
the other, whatever the probabilities are.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from bayes_core.foundations.belief_network.network import Network


@dataclass(frozen=True)
class Path:
    """A way from one event to another along arrows of either direction, and where it is blocked, if it is.

    `forward` says of each arrow whether it points along the way. `blocked` is the event that blocks it, "" for none;
    `meets` says whether arrows meet there. `opened` are the events where arrows meet that are open because of what is
    known, each with what is known: itself, or something that follows from it.
    """

    events: tuple[str, ...]
    forward: tuple[bool, ...]
    blocked: str = ""
    meets: bool = False
    opened: tuple[tuple[str, str], ...] = ()

    @property
    def open(self) -> bool:
        """Return whether one end can tell of the other by this way."""
        return not self.blocked

    @property
    def text(self) -> str:
        """Return the way in signs: "rain → wet ← sprinkler"."""
        signs = ("→" if ahead else "←" for ahead in self.forward)
        return self.events[0] + "".join(f" {sign} {name}" for sign, name in zip(signs, self.events[1:], strict=True))


def paths(network: Network, first: str, last: str, known: Collection[str]) -> tuple[Path, ...]:
    """Return every way between two events, the shortest first; of the same length, the open ones first.

    >>> from bayes_core.foundations.belief_network.known import LAWN
    >>> closed, = paths(LAWN, "rain", "sprinkler", [])
    >>> closed.text, closed.blocked, closed.meets
    ('rain → my grass wet ← sprinkler', 'my grass wet', True)
    >>> paths(LAWN, "rain", "sprinkler", ["my grass wet"])[0].open
    True
    """
    found = [_judged(network, way, known) for way in _ways(network, (first,), last)]
    return tuple(sorted(found, key=lambda path: (len(path.events), not path.open)))


def separated(network: Network, first: str, last: str, known: Collection[str]) -> bool:
    """Return whether nothing that is learnt of one event can tell of the other, given what is known.

    >>> from bayes_core.foundations.belief_network.known import CHEST
    >>> separated(CHEST, "visit to Asia", "smoker", []), separated(CHEST, "visit to Asia", "smoker", ["dark X-ray"])
    (True, False)
    """
    return not any(path.open for path in paths(network, first, last, known))


def notable(network: Network, asked: str, known: Collection[str]) -> Path | None:
    """Return the way from an event that says most about what is known: opened by it, blocked by it, or never open.

    Nothing where the event itself is known, or leads nowhere.

    >>> from bayes_core.foundations.belief_network.known import ALARM
    >>> notable(ALARM, "burglary", ["John calls"]).opened
    (('alarm', 'John calls'),)
    >>> notable(ALARM, "John calls", ["alarm"]).blocked
    'alarm'
    """
    if asked in known:
        return None
    ways = [
        path
        for name in network.names
        if name not in known and name != asked
        for path in paths(network, asked, name, known)
    ]
    return min(ways, key=lambda path: (_rank(path), len(path.events)), default=None)


def _rank(path: Path) -> int:
    if path.open:
        return 0 if path.opened else 3
    return 2 if path.meets else 1


def _ways(network: Network, so_far: tuple[str, ...], last: str) -> Iterator[tuple[str, ...]]:
    here = so_far[-1]
    if here == last:
        yield so_far
        return
    for name in (*network[here].parents, *network.children[here]):
        if name not in so_far:
            yield from _ways(network, (*so_far, name), last)


def _judged(network: Network, way: tuple[str, ...], known: Collection[str]) -> Path:
    """Return a way with what blocks or opens it."""
    forward = tuple(here in network[after].parents for here, after in itertools.pairwise(way))
    opened: list[tuple[str, str]] = []
    for before, after, name in zip(forward, forward[1:], way[1:], strict=False):
        meets = before and not after
        if not meets and name in known:
            return Path(way, forward, name, False)
        if meets:
            tells = next((one for one in (name, *known) if one in known and name in network.ancestors([one])), "")
            if not tells:
                return Path(way, forward, name, True)
            opened.append((name, tells))
    return Path(way, forward, opened=tuple(opened))
