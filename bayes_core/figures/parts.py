"""The strokes that pictures are made of, as plotly JSON: `go.Figure(figure)` makes a Figure of any of them."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.figures.theme import ink, layout

DASH = {"solid": "solid", "dashed": "6px,5px", "short": "4px,3px", "dotted": "2px,3px"}


def _values(values: ArrayLike) -> list[float | None]:
    return [v if isfinite(v) else None for v in np.asarray(values, float).tolist()]


def line(
    name: str,
    x: ArrayLike,
    y: ArrayLike,
    concept: str,
    width: float = 1.6,
    dash: str = "solid",
    opacity: float = 1.0,
    hover: str = "",
) -> dict[str, Any]:
    """Return a line; NaN breaks it."""
    style = {"width": width, "color": ink(concept, opacity), "dash": DASH[dash]}
    return {
        "type": "scatter",
        "name": name,
        "x": _values(x),
        "y": _values(y),
        "mode": "lines",
        "line": style,
    } | ({"hovertemplate": f"{hover}<extra></extra>"} if hover else {"hoverinfo": "skip"})


def area(
    name: str, x: ArrayLike, y: ArrayLike, concept: str, fill: float = 0.17, edge: float = 0.6, width: float = 1
) -> dict[str, Any]:
    """Return a closed, filled outline."""
    filled = {"fill": "toself", "fillcolor": ink(concept, fill)}
    return line(name, x, y, concept, width, opacity=edge) | filled


def dots(
    name: str,
    x: ArrayLike,
    y: ArrayLike,
    concept: str = "data",
    size: float = 10,
    symbol: str = "circle",
    hover: str = "%{x:.4~g}, %{y:.4~g}",
    opacity: float = 1.0,
) -> dict[str, Any]:
    """Return points with a paper ring."""
    ring = {"width": 1.5 if size > 6 else 0, "color": ink("paper")}
    return {
        "type": "scatter",
        "name": name,
        "x": _values(x),
        "y": _values(y),
        "mode": "markers",
        "cliponaxis": False,
        "marker": {"size": size, "symbol": symbol, "color": ink(concept, opacity), "line": ring},
        "hovertemplate": f"{hover}<extra>{name}</extra>",
    }


def chart(
    traces: Sequence[dict[str, Any]],
    x: tuple[float, float],
    y: tuple[float, float],
    x_ticks: ArrayLike,
    y_ticks: ArrayLike,
    x_title: str,
    y_title: str,
    x_texts: Sequence[str] = (),
    y_texts: Sequence[str] = (),
) -> dict[str, Any]:
    """Return a figure on the one template, with words for its ticks where numbers will not do."""
    marks = [tuple(np.asarray(ticks, float).tolist()) for ticks in (x_ticks, y_ticks)]
    style = layout(x, y, marks[0], marks[1], x_title, y_title)
    for axis, texts in (("xaxis", x_texts), ("yaxis", y_texts)):
        if texts:
            style[axis]["ticktext"] = list(texts)
    return {"data": list(traces), "layout": style}


def with_strip(
    figure: dict[str, Any],
    traces: Sequence[dict[str, Any]],
    y: tuple[float, float],
    y_ticks: ArrayLike,
    y_title: str,
    y_texts: Sequence[str] = (),
    share: float = 0.34,
) -> dict[str, Any]:
    """Return a figure with a lower plot on the same x axis, a `share` of its height; the live chart sets the gap."""
    under = figure["layout"]
    upper = dict(under["yaxis"])
    ticks = np.asarray(y_ticks, float).tolist()
    lower = upper | {"range": list(y), "tickvals": ticks, "title": upper["title"] | {"text": y_title}}
    if y_texts:
        lower["ticktext"] = list(y_texts)
    axes = {
        "xaxis": under["xaxis"] | {"anchor": "y2"},
        "yaxis": upper | {"domain": [share + 0.12, 1.0]},
        "yaxis2": lower | {"domain": [0.0, share]},
    }
    return {"data": [*figure["data"], *({**trace, "yaxis": "y2"} for trace in traces)], "layout": under | axes}


def without_strip(figure: dict[str, Any]) -> dict[str, Any]:
    """Return a figure without its lower plot, if no trace is drawn there.

    >>> whole = with_strip(chart([], (0, 1), (0, 1), (), (), "x", "y"), [], (0, 1), (), "below")
    >>> "yaxis2" in whole["layout"], "yaxis2" in without_strip(whole)["layout"]
    (True, False)
    """
    under = figure["layout"]
    if "yaxis2" not in under or any(trace.get("yaxis") == "y2" for trace in figure["data"]):
        return figure
    axes = {"xaxis": under["xaxis"] | {"anchor": "y"}, "yaxis": under["yaxis"] | {"domain": [0.0, 1.0]}}
    return figure | {"layout": {name: part for name, part in under.items() if name != "yaxis2"} | axes}
