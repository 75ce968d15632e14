"""The picture of a conformal band: forecast, band and days above, what it holds at each input in a strip below."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Axes
from bayes_core.evaluation.conformal.along import Along, BoolArray, Held
from bayes_core.figures.frames import broken, loop
from bayes_core.figures.parts import area, chart, dots, line, with_strip

STRIP = (0.45, 1.0)
_BELOW = 0.38  # a share that is farther below the strip is drawn there


def numbers(found: Along, days: FloatArray, common: BoolArray, axes: Axes) -> dict[str, FloatArray]:
    """Return the traces (V, n) of every position; `days` (N,) are all calibration days, of which the first are used.

    The strip is drawn at inputs that are `common` (G,) enough to be asked about. Points that are not shown stand above
    the picture, where it is cut.
    """
    away = axes.y_range[1] + 2 * (axes.y_range[1] - axes.y_range[0])
    used = np.arange(len(days)) < found.days[:, None]
    made = {f"{name}.y": rows for name, rows in _band("conformal", found.band, axes).items()}
    if found.own is not None:
        made |= {f"{name}.y": rows for name, rows in _band("own", found.own, axes).items()}
    level = found.level[:, None]
    inside = np.maximum(found.band.inside[:, common], _BELOW)
    held = np.broadcast_to(level, inside.shape)
    still = not np.ptp(found.mean, axis=0).any()
    return made | {
        "days.y": np.where(used, days, away),
        "inside.y": np.where(found.kept, found.fresh, away),
        "outside.y": np.where(found.kept, away, found.fresh),
        "truth.y": found.mean[:1] if still else found.mean,
        "above.y": loop(held, np.maximum(inside, level)),
        "below.y": loop(np.minimum(inside, level), held),
        "promised.y": np.repeat(level, 2, axis=1),
        "held.y": inside,
    }


def _band(name: str, held: Held, axes: Axes) -> dict[str, FloatArray]:
    lower, upper = axes.clip(held.lower), axes.clip(held.upper)
    return {name: loop(lower, upper), f"{name} edges": broken(np.stack([lower, upper], axis=1))}


def figure(
    x: FloatArray,
    forecast: FloatArray,
    concept: str,
    truth: FloatArray,
    days: tuple[FloatArray, FloatArray],
    fresh: tuple[FloatArray, FloatArray],
    common: BoolArray,
    axes: Axes,
    strip_title: str,
    *,
    own: bool,
) -> dict[str, Any]:
    """Return the figure that `numbers` move: at places x (G,) forecast and truth (G,), calibration and new days.

    The strip is drawn at `common` (G,) places.
    """
    ends = axes.x_range
    parts = [
        *_bands(x, days, fresh, own=own),
        line("truth", x, truth, "truth", 1.6, "dashed"),
        line("forecast", x, forecast, concept, 2.0),
    ]
    often = x[common]
    both, unknown = np.concatenate([often, often[::-1]]), np.full(2 * len(often), np.nan)
    strip = [
        area("above", both, unknown, "muted", 0.20, 0.0),
        area("below", both, unknown, "data", 0.48, 0.0),
        line("promised", ends, [np.nan, np.nan], "data", 1.2),
        line("held", often, unknown[: len(often)], "data", 2.0),
    ]
    made = chart(parts, ends, axes.y_range, axes.x_ticks, axes.y_ticks, axes.x_title, axes.y_title)
    return with_strip(made, strip, STRIP, (0.5, 0.75, 1.0), strip_title, ("50", "75", "100"))


def rows_figure(
    x: FloatArray,
    concept: str,
    rows: tuple[FloatArray, FloatArray],
    fitted: tuple[FloatArray, FloatArray],
    axes: Axes,
    *,
    own: bool,
) -> dict[str, Any]:
    """Return the figure of rows without a known truth, which `rows_numbers` move: no truth, and no strip under it.

    Rows that were `fitted` are crosses in the colour of the forecast.
    """
    parts = [
        _crosses("fitted", *fitted, concept),
        *_bands(x, rows, rows, own=own, seen=(5.0, 0.85)),
        line("forecast", x, np.full(len(x), np.nan), concept, 2.0),
    ]
    return chart(parts, axes.x_range, axes.y_range, axes.x_ticks, axes.y_ticks, axes.x_title, axes.y_title)


def rows_numbers(
    bands: Mapping[str, tuple[FloatArray, FloatArray]], forecast: FloatArray, y: FloatArray, kept: BoolArray,
    points: FloatArray, axes: Axes,
) -> dict[str, FloatArray]:  # fmt: skip
    """Return the traces (V, n): bands by name, edges (V, G) each, and rows (N,), the first `points` (V,) calibrating.

    `kept` (V, N) says which rows a band holds. Rows that are not shown stand above the picture, where it is cut.
    """
    away = axes.y_range[1] + 2 * (axes.y_range[1] - axes.y_range[0])
    calibrates = np.arange(len(y)) < points[:, None]
    made = {
        "forecast.y": axes.clip(forecast)[None],
        "days.y": np.where(calibrates, y, away),
        "inside.y": np.where(~calibrates & kept, y, away),
        "outside.y": np.where(~calibrates & ~kept, y, away),
    }
    for name, ends in bands.items():
        lower, upper = (axes.clip(edge) for edge in ends)
        made |= {f"{name}.y": loop(lower, upper), f"{name} edges.y": broken(np.stack([lower, upper], axis=1))}
    return made


def _bands(
    x: FloatArray, days: tuple[FloatArray, FloatArray], fresh: tuple[FloatArray, FloatArray], *, own: bool,
    seen: tuple[float, float] = (3.4, 0.5),
) -> list[dict[str, Any]]:  # fmt: skip
    """Return the traces that a forecast lies over: bands at places x (G,), rows that calibrate, rows that are tried.

    Those that calibrate are `seen` as dots of a size and an opacity.
    """
    around, edges = np.concatenate([x, x[::-1]]), np.tile([*x, np.nan], 2)
    none, lines = np.full(2 * len(x), np.nan), np.full(2 * len(x) + 2, np.nan)
    parts = []
    if own:
        parts += [
            area("own", around, none, "aleatoric", 0.12, 0.0),
            line("own edges", edges, lines, "aleatoric", 1.2, opacity=0.8),
        ]
    return [
        *parts,
        area("conformal", around, none, "data", 0.07, 0.0),
        _points("days", *days, seen[0], "muted", seen[1]),
        _points("inside", *fresh, 6.8),
        _rings("outside", *fresh, 8.4),
        line("conformal edges", edges, lines, "data", 1.5),
    ]


def _points(
    name: str, x: FloatArray, y: FloatArray, size: float, concept: str = "data", opacity: float = 1.0
) -> dict[str, Any]:
    return dots(name, x, y, concept, size, opacity=opacity) | {"cliponaxis": True}


def _rings(name: str, x: FloatArray, y: FloatArray, size: float) -> dict[str, Any]:
    """Return points as rings, ink on paper: what a band does not hold."""
    made = dots(name, x, y, "paper", size)
    ring = {"width": 1.8, "color": dots(name, x, y)["marker"]["color"]}
    return made | {"cliponaxis": True, "marker": made["marker"] | {"line": ring}}


def _crosses(name: str, x: FloatArray, y: FloatArray, concept: str) -> dict[str, Any]:
    made = dots(name, x, y, concept, 5, "x-thin")
    edge = {"width": 1.4, "color": dots(name, x, y, concept, opacity=0.75)["marker"]["color"]}
    return made | {"cliponaxis": True, "marker": made["marker"] | {"line": edge}}
