"""The picture of a line with its uncertainty: one function makes the figure, the same one its frames."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Axes
from bayes_core.figures.frames import Frames, broken, loop
from bayes_core.figures.parts import area, chart, dots, line
from bayes_core.summaries.summary import decimals, number
from bayes_core.summaries.sweep import Sweep

CONCEPT = {"prior": "prior", "map": "map"}
"""Whose colour the function bands wear; every other method shows a posterior."""


def traces(sweep: Sweep, axes: Axes) -> dict[str, FloatArray]:
    """Return the y values (V, n) of every named trace at every position of a sweep."""
    numbers = {name: loop(axes.clip(i.lower), axes.clip(i.upper)) for name, i in sweep.intervals.items()}
    numbers["members"] = broken(axes.clip(sweep.members[:, :, [0, -1]]))
    numbers["data"] = sweep.track.y if np.ptp(sweep.track.y, axis=0).any() else sweep.track.y[:1]
    if sweep.reference:
        edges = [axes.clip(edge) for i in sweep.reference.values() for edge in (i.lower, i.upper)]
        numbers["reference"] = broken(np.stack(edges, axis=1))
    return numbers


def figure(sweep: Sweep, axes: Axes, method: str, truth: FloatArray | None, position: int = 0) -> Any:
    """Return the plotly Figure of one position: nested bands, member lines, truth (G,) and data, all named."""
    import plotly.graph_objects as go  # noqa: PLC0415 (slow to import; only charts need it)

    y = {name: values[min(position, len(values) - 1)] for name, values in traces(sweep, axes).items()}
    grid = sweep.lens.x[:, 0]
    ends = grid[[0, -1]]
    around = np.concatenate([grid, grid[::-1]])
    colour = CONCEPT.get(method, "posterior")
    edge, width = (0.9, 2.4) if method == "map" else (0.6, 1)  # one line has no band to be seen by
    lines = np.tile([*ends, np.nan], sweep.members.shape[1])
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
    return go.Figure(chart(parts, axes.x_range, axes.y_range, axes.x_ticks, axes.y_ticks, *titles))


def estimates(mean: FloatArray, sd: FloatArray, mcse: FloatArray) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the texts (V,) of a mean and of its sd, each with the digits that their Monte-Carlo error allows."""
    centre, spread = [], []
    for m, s, e in zip(mean, sd, mcse, strict=True):
        if not np.isfinite(m):
            centre.append("–")
            spread.append("")
            continue
        places = decimals(float(m), float(s), float(e))
        centre.append(number(float(m), places))
        spread.append(number(float(s), places) if s > 0 else "")
    return tuple(centre), tuple(spread)


def worth_words(worth: FloatArray, unit: tuple[str, str]) -> tuple[str, ...]:
    """Return "about 3 points", in the scene's own unit (one, many).

    >>> worth_words(np.array([0.02, 1.04, 30.0]), ("test", "tests"))
    ('less than a tenth of a test', '1.0 tests', '30 tests')
    """
    one, many = unit
    return tuple(
        "–"
        if not np.isfinite(w)
        else f"less than a tenth of a {one}"
        if w < 0.095
        else f"{w:.1f} {many}"
        if w < 9.5
        else f"{number(float(w), 0 if w < 1e4 else -2)} {many}"
        for w in worth
    )


def frames(
    sweep: Sweep,
    axes: Axes,
    names: Mapping[str, str],
    truths: Mapping[str, FloatArray],
    unit: tuple[str, str],
) -> Frames:
    """Return what each trace, marginal, joint outline and readout shows at every position.

    names maps a parameter ("coef[0]") to what the page calls it ("slope"); truths (V,) or (1,) are drawn dashed.
    """
    numbers = {f"{name}.y": values for name, values in traces(sweep, axes).items()}
    words: dict[str, tuple[str, ...]] = {"value": tuple(f"{v:.3g}" for v in sweep.track.values)}
    for parameter, marginal in sweep.marginals.items():
        name = names[parameter]
        numbers[f"{name}.density"] = marginal.density
        numbers[f"{name}.prior"] = marginal.prior if np.ptp(marginal.prior, axis=0).any() else marginal.prior[:1]
        if parameter in truths:
            numbers[f"{name}.truth"] = truths[parameter][:, None]
        words[name], words[f"{name}.sd"] = estimates(marginal.mean, marginal.sd, marginal.mcse)
    for level, outline in sweep.joint.items():
        numbers[f"joint.{level:g}"] = outline[:, :, :2].reshape(len(outline), -1)
    numbers["joint.dots"] = sweep.member_weights[:, :, :2].reshape(len(sweep.member_weights), -1)
    words["worth"] = worth_words(sweep.worth, unit)
    words["alt"] = alternative(sweep)
    return Frames(sweep.track.handle, sweep.track.values, numbers, words, sweep.trusted)


def alternative(sweep: Sweep) -> tuple[str, ...]:
    """Return, for every position, the finding in words for those who do not see the picture."""
    credible, predictive = sweep.intervals["credible"], sweep.intervals["predictive"]
    slope = sweep.marginals["coef[0]"]
    texts = []
    for v, (mean, sd) in enumerate(zip(*estimates(slope.mean, slope.sd, slope.mcse), strict=True)):
        ends = [(interval.lower[v, -1], interval.upper[v, -1]) for interval in (credible, predictive)]
        if not np.isfinite(ends).all():
            texts.append("The draws at hand cannot answer here; release the handle to fit anew.")
            continue
        (a, b), (c, d) = [[number(e, decimals(e, high - low)) for e in (low, high)] for low, high in ends]
        plus = f" plus or minus {sd}" if sd else ""
        texts.append(
            f"{len(sweep.track.y[v])} points and the lines that fit them: slope {mean}{plus}. At the right edge the "
            f"{credible.label} band runs from {a} to {b}, the {predictive.label} band from {c} to {d}."
        )
    return tuple(texts)
