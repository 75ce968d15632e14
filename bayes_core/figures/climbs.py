"""Two climbs over their steps: where each q is and how wide, and in a strip how far each is from the posterior."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.figures.parts import area, chart, line, with_strip

FLOOR, CEILING = 0.01, 300.0
"""Nats between which a divergence is drawn, on a logarithmic axis."""
_MARKS = (0.01, 0.1, 1.0, 10.0, 100.0)


def climbs_figure(
    steps: FloatArray, best: tuple[float, float], least: float, up: tuple[float, float],
    marks: tuple[tuple[float, ...], tuple[float, ...]], titles: tuple[str, str, str],
) -> Any:  # fmt: skip
    """Return the figure that `climbs_numbers` moves, over steps (T + 1,).

    `best` is the mean and width that both should reach, `least` the divergence there; `marks` are those of both axes,
    `titles` of steps, height and strip.
    """
    there, empty = np.concatenate([steps[::-1], steps]), np.full(len(steps), np.nan)
    ends = (float(steps[0]), float(steps[-1]))
    low, high = best[0] - best[1], best[0] + best[1]
    reach = [ends[0], ends[1], np.nan, ends[0], ends[1]]
    traces = [
        area("moved", there, np.concatenate([empty, empty]), "posterior", 0.17, 1.0, 1.6),
        line("weighed", [*steps, np.nan, *steps], [*empty, np.nan, *empty], "data", 1.4, "short"),
        line("best", reach, [low, low, np.nan, high, high], "reference", 1.8, "dotted"),
    ]
    under = [
        line("weighed.kl", steps, empty, "data", 1.4, "short"),
        line("moved.kl", steps, empty, "posterior", 2.0),
        line("least", ends, np.log10([least, least]), "reference", 1.8, "dotted"),
    ]
    made = chart(traces, ends, up, marks[0], marks[1], titles[0], titles[1])
    texts = tuple(f"{mark:g}" for mark in _MARKS)
    return with_strip(made, under, (np.log10(FLOOR), np.log10(CEILING)), np.log10(_MARKS), titles[2], texts, 0.36)


def climbs_numbers(
    come: FloatArray, moved: tuple[FloatArray, FloatArray], weighed: tuple[FloatArray, FloatArray],
    kl: tuple[FloatArray, FloatArray], up: tuple[float, float],
) -> Mapping[str, FloatArray]:  # fmt: skip
    """Return lower and upper edges (V, T + 1) of both climbs at steps (V, T + 1), and their divergences, held near."""
    span = up[1] - up[0]
    first, second = ([np.clip(edge, up[0] - span, up[1] + span) for edge in both] for both in (moved, weighed))
    gap = np.full((len(second[0]), 1), np.nan)
    logs = [np.log10(np.clip(values, FLOOR / 2, CEILING * 2)) for values in kl]
    return {
        "moved.x": np.concatenate([come[:, ::-1], come], 1),  # so that it ends where the climb has come to
        "moved.y": np.concatenate([first[1][:, ::-1], first[0]], 1),
        "weighed.x": np.concatenate([come, gap, come], 1),
        "weighed.y": np.concatenate([second[0], gap, second[1]], 1),
        "moved.kl.y": logs[0],
        "weighed.kl.y": logs[1],
    }
