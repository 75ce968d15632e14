"""The linear page's picture: its figure, the words at its edge, the panels beside it and the handles under it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from bayes_core import summary
from bayes_core.figures.linear import CONCEPT, figure
from bayes_core.figures.picture import Handle, Label, Picture, as_json
from bayes_core.intervals import level_words
from bayes_core.summaries.sweep import sweep
from pages._ui.handles import handle
from pages._ui.words import words

from .films import lens, track
from .settings import MODEL, PAGE, SAMPLED, LinearSettings


@st.cache_data(max_entries=100, show_spinner=False)
def _figure(settings: LinearSettings) -> dict[str, Any]:
    """Return the figure's plotly JSON; films bring its values, so any handle position will do."""
    sampled = settings.method in SAMPLED
    stand_in = replace(settings, method="map" if sampled else settings.method)
    asked = track(stand_in, "width")
    asked = replace(asked, values=asked.values[:1], y=asked.y[:1], width=asked.width[:1])
    swept = sweep(asked, lens(stand_in), MODEL, stand_in.method)
    if sampled:
        swept = replace(swept, members=np.repeat(swept.members, lens(settings).members, axis=1))
    truth = settings.world().truth(lens(stand_in).x)
    made: dict[str, Any] = as_json(figure(swept, settings.spec.axes, settings.method, truth).to_plotly_json())
    for trace in made["data"]:
        if sampled and trace["name"] in (*swept.intervals, "members"):
            trace["y"] = [None] * len(trace["x"])  # nothing is drawn before there are draws
    return made


def _labels(settings: LinearSettings) -> tuple[Label, ...]:
    level, one = level_words(settings.level), settings.spec.point[0]
    method = settings.method
    colour = CONCEPT.get(method, "posterior")
    kind = "prior" if method == "prior" else "credible"
    labels = [
        Label(
            "predictive",
            f"{level} predictive",
            f"a new {one} falls here",
            "aleatoric",
            (("predictive", "high"),),
            1.5,
        )
    ]
    if method == "map":
        labels.append(Label("credible", "MAP", "one line, no band", colour, (("credible", "high"),)))
    else:
        middle = (("credible", "high"), ("inner", "high"))
        labels.append(Label("credible", f"{level} {kind}", "the mean line is here", colour, middle, 4))
        labels.append(Label("inner", f"50 % {kind}", "even odds", colour, (("inner", "high"), ("inner", "low")), 8))
    if method != "exact":
        truth = "posterior" if method == "prior" else "exact answer"
        labels.append(Label("reference", truth, f"{level}, both kinds", "reference", (("reference", "low"),)))
    labels.append(Label("truth", "truth", "hidden in real life", "truth", (("truth", "high"),)))
    return tuple(labels)


def _panels(settings: LinearSettings, present: bool) -> tuple[dict[str, Any], ...]:
    spec, method = settings.spec, settings.method
    colour = CONCEPT.get(method, "posterior")
    panels: list[dict[str, Any]] = [{"type": "heading", "text": "What the model now believes", "badge": "badge"}]
    names = {"slope": "slope", "intercept": "intercept", "noise": "noise σ"}
    for (name, title), unit, (low, high), ticks in zip(names.items(), spec.units, spec.views, spec.ticks, strict=True):
        if present and name == "intercept":
            continue
        ends = {"low": low, "high": high, "ticks": ticks}
        panels.append({"type": "spark", "id": name, "name": title, "unit": unit, "concept": colour} | ends)
    panels.append(
        {"type": "meter", "text": "Can you trust the band?", "badge": "simulated", "promised": settings.level}
    )
    if method in (*SAMPLED, "map") and not present:
        rows = [
            ["distance (Wasserstein-1)", "distance.w1"],
            ["largest gap of the mean", "distance.mean"],
            ["width, as a share of exact", "distance.width"],
            ["over-confident", "distance.where"],
        ]
        panels.append({"type": "rows", "text": "Distance to the exact answer", "badge": "badge", "rows": rows})
    axes = {}
    for side, (name, view, ticks, unit) in {
        "x": ("slope", spec.views[0], spec.ticks[0], spec.units[0]),
        "y": ("intercept", spec.views[1], spec.ticks[1], spec.units[1]),
    }.items():
        axes[side] = {
            "id": name,
            "low": view[0],
            "high": view[1],
            "ticks": ticks,
            "title": f"{name}, {unit}".rstrip(", "),
        }
    panels.append(
        {
            "type": "joint",
            "text": "Every line is one point",
            "outlines": [f"joint.{settings.level:g}", "joint.0.5"],
            "concept": colour,
            "hint": "Point at a line, or at a dot.",
            "alt": "Slope against intercept: one dot for every line drawn. Arrow keys walk from line to line.",
        }
        | axes
    )
    return tuple(panels)


def picture(settings: LinearSettings, state: dict[str, Any]) -> Picture:
    """Return the picture of these settings, ready for the live chart."""
    reach = float(settings.world().x.max())
    return Picture(
        figure=_figure(replace(settings, width=settings.spec.width, noise=settings.spec.noise)),
        stamp=settings.stamp,
        labels=_labels(settings),
        panels=_panels(settings, state["present"]),
        note={"text": settings.spec.note, "from": reach},
        **state,
    )


def handles(settings: LinearSettings, is_locked: Callable[[str], bool]) -> tuple[Handle, ...]:
    """Return the two handles of the chart with their words."""
    text, spec = words(PAGE), settings.spec
    unit = f" {spec.units[2]}" if 0 < len(spec.units[2]) < 4 else ""
    looks = {"width": (("prior width", ""), "prior", ""), "noise": (("noise", " in the data"), "aleatoric", unit)}
    made = []
    for (name, (label, concept, suffix)), ends in zip(looks.items(), spec.ends, strict=True):
        sentence = text[f"said {name}"].replace("{unit}", spec.units[0])
        shown = partial(_position, unit=suffix)
        made.append(handle(settings, name, label, concept, ends, shown, sentence, is_locked))
    return tuple(made)


def _position(value: float, unit: str) -> str:
    return f"{summary.number(float(value), 0 if value >= 10 else 1 if value >= 1 else 2)}{unit}"
