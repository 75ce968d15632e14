"""The native controls of the network page: who answers, the network's size, the data, and how they are looked at."""

from __future__ import annotations

import streamlit as st

from bayes_core.inference import METHODS
from pages._ui.by_hand import Lesson
from pages._ui.controls import choose, typed
from pages._ui.link import locked

from .scenes import FEWEST, MEASUREMENTS
from .settings import ACTIVATIONS, LAYERS, LEVELS, METHODS_HERE, UNITS, NetworkSettings

KEY = "network"
FAN_IN = {False: "as wide as any", True: "narrower"}
NOISE = {False: "one for all x", True: "depends on x"}


def controls(lesson: Lesson, settings: NetworkSettings) -> None:
    """Show the choices below the picture."""
    s, change = settings.spec, lesson.change
    with st.container(key="controls", horizontal=True, vertical_alignment="bottom"):
        choose("Answer by", KEY, "method", METHODS_HERE, settings.method, change, lambda m: METHODS[m].title)
    with st.container(key="size", horizontal=True, vertical_alignment="bottom"):
        choose("Units", KEY, "units", UNITS, settings.units, change)
        choose("Layers", KEY, "layers", LAYERS, settings.layers, change)
        choose("Activation", KEY, "activation", ACTIVATIONS, settings.activation, change)
        choose("Weights into wide layers", KEY, "fan_in", (False, True), settings.fan_in, change, FAN_IN.__getitem__)
        choose("Noise", KEY, "heteroscedastic", (False, True), settings.heteroscedastic, change, NOISE.__getitem__)
        choose("Interval", KEY, "level", LEVELS, settings.level, change, lambda v: f"{100 * v:g} %")
        if s.sliced:
            choose("Slice along", KEY, "along", s.features, settings.along, change, lambda f: MEASUREMENTS[f].title)
        st.button("New data", on_click=change, kwargs={"seed": settings.seed + 1}, disabled=locked("seed"))
    with st.container(width=230):
        whom = "Points" if s.world else "Patients"
        typed(change, KEY, f"{whom}, {FEWEST} to {s.most}", "points", str(settings.points), s.count, 9)
