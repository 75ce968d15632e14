"""What is seen of draws: streams of estimates in the cone that chance allows, and a table of what they are worth."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.figures.frames import broken, loop
from bayes_core.figures.panels import Answer, Grid, Panel, Prose, Texts
from bayes_core.figures.parts import area, chart, line
from bayes_core.figures.picture import Label
from bayes_core.figures.view import View
from bayes_core.numerics.rounding import ticks

X_TICKS = (10.0, 30.0, 100.0, 300.0, 1000.0, 4000.0)


def figure(counts: FloatArray, y: tuple[float, float], scale: float, title: str, streams: int) -> dict[str, object]:
    """Return the figure that `numbers` move: log10 of draws across, the estimate up."""
    x, empty = np.log10(counts), np.full(len(counts), np.nan)
    marks, others = ticks(y[0] * scale, y[1] * scale), streams - 1
    made: dict[str, object] = chart(
        [
            area("cone", np.concatenate([x, x[::-1]]), np.full(2 * len(x), np.nan), "muted", 0.12, 0.5),
            line("streams", np.tile([*x, np.nan], others), np.tile([*empty, np.nan], others), "posterior", 1.0,
                 opacity=0.35),
            line("exact", x[[0, -1]], [np.nan, np.nan], "reference", 2.0, "dotted"),
            line("stream", x, empty, "posterior", 2.4),
            line("here", [x[0], x[0]], [np.nan, np.nan], "data", 1.4),
        ],
        (float(x[0]), float(x[-1])),
        y,
        np.log10(X_TICKS),
        np.array(marks) / scale,
        "draws",
        title,
        [f"{tick:,.0f}" for tick in X_TICKS],
        [f"{mark:,.6g}".replace("-", "−") for mark in marks],
    )  # fmt: skip
    return made


def draws(
    counts: FloatArray,
    y: tuple[float, float],
    scale: float,
    title: str,
    estimates: FloatArray,
    error: FloatArray,
    exact: float,
    here: FloatArray,
    name: str,
    level: str,
    words: Mapping[str, Texts],
    rows: Mapping[str, list[Texts]],
    sentence: Texts,
    prose: str,
    z: float,
) -> View:
    """Return the view of a quantity: its streams (V or 1, R, T) of estimates with their standard error (V or 1, T)."""
    room = 4 * (y[1] - y[0])

    def hold(values: FloatArray) -> FloatArray:
        return np.clip(values, y[0] - room, y[1] + room)

    ends = np.broadcast_to([exact, exact], (1, 2))
    marks = np.log10(here)
    panels: tuple[Panel, ...] = (
        Answer(text=f"What they say: {name}", id="estimate", value=words["estimate"], sentence=sentence, bar=False),
        Grid(
            text="Everything read off these draws",
            columns=(("", ""), ("says", "posterior"), ("± error", ""), ("exact", "")),
            rows=rows,
        ),
        Prose(text="How to read it", html=prose, presented=False),
    )
    return View(
        figure=figure(counts, y, scale, title, estimates.shape[1]),
        numbers={
            "cone.y": loop(hold(exact - z * error), hold(exact + z * error)),
            "streams.y": broken(hold(estimates[:, 1:])),
            "stream.y": hold(estimates[:, 0]),
            "exact.y": ends,
            "here.x": np.stack([marks, marks], axis=1),
            "here.y": np.broadcast_to(np.array(y), (len(marks), 2)),
        },
        words=words,
        labels=(
            Label("cone", f"{level} of streams", "Monte-Carlo error, exact", "muted", (("cone", "high"),), 1.5),
            Label("exact", "exact", "", "reference", (("exact", "last"),)),
            Label("stream", "this stream", "and seven others", "posterior", (("stream", "last"),)),
        ),
        badge=("sampled",),
        panels=panels,
        ghost=("stream",),
        parts={"exact.y": "", "exact": ""},
    )
