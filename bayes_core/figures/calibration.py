"""Pictures of what forecasts promise and keep: the reliability diagram, and the coverage curve with its PIT histogram.

Both stand over a strip on the same horizontal axis, in per cent, with the histogram of what was said, or of the PIT.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.evaluation.calibration.along import LEVELS, PROMISED, TOLD, BandJudgement, ClassJudgement
from bayes_core.figures.parts import area, chart, dots, line, with_strip

Numbers = dict[str, FloatArray]

TOP, STRIP = 103.0, 1.04
"""The upper end of the axis; that of the strip, in which the highest bar is 1."""
_HALF = 1.1  # per cent, half of a consistency bar's width
_SIDES = {"sure": (88.0, 3.0), "modest": (30.0, 82.0)}
"""Where the names of both sides hang."""
_SYMBOL = {"map": "diamond"}
_SIZES = {"few": (7.0, 0.0), "some": (10.0, 0.1), "many": (13.0, 0.4)}
"""Marks by how full their bin is: their size in px, and from which share of the fullest bin's count on."""


# ----------------------------------------------------------------------------------------------- the reliability
def reliability_figure(concept: str, most_bins: int, titles: tuple[str, str, str]) -> Any:
    """Return the figure that `reliability_numbers` move, in the ink of the forecaster."""
    bow = [0, 50, 50, 100, 100, 50, 50, 0, 0], [0, 50, 50, 100, 50, 50, 50, 50, 0]
    traces = [
        area("too sure", *bow, "muted", 0.075, 0.0),
        *_words_for_sides(),
        area("bars", *_empty(6 * most_bins), "muted", 0.3, 0.85),
        line("calibrated", [0, 100], [0, 100], "truth", 1.6, "dashed"),
        line("before", *_empty(most_bins), "muted", 1.2),
        line("before place", *_empty(1), "muted", 1, opacity=0.0),
        line("bar middle", *_empty(most_bins), "muted", 1, opacity=0.0),
        line("stems", *_empty(3 * most_bins), concept, 2, opacity=0.5),
        line("joined", *_empty(most_bins), concept, 1.3, opacity=0.55),
        *(
            _marks(f"marks {name}", concept, most_bins, size, "said %{x:.0f} %, it was %{y:.0f} %")
            for name, (size, _) in _SIZES.items()
        ),
    ]
    return _chart(traces, [_heap(concept, most_bins)], titles)


def reliability_numbers(told: ClassJudgement, before: ClassJudgement, moved: NDArray[np.bool_]) -> Numbers:
    """Return what moves: bars of consistency, marks, stems, and how often each was said.

    `before` is one judgement, drawn where it was `moved` (V,) away from.
    """
    said, happened = 100 * told.said, 100 * told.happened
    lower, upper = 100 * told.lower, 100 * told.upper
    moving = _wide(before.said, said.shape[1]), _wide(before.happened, said.shape[1])
    return (
        {
            "bars.x": _each(said - _HALF, said + _HALF, said + _HALF, said - _HALF, said - _HALF),
            "bars.y": _each(lower - 0.4, lower - 0.4, upper + 0.4, upper + 0.4, lower - 0.4),
            "before.x": np.where(moved[:, None], _closed(100 * moving[0]), np.nan),
            "before.y": np.where(moved[:, None], _closed(100 * moving[1]), np.nan),
            **_named(_closed(100 * moving[0]), _closed(100 * moving[1]), moved, 1),
            "bar middle.x": _closed(said),
            "bar middle.y": _closed((lower + upper) / 2),
            "stems.x": _each(said, said),
            "stems.y": _each(said, happened),
            "joined.x": _closed(said),
            "joined.y": _closed(happened),
        }
        | _sized(said, happened, told.counts / told.most_filled()[:, None])
        | _bars(told.counts, told.sizes, told.most_filled())
    )


def joined_marks(told: ClassJudgement) -> tuple[FloatArray, FloatArray]:
    """Return what was said and how often it happened, in per cent (V, B); NaN where nothing was."""
    return 100 * told.said, 100 * told.happened


# ------------------------------------------------------------------------------------------------ coverage and PIT
def coverage_figure(concept: str, most_bins: int, titles: tuple[str, str, str]) -> Any:
    """Return the figure that `coverage_numbers` move."""
    levels = 100 * LEVELS
    traces = [
        area("too sure", [0, 100, 100], [0, 100, 0], "muted", 0.075, 0.0),
        *_words_for_sides(),
        area("band", np.concatenate([levels, levels[::-1]]), _empty(2 * len(levels))[1], "muted", 0.36, 0.85),
        line("calibrated", [0, 100], [0, 100], "truth", 1.6, "dashed"),
        line("before", levels, _empty(len(levels))[1], "muted", 1.2),
        line("before place", *_empty(1), "muted", 1, opacity=0.0),
        line("stems", *_empty(6), concept, 2, opacity=0.5),
        line("curve", levels, _empty(len(levels))[1], concept, 2.2),
        _marks("marks", concept, 2, 12, "promised %{x:.0f} %, kept %{y:.0f} %"),
    ]
    allowed = [
        area("bar band", *_empty(4), "muted", 0.36, 0.85),
        line("expected", [0, 100], [np.nan, np.nan], "truth", 1.3, "dashed"),
    ]
    return _chart(traces, [_heap(concept, most_bins), *allowed], titles)


