"""A Gaussian under the hand over the posterior that it stands for, and a bar of the evidence that it lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.checks import FloatArray
from bayes_core.figures.parts import area, chart

BELOW = 5.0
"""Nats below the log evidence at which the bar begins."""


@dataclass(frozen=True)
class BellAxes:
    """Both axes of the densities: ends, marks and their words, titles (the second of x is for a phone)."""

    x: tuple[float, float]
    top: float
    marks: tuple[float, ...]
    texts: tuple[str, ...]
    heights: tuple[float, ...]
    title: tuple[str, str]


def bells_stage(
    axes: BellAxes,
    places: FloatArray,
    handles: Mapping[str, str],
    names: Mapping[str, tuple[str, str]],
    peaks: Sequence[tuple[float, float]],
    seen: tuple[str, Sequence[float]] = ("", ()),
    noise: ArrayLike = (),
) -> dict[str, Any]:
    """Return what stays: axes, places (X,) of the curves, the handles that move q, names, and what was seen.

    `handles` say which moves the "mean" and which the "width"; `names` are of "p", its "gloss", "noise" and "draws",
    the second of each for a phone; q is called by the words "q.title" or "q.short", and "q.name". `peaks` (x, height)
    of p are where its name may hang. `noise` (S,) are the random numbers that q's draws are made of.
    """
    return {
        "type": "bells",
        "low": axes.x[0],
        "high": axes.x[1],
        "top": axes.top,
        "marks": list(axes.marks),
        "texts": list(axes.texts),
        "heights": list(axes.heights),
        "title": list(axes.title),
        "places": [float(f"{v:.6g}") for v in places],
        "handles": dict(handles),
        "names": {name: list(both) for name, both in names.items()},
        "peaks": [[float(f"{v:.5g}") for v in peak] for peak in peaks],
        "seen": {"name": seen[0], "at": [float(v) for v in seen[1]]},
        "noise": [float(f"{v:.5g}") for v in np.asarray(noise, float)],
        "bar": {"below": BELOW},
    }


def bells_figure(q: FloatArray, names: Sequence[str] = ()) -> Any:
    """Return a q's density (X,) over the places of its picture, for whoever has none of our JavaScript.

    >>> len(bells_figure(np.array([0.1, 0.4, 0.1]))["data"])
    1
    """
    at = np.linspace(0.0, 1.0, len(q))
    high = max(float(np.nanmax(q)), 1e-9)
    return chart([area("q", at, q, "posterior", 0.17, 1.0, 2)], (0.0, 1.0), (0.0, 1.1 * high), (), (), "", "density")
