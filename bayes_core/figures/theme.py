"""The palette, one colour per concept, and the one chart template.

Figures are made in the light palette; the live chart re-inks them to the reader's theme, concept by concept.
"""

from __future__ import annotations

from typing import Any

LIGHT = {
    "paper": "#FCFBF8",
    "data": "#1C2027",
    "truth": "#1C2027",
    "muted": "#5C626C",
    "prior": "#A05A00",
    "likelihood": "#00684A",
    "posterior": "#1D4ABF",
    "map": "#A0160A",
    "aleatoric": "#7B1F7C",
    "epistemic": "#126FA8",
    "reference": "#666B74",
}
DARK = {
    "paper": "#14171B",
    "data": "#ECEBE6",
    "truth": "#ECEBE6",
    "muted": "#A4AAB3",
    "prior": "#E8A23C",
    "likelihood": "#5FDFA0",
    "posterior": "#5B9BFF",
    "map": "#E8695C",
    "aleatoric": "#E58CC4",
    "epistemic": "#6FCBF5",
    "reference": "#9AA0A9",
}

CONCEPT = {"prior": "prior", "map": "map"}
"""Whose colour the function bands of a method wear; every other method shows a posterior."""


def ink(concept: str, opacity: float = 1.0) -> str:
    """Return a concept's colour as plotly writes it.

    >>> ink("posterior", 0.3)
    'rgba(29,74,191,0.3)'
    """
    return f"rgba({_channels(LIGHT[concept])},{opacity:g})"


def in_dark(figure: Any) -> Any:
    """Return a figure's JSON with every concept in its dark colour.

    >>> in_dark({"line": {"color": ink("prior", 0.5)}})
    {'line': {'color': 'rgba(232,162,60,0.5)'}}
    """
    if isinstance(figure, dict):
        return {name: in_dark(part) for name, part in figure.items()}
    if isinstance(figure, list):
        return [in_dark(part) for part in figure]
    if isinstance(figure, str) and figure.startswith("rgba("):
        for concept, value in DARK.items():
            light = ink(concept).rsplit(",", 1)[0]
            if figure.startswith(light + ","):
                return f"rgba({_channels(value)},{figure.removeprefix(light + ',')}"
    return figure


def _channels(value: str) -> str:
    digits = value.lstrip("#")
    return ",".join(str(int(digits[i : i + 2], 16)) for i in (0, 2, 4))


def layout(
    x_range: tuple[float, float],
    y_range: tuple[float, float],
    x_ticks: tuple[float, ...],
    y_ticks: tuple[float, ...],
    x_title: str,
    y_title: str,
) -> dict[str, Any]:
    """Return the chart template: fixed axes, horizontal gridlines only, no lines, no legend."""
    axis = {
        "zeroline": False,
        "showline": False,
        "ticklen": 0,
        "tickfont": {"size": 13, "color": ink("muted")},
    }
    return {
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "margin": {"l": 44, "r": 24, "t": 28, "b": 50},
        "font": {"color": ink("data")},
        "hovermode": "closest",
        "uirevision": "zoom",
        "xaxis": axis
        | {
            "range": list(x_range),
            "tickvals": list(x_ticks),
            "showgrid": False,
            "title": {"text": x_title, "font": {"size": 13, "color": ink("muted")}},
        },
        "yaxis": axis
        | {
            "range": list(y_range),
            "tickvals": list(y_ticks),
            "gridcolor": ink("muted", 0.16),
            "ticklabelstandoff": 6,
            "title": {"text": y_title, "font": {"size": 13, "color": ink("muted")}},
        },
    }
