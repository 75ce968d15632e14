"""The picture of chains that agree or do not: one row of draws per chain."""

from __future__ import annotations

from typing import Any

import numpy as np

from bayes_core.figures.parts import chart, dots, line
from bayes_core.numerics.rounding import ticks
from bayes_core.summaries.swaps import Chains

_SHOWN = 60  # draws of each chain


def _reach(chains: Chains) -> tuple[float, float]:
    low, high = chains.ends
    room = 0.06 * max(high - low, 1e-9)
    return low - room, high + room


def rows(chains: Chains) -> dict[str, Any]:
    """Return a figure with the draws of every chain in a row of its own, the chain's mean as an upright stroke."""
    limits = _reach(chains)
    count, length = chains.values.shape
    kept = np.unique(np.linspace(0, length - 1, min(length, _SHOWN)).astype(int))
    places = np.arange(count, 0, -1.0)
    apart = np.random.default_rng(5).uniform(-0.27, 0.27, (count, len(kept)))
    draws, mean = chains.values[:, kept], chains.means
    upright = np.stack([places - 0.36, places + 0.36, np.full(count, np.nan)], axis=1)
    traces = [
        dots(
            "draws", draws.ravel(), (places[:, None] + apart).ravel(), "posterior", 4, hover="%{x:.3~g}", opacity=0.45
        ),
        line("mean", np.repeat(mean, 3), upright.ravel(), "data", 2.2),
    ]
    names = tuple(f"chain {c + 1}" for c in range(count))
    figure = chart(traces, limits, (0.4, count + 0.6), ticks(*limits), places, "", "", y_texts=names)
    figure["layout"]["margin"] = {"l": 62, "r": 8, "t": 6, "b": 44}
    return figure | {"layout": figure["layout"] | {"height": 44 + 26 * count}}
