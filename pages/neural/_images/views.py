"""What is seen of digits: small pictures with their bars, how all of them fare along a handle, how it was computed."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Scale
from bayes_core.evaluation.images import Asked, Judged
from bayes_core.figures.digits import digits_numbers, digits_stage, sketch_stage
from bayes_core.figures.panels import Along, Panel, Prose, Row, Rows, Texts
from bayes_core.figures.view import View
from bayes_core.numerics.positions import at_positions
from bayes_core.types import Dataset
from pages._ui.telling import finding
from pages._ui.words import coloured, coloured_slots

from .readouts import named, of_one, on_all, told_of_twelve

_AXES = {
    "turn": ("angle", "degrees", Scale(0, 90, (0, 30, 60, 90))),
    "blur": ("blur", "sd of the blur, px", Scale(0, 2, (0, 1, 2))),
}


def twelve(
    data: Dataset, x: FloatArray, said: Asked | None, found: Mapping[int, Judged], values: FloatArray, way: str,
    text: Mapping[str, str], opening: str, concept: str, badge: str, computed: tuple[Row, ...],
) -> View:  # fmt: skip
    """Return twelve digits (V, M, 64) along a handle, with what is said of them and of all the others."""
    size, many = x.shape[:2]
    if said is None:
        nothing = np.full((size, many, 10), np.nan)
        numbers, told = digits_numbers(x, nothing, nothing, nothing), {}
    else:
        parts = (part.reshape(size, many, -1) for part in (said.mean, said.low, said.high))
        numbers, told = digits_numbers(x, *parts), named(said, data.y, size)
    told = told | told_of_twelve(said, data.y, size) | on_all(found, size)
    return View(
        stage=digits_stage([str(int(y)) for y in data.y], coloured(text["key"]), concept),
        numbers=numbers,
        words=told,
        panels=_panels(found, values, way, text, told, computed),
        badge=(badge,),
        value=tuple(f"{value:g}" for value in values.tolist()),
        alt=finding(opening, told, size),
    )


def _panels(
    found: Mapping[int, Judged], values: FloatArray, way: str, text: Mapping[str, str], told: Mapping[str, Texts],
    computed: tuple[Row, ...],
) -> tuple[Panel, ...]:  # fmt: skip
    handle, title, scale = _AXES[way]
    every = {v: np.array([one.right, one.sure]) for v, one in found.items()}
    shares = 100 * at_positions(every, len(values), (2,)).T[:, None]  # (2, 1, V): the same wherever the handle stands
    rows = (
        Row("all.right", "named right", told["right"]),
        Row("all.sure", "how sure, on average", told["sure"]),
        Row("all.total", "predictive entropy", told["total"]),
        Row("all.mutual", "of it mutual information", told["mutual"]),
        Row("all.log", "log score", told["log"]),
    )
    where = {"handle": handle, "at": values, "x": (title, scale)}
    return (
        Along(
            text="All 359 digits that were not fitted",
            y=("per cent", Scale(0, 100, (0, 50, 100))),
            lines=(("along.sure", "how sure", "posterior", "solid"), ("along.right", "named right", "data", "dashed")),
            values={"along.right": shares[0], "along.sure": shares[1]},
            alt=tuple(f"Named right {a}, how sure {b}." for a, b in zip(told["right"], told["sure"], strict=True)),
            **where,  # type: ignore[arg-type]
        ),
        Rows(text="Of these, at this place", rows=rows),
        Rows(text="How it was computed", rows=computed),
        Prose(text="How to read it", html=coloured_slots(text["read"]), presented=False),
    )


def sketch(
    ink: str, x: FloatArray, said: Asked | None, values: FloatArray, text: Mapping[str, str], opening: str,
    concept: str, badge: str, computed: tuple[Row, ...],
) -> View:  # fmt: skip
    """Return the reader's own digit (V, 1, 64) along a handle, with what is said of it."""
    size = len(x)
    nothing = np.full((size, 10), np.nan)
    parts = (said.mean, said.low, said.high) if said else (nothing, nothing, nothing)
    told = of_one(said, size)
    rows = (
        Row("own.named", "named", told["named"]),
        Row("own.second", "or else", told["second"]),
        Row("own.total", "predictive entropy", told["total"]),
        Row("own.mutual", "of it mutual information", told["mutual"]),
    )
    return View(
        stage=sketch_stage(ink, coloured(text["key sketch"]), concept),
        numbers=digits_numbers(x, *parts),
        words=told,
        panels=(
            Rows(text="Your digit", rows=rows),
            Rows(text="How it was computed", rows=computed),
            Prose(text="How to read it", html=coloured_slots(text["read sketch"]), presented=False),
        ),
        badge=(badge,),
        value=tuple(f"{value:g}" for value in values.tolist()),
        alt=finding(opening, told, size),
    )
