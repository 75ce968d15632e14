"""How one column of a table is spread, in 120 x 24 parts: bars or dots as HTML, in the colour of the text around it.

Streamlit takes SVG out of what a page sends as HTML, so these are boxes with a place and a size, as shares of the
picture: it is as large as letters are.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise

from bayes_core.checks import FloatArray

WIDTH = 120
FEW = 30
"""Up to so many numbers are shown as dots, each at its own place."""
_EDGE = 4.0
Range = tuple[float, float]


def bars(places: Sequence[float], counts: Sequence[int], span: Range, alt: str, far: Sequence[float] = ()) -> str:
    """Return bars at their places, the tallest as high as the picture; a hollow ring for each value that is `far` out.

    >>> bars([1.0, 3.0], [1, 2], (1.0, 3.0), "two values").count("<i ")
    2
    """
    most, wide = max(counts, default=1) or 1, _width(places, span)
    drawn = [_bar(_across(x, span), n / most, wide) for x, n in zip(places, counts, strict=True) if n]
    rings = [_mark(_across(x, span), "far") for x in far]
    return _whole("".join([*drawn, *rings]), alt)


def in_turn(counts: Sequence[int], alt: str) -> str:
    """Return bars side by side, for what has names and no places.

    >>> in_turn([5, 3, 1], "three words").count("<i ")
    3
    """
    most, step = max(counts, default=1) or 1, min((WIDTH - 2 * _EDGE) / max(len(counts), 1), 20.0)
    wide = 0.7 * step
    drawn = [_bar(_EDGE + wide / 2 + step * k, n / most, wide) for k, n in enumerate(counts)]
    return _whole("".join(drawn), alt)


def dots(values: FloatArray, span: Range, alt: str) -> str:
    """Return a dot for each of a few numbers, over the line that they lie on."""
    drawn = "".join(_mark(_across(float(x), span), "dot") for x in values)
    return _whole(f'<i class="line"></i>{drawn}', alt)


def _across(value: float, span: Range) -> float:
    low, high = span
    room = high / 2 - low / 2  # halves, since the whole may be too large for a number
    return WIDTH / 2 if room <= 0 else _EDGE + (WIDTH - 2 * _EDGE) * ((value / 2 - low / 2) / room)


def _width(places: Sequence[float], span: Range) -> float:
    across = [_across(x, span) for x in places]
    gaps = [b - a for a, b in pairwise(across) if b > a]
    return max(1.0, min(0.82 * min(gaps, default=14.0), 14.0))


def _bar(middle: float, share: float, wide: float) -> str:
    left = min(max(middle - wide / 2, 0.0), WIDTH - wide)
    high = max(100 * share, 4.0)
    return f'<i style="left:{100 * left / WIDTH:.2f}%;width:{100 * wide / WIDTH:.2f}%;height:{high:.1f}%"></i>'


def _mark(middle: float, kind: str) -> str:
    return f'<i class="{kind}" style="left:{100 * middle / WIDTH:.2f}%"></i>'


def _whole(inside: str, alt: str) -> str:
    return f'<div class="tiny" role="img" aria-label="{escape(alt)}">{inside}</div>'


__all__ = ["FEW", "WIDTH", "bars", "dots", "in_turn"]
