"""The pictures of a first answer: the target along one input, and forecasts of held-out rows against what was so."""

from __future__ import annotations

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.answer import Dots, Forecasts, Line, counted
from bayes_core.figures.still import Frame, Hung, Range, sized, still
from bayes_core.numerics.rounding import ticks

_SIZE, _LARGEST, _SMALLEST = 6.0, 22.0, 2.0
_BARS = 150
"""Rows whose intervals are drawn one by one; more would be one grey area."""


def along(line: Line, dots: Dots, gloss: tuple[str, str], alt: str, axes: tuple[str, str]) -> str:
    """Return the target along one input with both bands; the gloss says of what the outer and the inner band are."""
    outer, inner = line.predictive, line.credible
    y = _room(np.concatenate([dots.y, outer.lower, outer.upper]))
    frame = Frame(_room(inner.x), y)
    marks = [
        frame.band("aleatoric", outer.x, outer.lower, outer.upper, 0.12),
        frame.line("aleatoric", outer.x, outer.lower, opacity=0.7),
        frame.line("aleatoric", outer.x, outer.upper, opacity=0.7),
        frame.band("posterior", inner.x, inner.lower, inner.upper, 0.32),
        frame.line("posterior", inner.x, inner.lower),
        frame.line("posterior", inner.x, inner.upper),
        frame.dots("st-many" if dots.counted else "st-dot", dots.x, dots.y, _sizes(dots)),
    ]
    hung = (
        Hung(float(outer.upper[-1]), "aleatoric", outer.label, gloss[0]),
        Hung(float(inner.mean[-1]), "posterior", inner.label, gloss[1]),
    )
    return still(frame, marks, ticks(*frame.x), ticks(*frame.y), *axes, alt, hung)


def against(forecasts: Forecasts, alt: str, axes: tuple[str, str]) -> str:
    """Return what was measured against the mean forecast: intervals, rows inside as dots, rows outside as crosses."""
    told, inside = forecasts, forecasts.covered
    both = _room(np.concatenate([told.actual, told.mean, told.lower, told.upper]))
    frame = Frame(_room(told.mean), both)
    shown = told.examples(_BARS)
    dots = counted(told.mean[inside], told.actual[inside]) if inside.any() else None
    ends = np.array(frame.x)
    marks = [
        frame.upright("st-bar", told.mean[shown], told.lower[shown], told.upper[shown]),
        frame.line("reference", ends, ends, 1.2, 0.9),
        "" if dots is None else frame.dots("st-many" if dots.counted else "st-dot", dots.x, dots.y, _sizes(dots)),
        frame.dots("st-cross", told.mean[~inside], told.actual[~inside], 8.0),
    ]
    return still(frame, marks, ticks(*frame.x), ticks(*frame.y), *axes, alt)


def _sizes(dots: Dots) -> FloatArray:
    """Return how many pixels each dot is across: its area is its count."""
    if not dots.counted:
        return np.full(len(dots.x), _SIZE)
    return sized(dots.count, _LARGEST, _SMALLEST)


def _room(values: FloatArray) -> Range:
    """Return ends a little outside all values."""
    low, high = float(values.min()), float(values.max())
    room = 0.04 * (high - low) or 0.5 * abs(low) or 1.0
    return low - room, high + room


__all__ = ["against", "along"]
