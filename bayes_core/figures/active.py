"""The picture of a search: what is believed above, below on the same x axis what one more measurement would tell.

And the picture of many: how far strategies come with each measurement, in worlds that they share.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.evaluation.active.along import Standing
from bayes_core.figures.curves import both_edges
from bayes_core.figures.frames import loop
from bayes_core.figures.parts import area, chart, dots, line, with_strip
from bayes_core.figures.theme import ink

Range = tuple[float, float]
SHARE = 0.3
INKS = {
    "information": "epistemic",
    "variance": "aleatoric",
    "entropy": "aleatoric",
    "remaining": "posterior",
    "random": "muted",
    "hand": "data",
}
"""The colour of each strategy: that of what it looks at."""
_ASIDE = 0.45  # of a measurement, between two strategies where the handle is
_DASHES = {"variance": "dashed", "entropy": "dashed", "random": "short"}


def numbers(
    seen: Standing, grid: FloatArray, y: Range, places: NDArray[np.intp], outcomes: FloatArray, first: int
) -> dict[str, FloatArray]:
    """Return the traces (V, n) along the measurements: bands, points, gains, and where the strategy goes next."""
    span = 3 * (y[1] - y[0])
    away = y[1] + span  # above the picture, where it is cut
    at = np.arange(len(outcomes))
    there = at[None, first:] < first + seen.n[:, None]
    shown = np.clip(np.broadcast_to(outcomes[first:], there.shape), y[0] - span, y[1] + span)
    last = first + np.maximum(seen.n - 1, 0)
    made = {
        "credible.y": loop(*(np.clip(edge, y[0] - span, y[1] + span) for edge in seen.band)),
        "measured.y": np.where(there, shown, away),
        "latest.x": grid[places[last]][:, None],
        "latest.y": np.where(seen.n > 0, np.clip(outcomes[last], y[0] - span, y[1] + span), away)[:, None],
        "gain.y": seen.gain,
        "gain area.y": loop(np.zeros_like(seen.gain), seen.gain),
        "next.x": grid[seen.next][:, None],
        "next.y": seen.told[:, None],
        "way.x": np.repeat(grid[seen.next][:, None], 2, axis=1),
    }
    if seen.predictive is not None:
        made["predictive.y"] = loop(*(np.clip(edge, y[0] - span, y[1] + span) for edge in seen.predictive))
    if seen.entropy is not None:
        made["entropy.y"] = seen.entropy
    return made


def edge_numbers(name: str, edges: tuple[FloatArray, FloatArray] | None, y: Range) -> dict[str, FloatArray]:
    """Return a band (V, G) each end as two lines, (V, 2G + 1): the one that a measurement would leave, a reference."""
    if edges is None:
        return {}
    low, high = (np.clip(edge, 3 * y[0], 3 * y[1]) for edge in edges)
    return {f"{name}.y": np.array([both_edges(a, b) for a, b in zip(low, high, strict=True)])}


def spot(here: FloatArray, told: FloatArray) -> dict[str, FloatArray]:
    """Return the dot on the gains where the reader stands, (V, 1)."""
    return {"spot.x": here[:, None], "spot.y": told[:, None]}


def figure(
    grid: FloatArray,
    truth: FloatArray,
    data: tuple[FloatArray, FloatArray],
    chosen: FloatArray,
    axes: tuple[Range, Sequence[float], Sequence[float], str, str],
    strip: tuple[float, Sequence[float], str],
    strategy: str,
    *,
    classes: bool,
) -> dict[str, Any]:
    """Return the figure that `numbers` move: `data` are measured first, at `chosen` (T,) the others may come.

    `axes` are the y range, ticks across and up, and both titles; `strip` its height, ticks and title.
    """
    y, x_ticks, y_ticks, x_title, y_title = axes
    most, ticks, title = strip
    around, empty = np.concatenate([grid, grid[::-1]]), np.full(2 * len(grid), np.nan)
    none = np.full(len(grid), np.nan)
    twice = [*grid, np.nan, *grid]
    away = np.full(len(chosen), y[1] + 10 * (y[1] - y[0]))
    above = [
        *([] if classes else [area("predictive", around, empty, "aleatoric", 0.10, 0.6)]),
        area("credible", around, empty, "posterior", 0.24, 0.7),
        *([line("reference", twice, np.full(len(twice), np.nan), "reference", 1.8, "dotted")] if classes else []),
        *([] if classes else [line("after", twice, np.full(len(twice), np.nan), "posterior", 1.6, "dotted")]),
        line("truth", grid, truth, "truth", 1.6, "dashed"),
        dots("first", *data, size=8) | {"cliponaxis": True},
        _rings("measured", chosen, away, 8.5),
        _rings("latest", [grid[0]], [away[0]], 13),
    ]
    below = [
        area("gain area", around, empty, "epistemic", 0.26, 0.0),
        line("gain", grid, none, "epistemic", 1.8),
        *([line("entropy", grid, none, "aleatoric", 1.8, "dashed")] if classes else []),
        line("way", [grid[0], grid[0]], [0.0, most], INKS[strategy], 1.2, "short"),
        dots("next", [grid[0]], [2 * most], INKS[strategy], 11, "diamond") | {"cliponaxis": True},
        dots("spot", [grid[0]], [2 * most], "data", 8) | {"cliponaxis": True},
    ]
    made = chart(above, (float(grid[0]), float(grid[-1])), y, x_ticks, y_ticks, x_title, y_title)
    return with_strip(made, below, (0.0, most), ticks, title, share=SHARE)


def _rings(name: str, x: Any, y: Any, size: float) -> dict[str, Any]:
    """Return points as rings, ink on paper: what was measured because somebody chose to."""
    made = dots(name, x, y, "paper", size)
    ring = {"width": 1.8, "color": ink("data")}
    return made | {"cliponaxis": True, "marker": made["marker"] | {"line": ring}}


def many_figure(
    errors: Mapping[str, FloatArray],
    bits: Mapping[str, FloatArray],
    spread: tuple[str, tuple[FloatArray, FloatArray]],
    axes: tuple[Range, Sequence[float], str],
    strip: tuple[float, Sequence[float], str],
) -> dict[str, Any]:
    """Return mean errors over the number of measurements, and below them the bits.

    Of one strategy the `spread` over worlds is filled; of the others it stands where the handle is. `axes` are range,
    ticks and title of the errors, `strip` height, ticks and title of the bits.
    """
    n = np.arange(len(next(iter(bits.values()))), dtype=float)
    shaded, edges = spread
    above = [area("spread", np.concatenate([n, n[::-1]]), loop(*edges), INKS[shaded], 0.10, 0.3)]
    above += [line(f"{name} spread", [0.0, 0.0], [0.0, 0.0], INKS[name], 3.0, opacity=0.45) for name in errors]
    above += [line(name, n, mean, INKS[name], 2.4, _DASHES.get(name, "solid")) for name, mean in errors.items()]
    above += [dots(f"{name} now", [0.0], [0.0], INKS[name], 9) for name in errors]
    below = [line(f"{name} bits", n, path, INKS[name], 2.0, _DASHES.get(name, "solid")) for name, path in bits.items()]
    (low, high), ticks, title = axes
    across, marks = (0.0, float(n[-1])), np.arange(0, n[-1] + 1, 5)
    made = chart(above, across, (low, high), marks, ticks, "measurements chosen", title)
    return with_strip(made, below, (0.0, strip[0]), strip[1], strip[2], share=SHARE)


def many_numbers(
    errors: Mapping[str, tuple[FloatArray, FloatArray, FloatArray]], at: NDArray[np.intp]
) -> dict[str, FloatArray]:
    """Return dots on the mean errors after n (V,) measurements, and beside each other what worlds spread over."""
    made: dict[str, FloatArray] = {}
    for k, (name, (mean, low, high)) in enumerate(errors.items()):
        aside = np.asarray(at + _ASIDE * (k - (len(errors) - 1) / 2), np.float64)
        made[f"{name} now.x"], made[f"{name} now.y"] = aside[:, None], mean[at][:, None]
        made[f"{name} spread.x"] = np.repeat(aside[:, None], 2, axis=1)
        made[f"{name} spread.y"] = np.stack([low[at], high[at]], axis=1)
    return made
