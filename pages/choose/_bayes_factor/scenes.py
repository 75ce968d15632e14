"""The scenes of the Bayes factor's page: what was counted or measured, and where the handles start."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Source
from bayes_core.foundations.bayes_factor.axes import round_value
from pages._ui.settings import Scene
from pages._ui.suiting import among, name_of, of_classes, of_numbers, of_rows, unit_of

DEFAULT_WIDTH = 0.707
"""A Cauchy prior as wide as most who report a JZS Bayes factor take it."""


@dataclass(frozen=True, eq=False)
class Tossed:
    """What is counted: two `sides`, what one count is called and several; `record` (n,) is the order it came in."""

    parameter: str = "share of heads"
    one: str = "toss"
    many: str = "tosses"
    sides: tuple[str, str] = ("heads", "tails")
    record: FloatArray | None = None
    sizes: tuple[int, ...] = (10, 50, 200, 1000)


@dataclass(frozen=True, eq=False)
class Measured:
    """What is measured: `values` (n,), their name and unit, and what one of them is called."""

    values: FloatArray
    name: str
    unit: str = ""
    one: str = "value"
    many: str = "values"


FIRST = "coin"
"""The scene that the page opens with."""
_COIN = Tossed()
_SLEEP = np.array([1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4])
"""Cushny and Peebles (1905), which Student (1908) made famous: ten patients under two drugs, difference in hours."""

SHARES: dict[str, Scene] = {
    "coin": Scene(
        "115 of 200",
        {"heads": 115.0, "worth": 2.0, "margin": 0.0, "seen": 200.0, "tosses": 200, "seed": 3},
        story=_COIN,
        asked={"worth": (0.1, 2.0, 200.0), "margin": (0.02, 0.05), "seen": (200.0,)},
    ),
    "ten": Scene(
        "Nine of ten",
        {"heads": 9.0, "worth": 2.0, "margin": 0.0, "seen": 10.0, "tosses": 10, "seed": 2, "view": "heights"},
        story=_COIN,
    ),
    "nearly": Scene(
        "Fair enough?",
        {"heads": 5130.0, "worth": 2.0, "margin": 0.02, "seen": 10_000.0, "tosses": 10_000, "seed": 1}
        | {"view": "heights"},
        story=replace(_COIN, sizes=(200, 1000, 10_000)),
        asked={"margin": (0.0, 0.02)},
    ),
}
MEANS: dict[str, Scene] = {
    "sleep": Scene(
        "Ten patients",
        {"value": 0.0, "t": 0.0, "width": DEFAULT_WIDTH, "margin": 0.0, "seen": 10.0},
        story=Measured(_SLEEP, "extra sleep", "hours", "patient", "patients"),
        asked={"width": (DEFAULT_WIDTH, 5.0), "margin": (0.1,), "value": (0.0,), "t": (3.5,)},
    ),
}
STOPS: dict[str, Scene] = {
    "peek": Scene(
        "Stop when you like",
        {"real": 0.5, "demand": 10.0, "worth": 2.0},
        asked={"real": (0.5, 0.6), "demand": (3.0, 10.0)},
    ),
}


def shares_on(source: Source) -> Scene:
    """Return a target of two classes as a record of which class each row is of; the first class is counted."""
    if source.dataset.task != "classification":
        of_numbers(source)
    of_classes(source, 2, "a share has two sides, so choose a target of two classes")
    data, (one, many) = source.dataset, source.point
    record = (data.y == 1).astype(float)
    heads, n = float(record.sum()), len(record)
    story = Tossed(f"share of “{data.classes[1]}”", one, many, (data.classes[1], data.classes[0]), record, (n,))
    start = {"heads": heads, "worth": 2.0, "margin": 0.0, "seen": float(n), "tosses": n, "seed": 1}
    return Scene(data.title or "Your data", start, story=story, asked={"worth": (2.0,)})


def means_on(source: Source) -> Scene:
    """Return a target in numbers as values whose mean is tested against a round number near it."""
    of_numbers(source)
    of_rows(source, 2, "a mean needs some spread around it")
    data = among(source.dataset, 0, 2000)
    name, unit = name_of(data.target_name), unit_of(data.target_name)
    story = Measured(np.asarray(data.y, float), name, unit, *source.point)
    against = round_value(float(data.y.mean()), float(data.y.std()))
    start = {"value": against, "t": 0.0, "width": DEFAULT_WIDTH, "margin": 0.0, "seen": float(len(data.y))}
    return Scene(data.title or "Your data", start, story=story, asked={"width": (DEFAULT_WIDTH,)})
