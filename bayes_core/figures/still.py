"""A chart that stands still, as boxes of HTML: no script, any width, and the reader's own colours by CSS variables.

Streamlit takes SVG out of what a page sends as HTML, so a dot is a box with a place, and a band a box that is cut to
its outline. Places are shares of the frame, sizes are pixels: nothing is distorted where the frame is narrow.

    frame = Frame((8, 14), (3, 9));  still(frame, [frame.band(...), frame.dots(...)], ..., alt)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.checks import FloatArray
from bayes_core.data.upload.words import number

Range = tuple[float, float]


def sized(count: FloatArray, largest: float, smallest: float) -> FloatArray:
    """Return how many pixels dots are across whose area is their count; the largest is as large as said."""
    sizes: FloatArray = np.maximum(largest * np.sqrt(count / count.max()), smallest)
    return sizes


@dataclass(frozen=True)
class Frame:
    """Where data lie in the picture: both axes."""

    x: Range
    y: Range

    def across(self, x: ArrayLike) -> FloatArray:
        """Return shares from the left, in per cent."""
        return _share(x, self.x)

    def down(self, y: ArrayLike) -> FloatArray:
        """Return shares from the top, in per cent."""
        return 100 - _share(y, self.y)

    def band(self, concept: str, x: FloatArray, lower: FloatArray, upper: FloatArray, fill: float = 0.17) -> str:
        """Return an area between two curves."""
        there, back = self._points(x, upper), self._points(x[::-1], lower[::-1])
        return _cut([f"{a:.2f}% {b:.2f}%" for a, b in (*there, *back)], concept, fill)

    def line(self, concept: str, x: FloatArray, y: FloatArray, width: float = 1.2, opacity: float = 1.0) -> str:
        """Return a curve of gentle slopes, so many pixels high."""
        there = self._points(x, y)
        over = [f"{a:.2f}% calc({b:.2f}% - {width / 2:g}px)" for a, b in there]
        under = [f"{a:.2f}% calc({b:.2f}% + {width / 2:g}px)" for a, b in reversed(there)]
        return _cut([*over, *under], concept, opacity)

    def dots(self, kind: str, x: FloatArray, y: FloatArray, size: ArrayLike) -> str:
        """Return a dot of a kind at each place, `size` pixels across; the style sheet draws the kind."""
        sizes = np.broadcast_to(np.asarray(size, float), x.shape)
        parts = zip(self.across(x), self.down(y), sizes, strict=True)
        return "".join(f'<i class="{kind}" style="left:{a:.2f}%;top:{b:.2f}%;--s:{s:.1f}px"></i>' for a, b, s in parts)

    def upright(self, kind: str, x: FloatArray, lower: FloatArray, upper: FloatArray) -> str:
        """Return an upright bar from lower to upper at each place."""
        top = np.clip(self.down(upper), 0, 100)
        high = np.clip(self.down(lower), 0, 100) - top
        parts = zip(self.across(x), top, high, strict=True)
        return "".join(
            f'<i class="{kind}" style="left:{a:.2f}%;top:{b:.2f}%;height:{h:.2f}%"></i>' for a, b, h in parts
        )

    def _points(self, x: FloatArray, y: FloatArray) -> list[tuple[float, float]]:
        return list(zip(self.across(x).tolist(), self.down(y).tolist(), strict=True))


@dataclass(frozen=True)
class Hung:
    """Words at the right edge at a height of the y axis: what an area is, and of what."""

    y: float
    concept: str
    text: str
    gloss: str


def still(
    frame: Frame,
    marks: Sequence[str],
    x_ticks: Sequence[float],
    y_ticks: Sequence[float],
    x_title: str,
    y_title: str,
    alt: str,
    hung: Sequence[Hung] = (),
) -> str:
    """Return the chart as HTML: a picture whose content is told by `alt`.

    >>> frame = Frame((0.0, 2.0), (0.0, 1.0))
    >>> still(frame, [], (0.0, 2.0), (0.0,), "x", "y", "nothing").count('class="st-tick')
    3
    """
    across = "".join(
        f'<span class="st-tick st-x" style="left:{p:.2f}%">{number(t)}</span>'
        for t, p in zip(x_ticks, frame.across(x_ticks), strict=True)
    )
    up = "".join(
        f'<span class="st-tick st-y" style="top:{p:.2f}%">{number(t)}</span><u style="top:{p:.2f}%"></u>'
        for t, p in zip(y_ticks, frame.down(y_ticks), strict=True)
    )
    named = "".join(
        f'<span class="st-hung" style="top:{top:.2f}%;--c:var(--c-{one.concept})"><b>{escape(one.text)}</b>'
        f"{escape(one.gloss)}</span>"
        for one, top in zip(hung, _apart([float(frame.down(one.y)) for one in hung]), strict=True)
    )
    words = f'<div class="st-words">{named}</div>' if named else ""
    inside = f'<div class="st-in">{"".join(marks)}</div>'
    return (
        f'<div class="still{" st-named" if hung else ""}" role="img" aria-label="{escape(alt)}">'
        f'<p class="st-title">{escape(y_title)}</p><div class="st-frame"><div class="st-box">{up}{inside}{across}</div>'
        f'<p class="st-title st-under">{escape(x_title)}</p>{words}</div></div>'
    )


def interval(low: float, middle: float, high: float, span: Range, kind: str = "posterior", zero: float = 0.0) -> str:
    """Return an interval with its middle on a line of its own, and a mark at zero.

    >>> interval(0.0, 1.0, 2.0, (-2.0, 2.0)).count("<i ")
    3
    """
    a, m, b, z = _share([low, middle, high, zero], span)
    return (
        f'<div class="st-row" style="--c:var(--c-{kind})" aria-hidden="true"><i class="st-zero" style="left:{z:.2f}%">'
        f'</i><i class="st-span" style="left:{a:.2f}%;width:{b - a:.2f}%"></i>'
        f'<i class="st-mid" style="left:{m:.2f}%"></i></div>'
    )


def scale(span: Range, marks: Sequence[float]) -> str:
    """Return the axis that intervals below it share.

    >>> scale((-1.0, 1.0), (-1.0, 0.0, 1.0)).count("<span")
    3
    """
    places = zip(marks, _share(marks, span), strict=True)
    inside = "".join(f'<span style="left:{p:.2f}%">{number(m)}</span>' for m, p in places)
    return f'<div class="st-scale" aria-hidden="true">{inside}</div>'


_GAP = 15.0  # per cent of the height between words at the edge


def _apart(tops: Sequence[float]) -> list[float]:
    """Return heights so far apart that words do not touch, in the order given, as near as may be to where they were."""
    order = sorted(range(len(tops)), key=lambda k: tops[k])
    placed = list(tops)
    for before, here in pairwise(order):
        placed[here] = max(placed[here], placed[before] + _GAP)
    return placed


def _share(value: ArrayLike, span: Range) -> FloatArray:
    low, high = span
    share: FloatArray = 100 * (np.asarray(value, float) - low) / ((high - low) or 1.0)
    return share


def _cut(points: Sequence[str], concept: str, fill: float) -> str:
    return (
        f'<div class="st-cut" style="--c:var(--c-{concept});opacity:{fill:g};'
        f'clip-path:polygon({",".join(points)})"></div>'
    )


__all__ = ["Frame", "Hung", "Range", "interval", "scale", "sized", "still"]
