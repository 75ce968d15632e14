"""The picture of a line with its uncertainty: one function makes the figure, the same one its frames."""

from __future__ import annotations

from typing import Any

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Axes
from bayes_core.figures.frames import broken, loop
from bayes_core.figures.parts import area, chart, dots, line
from bayes_core.figures.theme import CONCEPT
from bayes_core.summaries.sweep import Sweep


def traces(sweep: Sweep, axes: Axes) -> dict[str, FloatArray]:
    """Return the y values (V, n) of every named trace at every position of a sweep."""
    numbers = {name: loop(axes.clip(i.lower), axes.clip(i.upper)) for name, i in sweep.intervals.items()}
    numbers["members"] = broken(axes.clip(sweep.members[:, :, [0, -1]]))
    numbers["data"] = sweep.track.y if np.ptp(sweep.track.y, axis=0).any() else sweep.track.y[:1]
    if sweep.reference:
        edges = [axes.clip(edge) for i in sweep.reference.values() for edge in (i.lower, i.upper)]
        numbers["reference"] = broken(np.stack(edges, axis=1))
    return numbers


def figure(
    sweep: Sweep, axes: Axes, method: str, truth: FloatArray | None, position: int = 0, *, waiting: bool = False
) -> dict[str, Any]:
    """Return the plotly JSON of one position: nested bands, member lines, truth (G,) and data, all named.

    While an answer is `waiting` its bands and lines are there, and empty.
    """
    y = {name: values[min(position, len(values) - 1)] for name, values in traces(sweep, axes).items()}
    members = sweep.lens.members if waiting else sweep.members.shape[1]
    if waiting:
        y |= {name: np.full(2 * len(sweep.lens.x), np.nan) for name in sweep.intervals}
        y["members"] = np.full(3 * members, np.nan)
    grid = sweep.lens.x[:, 0]
    ends = grid[[0, -1]]
    around = np.concatenate([grid, grid[::-1]])
    colour = CONCEPT.get(method, "posterior")
    edge, width = (0.9, 2.4) if method == "map" else (0.6, 1)  # one line has no band to be seen by
    lines = np.tile([*ends, np.nan], members)
    parts = [
        area("predictive", around, y["predictive"], "aleatoric", 0.10),
        area("credible", around, y["credible"], colour, 0.17, edge, width),
        area("inner", around, y["inner"], colour, 0.30, 0.35),
        line("members", lines, y["members"], colour, 0.9, opacity=0.3),
    ]
    if "reference" in y:
        repeated = np.tile([*grid, np.nan], 2 * len(sweep.reference))
        parts.append(line("reference", repeated, y["reference"], "reference", 1.8, "dotted"))
    if truth is not None:
        parts.append(line("truth", ends, truth[[0, -1]], "truth", dash="dashed"))
    many = len(y["data"]) > 50
    parts.append(dots("data", sweep.track.x[:, 0], y["data"], size=5.5 if many else 10, opacity=0.75 if many else 1))
    titles = (axes.x_title, axes.y_title)
    return chart(parts, axes.x_range, axes.y_range, axes.x_ticks, axes.y_ticks, *titles)
