"""A data set as a picture of 64 x 40 pixels, to tell it from others at a glance."""

from __future__ import annotations

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Source

WIDTH, HEIGHT, _MARGIN = 64, 40, 3
_INKS = ("#7A818C", "#3D7BE0", "#C4553F")  # seen on light and dark paper alike: an image does not follow the theme
_MOST = 150  # more dots would hide each other


def thumbnail(source: Source) -> str:
    """Return rows as dots of an SVG, on the axes that lessons draw them on; of many an even choice.

    >>> from bayes_core.types import Dataset
    >>> thumbnail(Source.of(Dataset.from_arrays([1.0, 2, 3], [2.0, 1, 4]))).count("<circle")
    3
    """
    data, axes = source.dataset, source.axes
    up = data.y if data.task == "regression" or source.across is None else data.x[:, source.across]
    rows = np.unique(np.linspace(0, len(data.y) - 1, min(len(data.y), _MOST)).round().astype(int))
    x = _placed(source.seen[rows], axes.x_range, WIDTH)
    y = HEIGHT - _placed(up[rows], axes.y_range, HEIGHT)
    classes = data.y[rows].astype(int) if data.task == "classification" else np.zeros(len(rows), int)
    told = zip(x, y, classes % len(_INKS), strict=True)
    dots = (f'<circle cx="{a:.1f}" cy="{b:.1f}" r="1.6" fill="{_INKS[k]}"/>' for a, b, k in told)
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(dots)}</svg>'


def _placed(values: FloatArray, ends: tuple[float, float], size: int) -> FloatArray:
    low, high = ends
    placed: FloatArray = _MARGIN + (size - 2 * _MARGIN) * np.clip((values - low) / (high - low), 0, 1)
    return placed


__all__ = ["HEIGHT", "WIDTH", "thumbnail"]
