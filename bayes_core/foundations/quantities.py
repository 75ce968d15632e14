"""Probabilities of two events: which there are, what they are called, and how people write them."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bayes_core.checks import FloatArray

CELLS = ("both", "only", "other", "neither")
"""The four cells in their order: A and B, A without B, B without A, neither. A test has ill for A, positive for B."""

QUANTITIES: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {
    "A": ((0, 1), (0, 1, 2, 3)),
    "B": ((0, 2), (0, 1, 2, 3)),
    "A and B": ((0,), (0, 1, 2, 3)),
    "A or B": ((0, 1, 2), (0, 1, 2, 3)),
    "B|A": ((0,), (0, 1)),
    "A|B": ((0,), (0, 2)),
    "B|not A": ((2,), (2, 3)),
    "A|not B": ((1,), (1, 3)),
}
"""Each quantity as cells over cells: its probability is the sum of the first divided by the sum of the second."""


def words(quantity: str, a: str = "A", b: str = "B") -> str:
    """Return a quantity with the events' names in it.

    >>> words("B|not A", "fog", "rain")
    'P(rain | no fog)'
    """
    left, bar, right = quantity.partition("|")
    named = [" ".join({"A": a, "B": b, "not": "no"}.get(word, word) for word in side.split()) for side in (left, right)]
    return f"P({named[0]}{' | ' if bar else ''}{named[1]})"


SETTLED = 1e-9
"""A range is a value where it is narrower than this share of it, and of what is missing to 1."""


def settled(low: ArrayLike, high: ArrayLike) -> NDArray[np.bool_]:
    """Return where (...,) a range of a probability is so narrow that it is a value: false where it is undefined.

    Near 0 a range of a billionth may be wide, and near 1 so may be what is missing to it.

    >>> settled([0.3, 0.0, 1 - 1e-7], [0.3 + 1e-12, 1e-10, 1.0])
    array([ True, False, False])
    """
    least, most = np.asarray(low, float), np.asarray(high, float)
    wide = most - least
    rest = np.maximum(SETTLED * (1 - least), 4e-15)  # what is missing to 1 is known to sixteen decimals
    return np.asarray((wide <= SETTLED * most) & (wide <= rest))


def union(cells: FloatArray, *names: str) -> FloatArray:
    """Return what some of the cells (..., 4) hold in all (...,): probabilities, or people.

    >>> float(union(np.array([8.0, 2.0, 95.0, 895.0]), "both", "other"))
    103.0
    """
    held: FloatArray = sum((cells[..., CELLS.index(name)] for name in names), np.zeros(cells.shape[:-1]))
    return held


def probability(text: str) -> float:
    """Read a probability as people write it: "0.2", "20 %", "1/5", "1 in 5", "1 in 1,000".

    Raises ValueError for anything that is not between 0 and 1.

    >>> probability("20 %"), probability("1 in 5"), probability(".2")
    (0.2, 0.2, 0.2)
    """
    plain = text.strip().lower().replace(",", ".").replace(" in ", "/")
    try:
        if plain.endswith("%"):
            value = float(plain[:-1]) / 100
        elif "/" in plain:
            top, _, bottom = plain.partition("/")
            value = _whole(top) / _whole(bottom)
        else:
            value = float(plain)
    except (ValueError, ZeroDivisionError) as error:
        raise ValueError(
            f"“{text.strip()[:40]}” is not a probability: write a number such as 0.2, 20 %, 1/5 or 1 in 5"
        ) from error
    if not 0 <= value <= 1:
        raise ValueError(f"“{text.strip()[:40]}” is outside 0 to 1: a probability lies between 0 and 100 %")
    return value


def _whole(text: str) -> float:
    """Read one side of "1 in 1.000": there, a separator before three digits groups thousands."""
    text = text.strip()
    value = float(text.replace(".", "") if re.fullmatch(r"[1-9]\d{0,2}(\.\d{3})+", text) else text)
    if not 0 <= value < np.inf:
        raise ValueError(f"{text} is not a count")
    return value
