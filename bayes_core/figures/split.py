"""The picture of a split: data and nested bands above, both parts of the variance in layers below, on one x axis."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.data.source import Axes
from bayes_core.evaluation.splits import Split
from bayes_core.figures.frames import broken, loop
from bayes_core.figures.parts import area, chart, dots, line, with_strip
from bayes_core.figures.theme import ink

SHARE = 0.53
"""Of the height, for the variance."""

_OFF = 4  # times the height of the lower plot: farther up nothing is drawn
_STRIPES = {"shape": "/", "fgcolor": ink("paper", 0.85), "size": 6, "solidity": 0.6, "fillmode": "overlay"}


def numbers(
    shown: Split, before: Split | None, true: FloatArray, guess: NDArray[np.bool_], axes: Axes, most: float
) -> dict[str, FloatArray]:
    """Return the traces (V, n): bands and curves of f, the layers, the true variance (V, G), and what stood before."""

    def hold(values: FloatArray) -> FloatArray:
        return np.clip(values, 0, _OFF * most)

    own, both = hold(shown.parts.aleatoric), hold(shown.parts.total)
    floor = np.where(np.isnan(own), np.nan, 0.0)
    made = {f"{name}.y": loop(*map(axes.clip, shown.edges[name])) for name in shown.edges if name != "inner"}
    made |= {
        "members.y": broken(axes.clip(shown.members)),
        "aleatoric.y": loop(floor, own),
        "guess.y": loop(floor, np.where(guess, own, floor)),
        "epistemic.y": loop(own, both),
        "own.y": own,
        "both.y": both,
        "true noise.y": hold(true),
    }
    return made if before is None else made | {"before.y": hold(before.parts.total)}


def spot(name: str, here: FloatArray, total: FloatArray, most: float) -> dict[str, FloatArray]:
    """Return a dot on the layers at one place for each position, (V, 1); above the picture it is not seen."""
    return {f"{name}.x": here[:, None], f"{name}.y": np.where(total > most, 2 * most, total)[:, None]}


def figure(
    x: FloatArray,
    data: tuple[FloatArray, FloatArray],
    truth: FloatArray,
    axes: Axes,
    most: float,
    ticks: tuple[float, ...],
    title: str,
    *,
    predictive: bool,
    members: int,
    before: bool,
    added: int,
    outside: float | None,
) -> dict[str, Any]:
    """Return the figure that `numbers` and `spot` move, at places x (G,); `outside` is a second place that is asked."""
    around, none, empty = np.concatenate([x, x[::-1]]), np.full(2 * len(x), np.nan), np.full(len(x), np.nan)
    many = np.tile([*x, np.nan], members)
    above = [
        *([area("predictive", around, none, "aleatoric", 0.10, 0.6)] if predictive else []),
        area("credible", around, none, "epistemic", 0.26, 0.7),
        line("members", many, np.full(len(many), np.nan), "epistemic", 0.9, opacity=0.3),
        line("truth", x, truth, "truth", 1.6, "dashed"),
        dots("data", *data, size=7.5) | {"cliponaxis": True},
    ]
    if added:
        above.append(_rings("added", np.full(added, x[0]), np.full(added, 10 * axes.y_range[1])))
    hatched = area("guess", around, none, "paper", 0.0, 0.0) | {"fillpattern": _STRIPES}
    below = [
        area("aleatoric", around, none, "aleatoric", 0.30, 0.0),
        hatched,
        area("epistemic", around, none, "epistemic", 0.36, 0.0),
        line("own", x, empty, "aleatoric", 1.6),
        line("both", x, empty, "epistemic", 1.6),
        line("true noise", x, empty, "truth", 1.6, "dashed"),
    ]
    if before:
        below += [line("before", x, empty, "muted", 1.2), line("before mark", [x[0]], [np.nan], "muted", 1.2)]
    if outside is not None:
        below.append(line("outside", [outside, outside], [0.0, most], "data", 1.2, "short"))
    below.append(dots("spot", [x[0]], [2 * most], "epistemic", 9) | {"cliponaxis": True})
    made = chart(above, axes.x_range, axes.y_range, axes.x_ticks, axes.y_ticks, axes.x_title, axes.y_title)
    return with_strip(made, below, (0.0, most), ticks, title, share=SHARE)


def _rings(name: str, x: FloatArray, y: FloatArray) -> dict[str, Any]:
    """Return points as rings, ink on paper: rows that were added."""
    made = dots(name, x, y, "paper", 8.5)
    ring = {"width": 1.8, "color": ink("data")}
    return made | {"cliponaxis": True, "marker": made["marker"] | {"line": ring}}
