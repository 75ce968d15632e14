r"""A belief network: events that happen or do not, what each depends on, and how likely it is then (Pearl 1988).

.. math:: p(x_1, \dots, x_n) = \prod_i p(x_i \mid \mathrm{parents}(x_i))
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from string import ascii_letters
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.checks import FloatArray, floats

MOST_PARENTS = 4
"""An event with more has a table of more than sixteen probabilities, which nobody can know one by one."""


class Entry(NamedTuple):
    """One probability of a network: of which event, and whether each of its parents happened."""

    event: str
    parents: tuple[bool, ...] = ()


@dataclass(frozen=True, eq=False)
class Event:
    """An event, the events that it depends on, and how likely it is to happen: yes (V, 2, ..., 2), an axis a parent.

    Index 1 of an axis says that the parent happened, 0 that it did not. The leading axis are positions of a handle; it
    may be left out, and is 1 then.

    >>> Event("wet", ("rain",), [0.1, 0.9]).yes.shape
    (1, 2)
    """

    name: str
    parents: tuple[str, ...]
    yes: FloatArray

    def __init__(self, name: str, parents: Sequence[str] = (), yes: ArrayLike = 0.5) -> None:
        """Take a name, the parents' names, and the probabilities; raise ValueError for what they cannot be."""
        table = floats(yes, f"the table of “{name}”")
        count = len(parents)
        if not name.strip():
            raise ValueError("an event has no name: give it one")
        if count > MOST_PARENTS:
            raise ValueError(f"“{name}” depends on {count} events: at most {MOST_PARENTS} fit, leave some out")
        twice = sorted({one for one in parents if list(parents).count(one) > 1})
        if twice:
            raise ValueError(f"“{name}” depends on “{twice[0]}” twice: name it once")
        table = table[None] if table.ndim == count else table
        if table.shape[1:] != (2,) * count:
            raise ValueError(
                f"the table of “{name}” has the shape {table.shape}: with {count} parents it is {(2,) * count}"
            )
        if ((table < 0) | (table > 1)).any():
            wrong = table[(table < 0) | (table > 1)][0]
            raise ValueError(f"“{name}”: {wrong:g} is outside 0 to 1: a probability lies between 0 and 100 %")
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "parents", tuple(parents))
        object.__setattr__(self, "yes", table)

    @property
    def scope(self) -> tuple[str, ...]:
        """Return the events that its table speaks of, itself last."""
        return (*self.parents, self.name)

    @property
    def table(self) -> FloatArray:
        """Return p(event | parents), (V, 2, ..., 2): the last axis is whether it happens."""
        return np.stack([1 - self.yes, self.yes], -1)

    def entries(self) -> Iterator[Entry]:
        """Yield its probabilities by name, from all parents having happened to none."""
        for parents in product((True, False), repeat=len(self.parents)):
            yield Entry(self.name, parents)


