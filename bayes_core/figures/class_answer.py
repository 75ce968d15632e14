"""The pictures of a first answer about classes: chances along one input, and what was said against what happened."""

from __future__ import annotations

import numpy as np

from bayes_core.evaluation.answer import ClassLine
from bayes_core.evaluation.calibration.reliability import Reliability
from bayes_core.figures.still import Frame, Hung, sized, still
from bayes_core.numerics.rounding import ticks

_DOTS = 20.0, 5.0  # pixels across, the largest and the smallest
_SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
_ROOM = -0.04, 1.04


def chances(line: ClassLine, k: int, alt: str, axes: tuple[str, str], label: str, gloss: str) -> str:
    """Return the probability of class k along one input with its band, and the shares that were seen."""
    x = line.places
    room = 0.03 * float(x[-1] - x[0])
    frame = Frame((float(x[0]) - room, float(x[-1]) + room), _ROOM)
    shares = line.shares
    marks = [
        frame.band("posterior", x, line.lower[k], line.upper[k], 0.3),
        frame.line("posterior", x, line.lower[k]),
        frame.line("posterior", x, line.upper[k]),
        frame.line("posterior", x, line.mean[k], 2.2),
        frame.dots("st-many", shares.x, shares.share[:, k], sized(shares.count, *_DOTS)),
    ]
    hung = (Hung(float(line.mean[k, -1]), "posterior", label, gloss),)
    return still(frame, marks, ticks(*frame.x), _SHARES, *axes, alt, hung)


def reliability(told: Reliability, alt: str, axes: tuple[str, str]) -> str:
    """Return what was said against what happened, in bins: bars are where a kept promise holds."""
    frame, some, ends = Frame(_ROOM, _ROOM), told.filled, np.array([0.0, 1.0])
    said = told.forecast[some]
    marks = [
        frame.line("reference", ends, ends, 1.2, 0.9),
        frame.upright("st-bar st-wide", said, told.lower[some], told.upper[some]),
        frame.dots("st-many", said, told.observed[some], sized(told.counts[some].astype(float), *_DOTS)),
    ]
    return still(frame, marks, _SHARES, _SHARES, *axes, alt)


__all__ = ["chances", "reliability"]