def coverage_numbers(told: BandJudgement, before: BandJudgement, moved: NDArray[np.bool_]) -> Numbers:
    """Return what moves: the curve in its band, two of its levels as marks, and the PIT histogram in its own."""
    marked = [TOLD.index(0.5), TOLD.index(PROMISED)]
    at = np.broadcast_to(100 * np.array(TOLD)[marked], (len(told.points), 2))
    kept = 100 * told.told[:, marked]
    most = np.maximum(np.nanmax(told.counts, axis=1), 2.6 * told.expected)
    low, high, middle = (_height(part[:, None], most) for part in (told.bar_lower, told.bar_upper, told.expected))
    return {
        "band.y": 100 * np.concatenate([told.upper, told.lower[:, ::-1]], 1),
        "before.y": np.where(moved[:, None], 100 * before.kept, np.nan),
        **_named(100 * LEVELS[None], 100 * before.kept, moved, 24),
        "curve.y": 100 * told.kept,
        "stems.x": _each(at, at),
        "stems.y": _each(at, kept),
        "marks.x": at,
        "marks.y": kept,
        "bar band.x": np.array([[0.0, 100, 100, 0]]),
        "bar band.y": np.concatenate([high, high, low, low], 1),
        "expected.y": np.repeat(middle, 2, 1),
    } | _bars(told.counts, told.sizes, most)


# ------------------------------------------------------------------------------------------------------- the parts
def _chart(traces: list[dict[str, Any]], strip: list[dict[str, Any]], titles: tuple[str, str, str]) -> Any:
    x_title, y_title, strip_title = titles
    made = chart(traces, (0, 100), (0, TOP), np.arange(0, 101, 20), (0, 25, 50, 75, 100), x_title, y_title)
    return with_strip(made, strip, (0, STRIP), (), strip_title, share=0.22)


def _words_for_sides() -> list[dict[str, Any]]:
    """Return unseen points from which the names of both sides hang."""
    return [line(f"{name} place", [x], [y], "muted", 1, opacity=0.0) for name, (x, y) in _SIDES.items()]


def _marks(name: str, concept: str, most: int, size: float, hover: str) -> dict[str, Any]:
    return dots(name, *_empty(most), concept, size, _SYMBOL.get(concept, "circle"), hover)


def _heap(concept: str, most_bins: int) -> dict[str, Any]:
    return area("heap", *_empty(6 * most_bins), concept, 0.42, 0.0)


def _sized(said: FloatArray, happened: FloatArray, share: FloatArray) -> Numbers:
    """Return marks (V, B), each in the trace of its size by the share of the fullest bin's count that it holds."""
    least = [low for _, low in _SIZES.values()] + [np.inf]
    made: Numbers = {}
    for n, name in enumerate(_SIZES):
        own = (share >= least[n]) & (share < least[n + 1])
        made |= {f"marks {name}.x": np.where(own, said, np.nan), f"marks {name}.y": np.where(own, happened, np.nan)}
    return made


def _named(x: FloatArray, y: FloatArray, moved: NDArray[np.bool_], at: int) -> Numbers:
    """Return the point of a line from which the word "before" hangs, where there is a before."""
    at = min(at, y.shape[1] - 1)
    return {
        "before place.x": x[:, at : at + 1],
        "before place.y": np.where(moved[:, None], y[:, at : at + 1], np.nan),
    }


def _bars(counts: FloatArray, sizes: FloatArray, most: FloatArray) -> Numbers:
    """Return bars of equal width in the strip; a count of `most` (V,) is as high as the strip."""
    bins = np.arange(counts.shape[1])
    left = np.where(bins < sizes[:, None], 100 * bins / sizes[:, None] + 0.25, np.nan)
    right = left + 100 / sizes[:, None] - 0.5
    height, floor = _height(counts, most), np.zeros_like(left)
    return {"heap.x": _each(left, right, right, left, left), "heap.y": _each(floor, floor, height, height, floor)}


def _height(counts: FloatArray, most: FloatArray) -> FloatArray:
    height: FloatArray = counts / most[:, None]
    return height


def _each(*corners: FloatArray) -> FloatArray:
    """Return outlines or strokes through corners (V, B) each, a gap after each, as one trace (V, n)."""
    stacked = np.stack([*corners, np.full_like(corners[0], np.nan)], axis=2)
    made: FloatArray = np.where(np.isfinite(stacked).sum(2, keepdims=True) == len(corners), stacked, np.nan)
    return made.reshape(len(made), -1)


def _closed(values: FloatArray) -> FloatArray:
    """Return values (V, B) with the gaps at the end, so that a line through them passes over empty bins."""
    order = np.argsort(~np.isfinite(values), axis=1, kind="stable")
    return np.take_along_axis(values, order, 1)


def _wide(values: FloatArray, size: int) -> FloatArray:
    """Return values (1, b) filled up with gaps to (1, size)."""
    return np.pad(values, ((0, 0), (0, max(size - values.shape[1], 0))), constant_values=np.nan)[:, :size]


def _empty(size: int) -> tuple[FloatArray, FloatArray]:
    return np.full(size, np.nan), np.full(size, np.nan)


__all__ = ["coverage_figure", "coverage_numbers", "reliability_figure", "reliability_numbers"]