@dataclass(frozen=True, eq=False)
class Network:
    """Events in the order they are given in; raises ValueError where they are none: a cycle, or a name unknown.

    >>> Network((Event("hen", ("egg",), [0.1, 0.2]), Event("egg", ("hen",), [0.1, 0.2])))
    Traceback (most recent call last):
        ...
    ValueError: hen → egg → hen is a cycle: nothing can be its own cause, take one of these arrows out
    """

    events: tuple[Event, ...]

    def __post_init__(self) -> None:
        """Check the names, and that arrows lead nowhere back."""
        names = self.names
        if not names:
            raise ValueError("there is no event: give at least one")
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"“{twice[0]}” is there twice: every event has a name of its own")
        for event in self.events:
            for parent in event.parents:
                if parent not in names:
                    raise ValueError(
                        f"“{event.name}” depends on “{parent}”, which is no event: add it, or correct its name"
                    )
        round_trip = self._cycle()
        if round_trip:
            raise ValueError(
                f"{' → '.join(round_trip)} is a cycle: nothing can be its own cause, take one of these arrows out"
            )

    def _cycle(self) -> tuple[str, ...]:
        """Return a cycle of arrows, its first event again at its end; nothing where there is none."""
        left = {event.name: [one for one in event.parents] for event in self.events}
        while True:
            free = [name for name, parents in left.items() if not set(parents) & set(left)]
            if not free:
                break
            for name in free:
                del left[name]
        if not left:
            return ()
        way = [next(iter(left))]
        while True:
            way.append(next(one for one in left[way[-1]] if one in left))
            if way[-1] in way[:-1]:
                return tuple(reversed(way[way.index(way[-1]) :]))

    # ------------------------------------------------------------------------------------------------- structure
    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return the events' names, in their order."""
        return tuple(event.name for event in self.events)

    def __getitem__(self, name: str) -> Event:
        """Return an event by its name."""
        return self.events[self.names.index(name)]

    @cached_property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        """Return the events that depend on each event directly."""
        return {name: tuple(e.name for e in self.events if name in e.parents) for name in self.names}

    @cached_property
    def roots(self) -> tuple[str, ...]:
        """Return the events that depend on nothing."""
        return tuple(event.name for event in self.events if not event.parents)

    @property
    def arrows(self) -> tuple[tuple[str, str], ...]:
        """Return the arrows, from cause to effect."""
        return tuple((parent, event.name) for event in self.events for parent in event.parents)

    def ancestors(self, names: Sequence[str]) -> frozenset[str]:
        """Return these events and all that they depend on.

        >>> wet = Network((Event("rain"), Event("wet", ("rain",), [0, 1]), Event("slip", ("wet",), [0, 1])))
        >>> sorted(wet.ancestors(["wet"]))
        ['rain', 'wet']
        """
        found, open_ = set(names), list(names)
        while open_:
            new = [one for one in self[open_.pop()].parents if one not in found]
            found |= set(new)
            open_ += new
        return frozenset(found)

    @property
    def positions(self) -> int:
        """Return how many positions V its tables have, 1 where none of them moves."""
        return max(len(event.yes) for event in self.events)

    # ----------------------------------------------------------------------------------------------------- tables
    def entry(self, at: Entry) -> FloatArray:
        """Return one probability (V,) or (1,)."""
        return self[at.event].yes[_place(at)]

    def along(self, at: Entry, values: ArrayLike) -> Network:
        """Return the network with one probability at the values (V,) of a handle.

        >>> rain = Network((Event("rain", (), 0.2),)).along(Entry("rain"), [0.1, 0.5])
        >>> rain["rain"].yes
        array([0.1, 0.5])
        """
        moved, new = self[at.event], np.atleast_1d(np.asarray(values, float))
        table = np.broadcast_to(moved.yes[:1], (len(new), *moved.yes.shape[1:])).copy()
        table[_place(at)] = new
        return self._with(Event(moved.name, moved.parents, table))

    def made(self, made: Mapping[str, bool]) -> Network:
        """Return the network in which somebody made events happen, or not: arrows into them are cut (Pearl's do).

        >>> wet = Network((Event("rain", (), 0.2), Event("wet", ("rain",), [0.1, 0.9])))
        >>> wet.made({"wet": True})["wet"].parents, wet.made({"wet": True})["wet"].yes
        ((), array([1.]))
        """
        cut = self
        for name, happens in made.items():
            cut = cut._with(Event(name, (), float(happens)))
        return cut

    def _with(self, new: Event) -> Network:
        return Network(tuple(new if event.name == new.name else event for event in self.events))

    def joint(self) -> FloatArray:
        """Return the probability of every state, (V, 2, ..., 2): an axis an event, in their order.

        >>> Network((Event("rain", (), 0.25),)).joint()
        array([[0.75, 0.25]])
        """
        return contracted([(e.scope, e.table) for e in self.events], self.names)


def _place(at: Entry) -> tuple[slice | int, ...]:
    return (slice(None), *(int(yes) for yes in at.parents))


def contracted(factors: Sequence[tuple[tuple[str, ...], FloatArray]], kept: Sequence[str]) -> FloatArray:
    """Return the product of tables (V, 2, ..., 2), each with its events, summed over all events but those kept.

    >>> contracted([(("a", "b"), np.array([[[0.1, 0.2], [0.3, 0.4]]]))], ["b"])
    array([[0.4, 0.6]])
    """
    names = list(dict.fromkeys((*kept, *(name for scope, _ in factors for name in scope))))
    letter = {name: ascii_letters[n] for n, name in enumerate(names)}
    sides = ("..." + "".join(letter[name] for name in scope) for scope in (*(scope for scope, _ in factors), kept))
    *left, right = sides
    whole: FloatArray = np.einsum(f"{','.join(left)}->{right}", *(table for _, table in factors))
    return whole
