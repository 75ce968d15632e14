"""A ladder of models as a stage: fit, scores and weights of each in one column, and what a width changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.checks import FloatArray
from bayes_core.evaluation.complexity import Judged
from bayes_core.figures.parts import chart, dots
from bayes_core.numerics.rounding import ticks

Range = tuple[float, float]
_OFF = 0.7  # heights of a fit's picture above and below it at which a band is cut
_SCORES = {"evidence": "evidence", "left_out": "left_out", "fit": "fit", "true.y": "held_out"}


def ladder_stage(
    names: Sequence[str],
    points: Sequence[tuple[float, float]],
    ranges: tuple[Range, Range],
    x: FloatArray,
    axes: tuple[Range, Range],
    words: Mapping[str, Any],
    handle: str = "width",
) -> dict[str, Any]:
    """Return what stays: the columns' names, the data, the axes of a fit, of the scores and of the drift, and words."""
    scales = [{"low": low, "high": high, "marks": list(ticks(low, high))} for low, high in axes]
    return {
        "type": "ladder",
        "names": list(names),
        "points": [list(point) for point in points],
        "x_range": list(ranges[0]),
        "y_range": list(ranges[1]),
        "x": x.tolist(),
        "scores": scales[0],
        "drift": scales[1],
        "handle": handle,
        "words": dict(words),
    }


def score_axis(judged: Judged) -> Range:
    """Return the axis of all scores at every width; evidence far below what leave-one-out spans is cut."""
    scores = [judged.left_out, judged.fit] + ([] if judged.held_out is None else [judged.held_out])
    high = max(float(score.max()) for score in scores)
    low = min(float(score.min()) for score in scores[:1])
    span = max(high - low, 4.0)
    return max(high - 1.75 * span, float(min(judged.evidence.min(), low - 0.1 * span))), high + 0.06 * span


def drift_axis(factor: FloatArray, gap: FloatArray, error: FloatArray) -> Range:
    """Return the axis of both differences over all widths; zero is on it.

    >>> drift_axis(np.array([3.0, -6.0]), np.array([10.0, 11.0]), np.array([2.0, 2.0]))
    (-6.95, 13.95)
    """
    values = np.concatenate([factor, gap - error, gap + error, [0.0]])
    low, high = float(values.min()), float(values.max())
    room = 0.05 * max(high - low, 1.0)
    return low - room, high + room


def ladder_numbers(
    judged: Judged, bands: FloatArray, y_range: Range, pair: tuple[FloatArray, FloatArray, FloatArray], axis: Range
) -> dict[str, FloatArray]:
    """Return what moves, (V, n): bands (D + 1, 2, V, G), scores, weights and which are best; and the drift (1, V).

    `pair` are the log Bayes factor, the difference by leave-one-out, and the error of that, at every width (V,).
    """
    room = _OFF * (y_range[1] - y_range[0])
    cut = np.clip(bands, y_range[0] - room, y_range[1] + room)
    scores = {name: getattr(judged, of) for name, of in _SCORES.items() if getattr(judged, of) is not None}
    below = axis[0] - 0.05 * (axis[1] - axis[0])
    factor, gap, error = pair
    return {
        "bands": cut[:-1].transpose(2, 0, 1, 3).reshape(bands.shape[2], -1),
        "average": cut[-1].transpose(1, 0, 2).reshape(bands.shape[2], -1),
        **{name: np.maximum(score, below).T for name, score in scores.items()},
        "error": judged.error.T,
        "probability": judged.probability.T,
        "stacked": judged.stacked.T,
        "best": np.stack([judged.evidence.argmax(0), judged.left_out.argmax(0)], axis=1).astype(float),
        "factor": factor[None],
        "gap": gap[None],
        "gap.error": error[None],
    }


def ladder_figure(probability: ArrayLike, names: Sequence[str] = ()) -> Any:
    """Return how probable every model is, for whoever has none of our JavaScript.

    >>> ladder_figure([0.25, 0.75])["data"][0]["y"]
    [25.0, 75.0]
    """
    share = 100 * np.asarray(probability, float)
    traces = [dots("probability", np.arange(len(share)), share, "posterior", 12, "circle", "%{y:.2g} %")]
    marks = tuple(range(len(share)))
    return chart(traces, (-0.5, len(share) - 0.5), (0.0, 105.0), marks, (0, 50, 100), "degree", "probability, %")
