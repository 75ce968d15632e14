"""Networks as people write them: an event a line, what it depends on, and its probabilities."""

from __future__ import annotations

import re
from itertools import product

import numpy as np

from bayes_core.foundations.belief_network.network import MOST_PARENTS, Event, Network
from bayes_core.foundations.quantities import probability

MOST_EVENTS = 8
LONGEST_NAME = 18
_SIGNS = ",~!{}[]<>*_`$\\"
_BLANK = re.compile(r"\s+(?!%)")


def network_of(text: str, most: int = MOST_EVENTS) -> Network:
    """Read a network: lines (or parts between semicolons) "event | parents: probabilities".

    The probabilities of an event with two parents are those for yes yes, yes no, no yes and no no, as 0.2, 20 % or 1/5.
    Raises ValueError that names the line, what is wrong with it and what would do.

    >>> wet = network_of("rain: 20 %; sprinkler: 0.1; wet | rain, sprinkler: 1, 0.9, 0.8, 0")
    >>> wet["wet"].yes[0, 0, 1]
    np.float64(0.8)
    >>> network_of("rain: 1.2")
    Traceback (most recent call last):
        ...
    ValueError: “rain”: “1.2” is outside 0 to 1: a probability lies between 0 and 100 %
    """
    lines = [line for line in (" ".join(part.split()) for part in re.split(r"[;\n]", text)) if line]
    if len(lines) > most:
        raise ValueError(f"there are {len(lines)} events: at most {most} fit, take some out")
    return Network(tuple(_event(line) for line in lines))


def text_of(network: Network, separator: str = "\n") -> str:
    """Return a network of one position as it is read again.

    >>> text_of(network_of("rain: 1/5; wet | rain: 0.9, 0.1"), "; ")
    'rain: 0.2; wet | rain: 0.9, 0.1'
    """
    lines = []
    for event in network.events:
        after = f" | {', '.join(event.parents)}" if event.parents else ""
        numbers = (f"{float(network.entry(entry)[0]):.12g}" for entry in event.entries())
        lines.append(f"{event.name}{after}: {', '.join(numbers)}")
    return separator.join(lines)


def cases(count: int) -> str:
    """Return the order of the probabilities of an event with so many parents, in words.

    >>> cases(2)
    'yes yes, yes no, no yes, no no'
    """
    return ", ".join(" ".join(case) for case in product(("yes", "no"), repeat=count))


def _event(line: str) -> Event:
    head, colon, numbers = line.rpartition(":")
    if not colon:
        raise ValueError(
            f"“{_short(line)}” has no colon: write “event: 0.2”, or “event | cause: 0.9, 0.1” where it has a cause"
        )
    name, _, causes = (part.strip() for part in head.partition("|"))
    parents = tuple(part.strip() for part in causes.split(",") if part.strip())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise ValueError(f"“{_short(name)}” has {len(name)} letters: an event’s name has 1 to {LONGEST_NAME}")
    wrong = sorted(set(name) & set(_SIGNS))
    if wrong:
        raise ValueError(f"“{_short(name)}” has the sign {wrong[0]}, which a name cannot have: leave it out")
    if len(parents) > MOST_PARENTS:
        raise ValueError(f"“{name}” has {len(parents)} causes: at most {MOST_PARENTS} fit, leave some out")
    numbers = re.sub(r"\s+in\s+", "/", numbers)
    found = [one for one in (numbers.split(",") if "," in numbers else _BLANK.split(numbers)) if one.strip()]
    needed = 2 ** len(parents)
    if len(found) != needed:
        order = f" (in the order {cases(len(parents))})" if 1 <= len(parents) <= 2 else ""
        causes_ = f"{len(parents) or 'no'} cause{'s' * (len(parents) != 1)}"
        many = f"{needed} probabilit{'y' if needed == 1 else 'ies'}"
        raise ValueError(f"“{name}” has {causes_}, so it needs {many}{order}, not {len(found)}")
    try:
        values = [probability(one) for one in found]
    except ValueError as error:
        raise ValueError(f"“{name}”: {error}") from error
    table = np.array(values).reshape((2,) * len(parents))[(slice(None, None, -1),) * len(parents)]
    return Event(name, parents, table)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
