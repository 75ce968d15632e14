"""The climb of a variational fit: its ELBO at every step, below the log evidence that it can never pass."""

from __future__ import annotations

from typing import Any

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.figures.theme import ink, layout
from bayes_core.summaries.climb import smooth


def elbo_figure(elbo: FloatArray, log_evidence: float) -> Any:
    """Return the ELBO trace (steps,), averaged over 50 steps, with the exact log evidence as a dashed line.

    Early steps are far below the rest, so the axis shows what the rest of the climb needs.
    """
    import plotly.graph_objects as go  # noqa: PLC0415 (slow to import; only charts need it)

    shown = smooth(elbo)  # a single step's ELBO is a rough estimate, and may stand above what it estimates
    span = max(log_evidence - shown.low, 1e-6)
    style = layout(
        (0, float(len(elbo))),
        (log_evidence - 1.3 * span, log_evidence + 0.3 * span),
        tuple(float(t) for t in np.linspace(0, len(elbo), 5)),
        tuple(float(f"{t:.3g}") for t in np.linspace(log_evidence - span, log_evidence, 3)),
        "steps of Adam",
        f"ELBO, nats, mean of {shown.window} steps",
    )
    climb = go.Scatter(
        name="ELBO",
        x=shown.steps,
        y=shown.values,
        mode="lines",
        line={"width": 1.2, "color": ink("posterior", 0.8)},
        hovertemplate="step %{x}: %{y:.2f}<extra>ELBO</extra>",
    )
    ceiling = go.Scatter(
        name="log evidence, exact",
        x=[0, len(elbo)],
        y=[log_evidence, log_evidence],
        mode="lines",
        line={"width": 1.6, "color": ink("truth"), "dash": "6px,5px"},
        hoverinfo="skip",
    )
    note = {
        "text": f"log evidence {log_evidence:.2f}, exact",
        "x": len(elbo),
        "y": log_evidence,
        "xanchor": "right",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 13, "color": ink("truth")},
    }
    return go.Figure([climb, ceiling], style | {"annotations": [note], "height": 260})
