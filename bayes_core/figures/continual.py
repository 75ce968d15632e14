"""Pictures of learning in turns: the curve with its bands over what was seen, and the error on each task over turns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Axes
from bayes_core.evaluation.continual import Along, Task, Told
from bayes_core.figures.curves import both_edges
from bayes_core.figures.frames import broken, loop
from bayes_core.figures.parts import area, chart, dots, line

Numbers = dict[str, FloatArray]
DECADES = (0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
"""What is written on the axis of errors, which is logarithmic."""
_STUB = 0.2  # of a turn, by which the lines are drawn on: the last task has been learnt just now
_BANDS = (
    ("predictive", "aleatoric", 0.10, 0.6),
    ("credible", "posterior", 0.17, 0.6),
    ("inner", "posterior", 0.3, 0.35),
)


# --------------------------------------------------------------------------------------------------- the curve
def curve_figure(
    x: FloatArray, tasks: Sequence[Task], truth: FloatArray | None, members: int, axes: Axes, borders: Sequence[float]
) -> Any:
    """Return the figure that `curve_numbers` move; `borders` part the places of tasks, where each has one."""
    around, many = np.concatenate([x, x[::-1]]), np.tile([*x, np.nan], members)
    at = np.concatenate([task.x for task in tasks])
    low, high = axes.y_range
    upright = [value for border in borders for value in (border, border, np.nan)]
    parts = []
    if borders:
        parts.append(line("borders", upright, [low, high, np.nan] * len(borders), "muted", 1, "dotted", 0.5))
        middle = [float(task.x.min() + task.x.max()) / 2 for task in tasks]
        parts += [line(f"place {k}", [at], [low], "muted", 1, opacity=0.0) for k, at in enumerate(middle, 1)]
    parts += [area(name, around, np.full(2 * len(x), np.nan), ink, fill, edge) for name, ink, fill, edge in _BANDS]
    parts += [
        line("members", many, np.full(len(many), np.nan), "posterior", 0.9, opacity=0.3),
        line("reference", [*x, np.nan, *x], np.full(2 * len(x) + 1, np.nan), "reference", 1.8, "dotted"),
    ]
    if truth is not None:
        parts.append(line("truth", x, truth, "truth", 1.6, "dashed"))
    empty = np.full(len(at), np.nan)
    parts += [dots("gone", at, empty, size=8, symbol="circle-open"), dots("now", at, empty, size=10)]
    return chart(parts, axes.x_range, axes.y_range, axes.x_ticks, axes.y_ticks, axes.x_title, axes.y_title)


def curve_numbers(found: Along, tasks: Sequence[Task], seen: FloatArray, axes: Axes) -> Numbers:
    """Return what moves: bands, members, all rows at once, and which rows are at hand (now) or gone."""
    whose = np.repeat(np.arange(1, len(tasks) + 1), [len(task.x) for task in tasks])
    y = np.concatenate([task.y for task in tasks])
    bands = {f"{name}.y": loop(axes.clip(low), axes.clip(high)) for name, (low, high) in found.turns.edges.items()}
    low, high = (axes.clip(edge) for edge in found.together.edges["credible"])
    pairs = zip(low, high, strict=True)
    return bands | {
        "members.y": broken(axes.clip(found.turns.members)),
        "reference.y": np.stack([both_edges(a, b) for a, b in pairs]),
        "now.y": np.where(whose == seen[:, None], y, np.nan),
        "gone.y": np.where(whose < seen[:, None], y, np.nan),
    }


# ------------------------------------------------------------------------------------------ what is still known
def known_figure(tasks: int, title: str) -> Any:
    """Return the figure that `known_numbers` move: the error on each task, after 0 to all tasks."""
    after = np.arange(tasks + 1.0)
    along, empty = [*after, tasks + _STUB], np.full(tasks + 2, np.nan)
    parts = []
    for k in range(1, tasks + 1):
        ink, width, opacity = ("posterior", 2.8, 1.0) if k == 1 else ("posterior", 1.3, 0.6)
        parts.append(line(f"task {k}", along, empty, ink, width, opacity=opacity))
        parts.append(dots(f"learnt {k}", [k], [np.nan], "data", 8, hover="learnt"))
    ends = np.log10([DECADES[0], DECADES[-1]])
    words = [f"{value:g}" for value in DECADES]
    ticks = np.log10(DECADES)
    return chart(parts, (0.0, tasks + _STUB), tuple(ends), after, ticks, "tasks learnt", title, y_texts=words)


def known_numbers(errors: FloatArray) -> Numbers:
    """Return what moves: errors (V, T + 1, K), in their logarithm, from the turn on in which a task was learnt."""
    with np.errstate(divide="ignore"):
        height = np.clip(np.log10(errors), *np.log10([DECADES[0], DECADES[-1]]))
    after = np.arange(errors.shape[1])
    made: Numbers = {}
    for k in range(1, errors.shape[2] + 1):
        own = height[:, :, k - 1]
        known = np.where(after >= k, own, np.nan)
        made[f"task {k}.y"] = np.concatenate([known, own[:, -1:]], axis=1)
        made[f"learnt {k}.y"] = own[:, [k]]
    return made


__all__ = ["Told", "curve_figure", "curve_numbers", "known_figure", "known_numbers"]
