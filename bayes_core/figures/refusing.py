"""Charts of a classifier that may refuse, and of methods over the width of a prior."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.figures.parts import chart, dots, line

Numbers = dict[str, FloatArray]


def refusal_figure(concept: str, places: int, x_title: str, y_title: str) -> Any:
    """Return the chart that `refusal_numbers` move: of those answered so many are right, in per cent."""
    empty = np.full(places, np.nan)
    traces = [
        line("everything", [0, 100], [np.nan, np.nan], "muted", 1.3, "dotted"),
        line("other", empty, empty, "muted", 1.6, "dashed"),
        line("curve", empty, empty, concept, 2.2),
        dots("here", [np.nan], [np.nan], concept, 13, "circle", "%{x:.0f} % answered, %{y:.1f} % of them right"),
    ]
    return chart(traces, (0, 100), (40, 101), np.arange(0, 101, 20), np.arange(40, 101, 20), x_title, y_title)


def refusal_numbers(share: FloatArray, right: FloatArray, other: FloatArray, everything: float) -> Numbers:
    """Return what moves at shares answered (V,): the curve of the score that refuses, and that of the other one.

    >>> made = refusal_numbers(np.array([0.5, 1.0]), np.array([1.0, 0.9]), np.array([1.0, 0.9]), 0.9)
    >>> made["here.y"][:, 0].tolist(), made["curve.y"].tolist()
    ([100.0, 90.0], [[100.0, 90.0]])
    """
    return {
        "curve.x": 100 * share[None],
        "curve.y": 100 * right[None],
        "other.x": 100 * share[None],
        "other.y": 100 * other[None],
        "everything.y": np.full((1, 2), 100 * everything),
        "here.x": 100 * share[:, None],
        "here.y": 100 * right[:, None],
    }


def widths_figure(
    methods: Sequence[tuple[str, str, str]], at: Sequence[float], y: tuple[float, float], titles: tuple[str, str]
) -> Any:
    """Return the chart of log scores over prior widths: `methods` are (name, concept, dash), the widths rise."""
    places, empty = np.log10(at), np.full(len(at), np.nan)
    traces = [line("here", [np.nan, np.nan], y, "prior", 1.6)]
    for name, concept, dash in methods:
        traces.append(line(name, places, empty, concept, 2.0, dash))
        traces.append(dots(f"{name} dots", places, empty, concept, 9, "circle", "%{y:.3f}"))
    ends = (float(places[0]) - 0.06, float(places[-1]) + 0.06)
    marks = np.round(np.arange(y[0], y[1] + 0.05, 0.1), 3)
    texts = [f"× {width:g}" for width in at]
    return chart(traces, ends, y, places, marks, *titles, x_texts=texts)


def widths_numbers(scores: Mapping[str, FloatArray], at: Sequence[float]) -> Numbers:
    """Return the log scores (V,) of each method as its line and its dots, and a line where the handle stands."""
    here = {"here.x": np.repeat(np.log10(at)[:, None], 2, axis=1)}
    places = np.log10(at)[None]
    made = {f"{name}{part}": rows for name, rows in scores.items() for part in ("", " dots")}
    axes = {f"{name}.x": places for name in made}  # where a link asks for a width between, there is one more
    return here | axes | {f"{name}.y": rows[None] for name, rows in made.items()}
