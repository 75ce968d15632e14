"""A table of pay-offs that a reader types: a line for each action, its name and what it pays in either case."""

from __future__ import annotations

import re

import numpy as np

from bayes_core.checks import FloatArray
from pages._ui import entry
from pages._ui.link import as_text
from pages._ui.own import plain_name

FEWEST, MOST = 2, 4
LONGEST = 240  # letters of all of it
_NAME, _LARGEST = 24, 1e9
_FORM = "write a name, a colon and two numbers, such as “Wait: 0, −5”"

Rows = tuple[tuple[str, float, float], ...]


def table(text: str) -> str:
    """Return a typed table as it is kept: "name: below, above", a line for each action.

    Raises ValueError that names the line, what is wrong with it, and what would do.

    >>> table("Wait 0 -5|Treat: −1; 0,5")
    'Wait: 0, -5\\nTreat: -1, 0.5'
    """
    lines = [line for line in re.split(r"[\n\r|]+", text) if line.strip()]
    if not FEWEST <= len(lines) <= MOST:
        raise ValueError(f"the table has {len(lines)} lines: write {FEWEST} to {MOST}, one for each action")
    rows = [_row(at, line) for at, line in enumerate(lines, 1)]
    names = [name.casefold() for name, *_ in rows]
    twice = next((rows[at][0] for at, name in enumerate(names) if name in names[:at]), None)
    if twice:
        raise ValueError(f"two lines are called “{twice}”: give every action its own name")
    return "\n".join(f"{name}: {as_text(below)}, {as_text(above)}" for name, below, above in rows)


def rows_of(kept: str) -> Rows:
    """Return the rows of a table as it is kept.

    >>> rows_of("Wait: 0, -5\\nTreat: -1, 0.5")
    (('Wait', 0.0, -5.0), ('Treat', -1.0, 0.5))
    """
    return tuple(_row(at, line) for at, line in enumerate(kept.split("\n"), 1))


def numbers_of(kept: str) -> FloatArray:
    """Return what actions pay below and above, (A, 2)."""
    return np.array([[below, above] for _, below, above in rows_of(kept)])


def _row(at: int, line: str) -> tuple[str, float, float]:
    before, colon, after = line.rpartition(":")
    words = (after if colon else line).replace(";", " ").split()
    told = before.split() if colon else words[:-2]
    name, pair = " ".join(told).strip(" ,;"), words if colon else words[-2:]
    if not name:
        raise ValueError(f"line {at} has no name: {_FORM}")
    if len(name) > _NAME:
        raise ValueError(f"line {at}: “{name[:_NAME]}…” has {len(name)} letters: a name has at most {_NAME}")
    if len(pair) != 2:
        raise ValueError(f"line {at}, “{name}”, has {len(pair)} pay-offs and two are needed: {_FORM}")
    below, above = (_number(at, word.strip(",")) for word in pair)
    return re.sub(r"[$`:]", "", plain_name(name)), below, above


def _number(at: int, word: str) -> float:
    try:
        fitting = entry.meant(word, "", -_LARGEST, _LARGEST)
    except ValueError as error:
        raise ValueError(f"line {at}: “{word[:20]}” is not a number: {_FORM}") from error
    if len(fitting) > 1:
        raise ValueError(f"line {at}: “{word[:20]}” may mean {' or '.join(map(as_text, fitting))}: type which")
    if not fitting:
        raise ValueError(f"line {at}: “{word[:20]}” is outside −1e9 to 1e9: count in a larger unit")
    return fitting[0] + 0.0
