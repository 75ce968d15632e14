"""What two events say in words, in and around the square, at every position of a handle."""

from __future__ import annotations

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.figures.panels import Texts
from bayes_core.foundations.events import Bounds
from bayes_core.foundations.quantities import CELLS, QUANTITIES, union
from bayes_core.summaries.summary import percent
from bayes_core.summaries.wording import range_words, room_words

Ends = tuple[float, float]
Closed = tuple[bool, bool]


def given(found: Bounds) -> FloatArray:
    """Return the four conditionals (V, 4) that the square's bars show; NaN where they are not settled."""
    return np.stack([found.settled(q) for q in ("B|A", "A|B", "B|not A", "A|not B")], 1)


def ranges(found: Bounds) -> dict[str, Texts]:
    """Return every quantity (V,): its value, or between which bounds it lies."""
    return {q: tuple(range_words(a, b) for a, b in zip(found.low[q], found.high[q], strict=True)) for q in QUANTITIES}


def reasons(found: Bounds, b: str, moved: str, allowed: Ends | None, closed: Closed | None, given: int) -> Texts:
    """Return what stands in the way of an answer: a contradiction, too little known, or nothing at all.

    `allowed` and `closed` say between which ends the quantity under the hand must lie, and which of them it may be.
    """
    room = f" {moved} {room_words(*allowed, closed or (True, True))}." if allowed else ""
    told = []
    for v, fine in enumerate(found.possible):
        value = found.low["A|B"][v]
        if not fine:
            told.append(f"This cannot be: the inputs contradict each other.{room}")
        elif not found.determined[v]:
            span = range_words(value, found.high["A|B"][v])
            told.append(f"Not settled: {span} is all that can be said. {_missing(given)} would settle it.")
        else:
            told.append("" if np.isfinite(value) else f"{b} never happens here, so nothing follows from it.")
    return tuple(told)


def _missing(given: int) -> str:
    """Return what is missing where so many are given: three settle all, unless one follows from the other two."""
    return "Two more probabilities" if given < 2 else "One more that does not follow from these"


def told(
    found: Bounds, b: str, moved: str, allowed: Ends | None, closed: Closed | None, asked: str
) -> dict[str, Texts]:
    """Return the answer and the state of what is known, in words that are never missing: a sentence asks for them."""
    answers, states = [], []
    room = f", and {moved} {room_words(*allowed, closed or (True, True))}" if allowed else ""
    for v, fine in enumerate(found.possible):
        low, high = found.low["A|B"][v], found.high["A|B"][v]
        answers.append("undefined" if np.isnan(low) else range_words(low, high))
        if not fine:
            states.append(f"the inputs contradict each other{room}")
        elif not found.determined[v]:
            states.append("what is given leaves ranges")
        else:
            states.append("all follows from what is given" if np.isfinite(low) else f"{b} never happens here")
    return {"asked": (asked,), "said.answer": tuple(answers), "state": tuple(states)}


def instead(found: Bounds, given: int) -> Texts:
    """Return what is written where no square can be drawn."""
    missing = f"{_missing(given)}; would settle this square"
    return tuple(
        "impossible: no such world" if not fine else "" if settled else missing
        for fine, settled in zip(found.possible, found.determined, strict=True)
    )


def square(found: Bounds, a: str, b: str) -> dict[str, Texts]:
    """Return the words in the square's cells, over its columns, and on its bars."""
    told: dict[str, Texts] = {}
    for k, (cell, name) in enumerate(
        zip(CELLS, (f"{a} and {b}", f"{a}, no {b}", f"{b}, no {a}", "neither"), strict=True)
    ):
        told[f"cell.{cell}"] = (name,)
        told[f"cell.{cell}.share"] = tuple(percent(p) for p in found.joint[:, k])
    told["top.A"] = tuple(f"{a} {percent(p)}" for p in union(found.joint, "both", "only"))
    told["top.notA"] = tuple(f"no {a} {percent(p)}" for p in union(found.joint, "other", "neither"))
    sides = (
        ("A", a, b, "B|A"),
        ("B", b, a, "A|B"),
        ("notA", f"no {a}", b, "B|not A"),
        ("notB", f"no {b}", a, "A|not B"),
    )
    said = ranges(found)
    for side, whole, part, q in sides:
        told[f"bar.{side}"] = tuple(f"of all {whole}: {span} with {part}" for span in said[q])
    return told
