"""Two weights and a q for both: outlines of each over each other, under the bar of the evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Scale
from bayes_core.figures.bells import BELOW
from bayes_core.figures.parts import area, chart


def tilt_stage(
    x: tuple[str, Scale],
    y: tuple[str, Scale],
    handles: Mapping[str, str],
    names: Mapping[str, tuple[str, str]],
    reach: float,
) -> dict[str, Any]:
    """Return what stays: both axes, the handles that are the ellipse's right and upper edge, the names of q and p.

    The outline of 90 % lies `reach` widths from the middle.

    Numbers are "q90", "q50", "p90", "p50" (V, 2 P) as x, y pairs, "dots" (V, 2 S), and "grips" (V, 4).
    """
    sides = {
        side: {"low": scale.low, "high": scale.high, "marks": list(scale.ticks), "title": title}
        for side, (title, scale) in (("x", x), ("y", y))
    }
    named = {name: list(both) for name, both in names.items()}
    return {"type": "tilt", **sides, "handles": dict(handles), "names": named, "reach": reach, "bar": {"below": BELOW}}


def tilt_figure(q: FloatArray, names: Sequence[str] = ()) -> Any:
    """Return the outline (2 P,) of q, for whoever has none of our JavaScript.

    >>> len(tilt_figure(np.array([0.0, 0.0, 1.0, 0.0, 0.0, 1.0]))["data"][0]["x"])
    3
    """
    x, y = np.asarray(q)[::2], np.asarray(q)[1::2]
    ends = [(float(v.min()) - 1, float(v.max()) + 1) for v in (x, y)]
    return chart([area("q", x, y, "posterior", 0.17, 1.0, 2)], ends[0], ends[1], (), (), "", "")
