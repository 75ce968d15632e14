"""What a choice changed: one sentence with before and after, spoken when the new fit is complete."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import streamlit as st

from bayes_core.figures.film import Film
from bayes_core.inference import METHODS
from bayes_core.intervals import level_words
from pages._ui.words import coloured, words

from .settings import FAN_IN, NOISE, PAGE, NetworkSettings

_MEMORY = "network.told"
_CHOICES = {
    "method": "answer by",
    "units": "units",
    "layers": "layers",
    "activation": "activation",
    "points": "points",
    "fan_in": "weights into wide layers",
    "heteroscedastic": "noise",
    "level": "interval",
    "seed": "new data",
}


@dataclass(frozen=True)
class Told:
    """What was said of a finished fit: half-widths of the credible band beyond the data and in the middle."""

    settings: NetworkSettings
    edge: str
    inside: str


def heard(settings: NetworkSettings, films: Mapping[str, Film]) -> str:
    """Take note of a finished answer; return what the last choice changed, as HTML, or nothing if none did."""
    handle, film = next(iter(films.items()))
    said, home = film.words, settings.home()[handle]
    now = Told(settings, said["edge"][home], said["inside"][home])
    before, spoken = st.session_state.get(_MEMORY, (now, ""))
    if before.settings != settings:
        spoken = sentence(before, now)
    st.session_state[_MEMORY] = (now, spoken)
    return coloured(spoken)


def sentence(before: Told, now: Told) -> str:
    """Return one sentence with before and after; nothing where more than choices differ.

    >>> start = NetworkSettings.at_start("sine")
    >>> sentence(Told(start, "1.21", "0.15"), Told(NetworkSettings.at_start("sine", units=10), "1.34", "0.16"))
    'Units 5 → 10: the :blue[half-width at the right edge went 1.21 → 1.34], in the middle 0.15 → 0.16.'
    """
    pairs = {f.name: (getattr(before.settings, f.name), getattr(now.settings, f.name)) for f in fields(now.settings)}
    moved = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    if not moved or not moved.keys() <= _CHOICES.keys():
        return ""
    what = ", ".join(_choice(name, *moved[name]) for name in _CHOICES if name in moved)
    slots = {
        "change": what[0].upper() + what[1:],
        "edge before": before.edge,
        "edge": now.edge,
        "inside before": before.inside,
        "inside": now.inside,
    }
    text = words(PAGE)["said choice"]
    for slot, value in slots.items():
        text = text.replace(f"{{{slot}}}", value)
    return text


def _choice(name: str, before: Any, now: Any) -> str:
    """Return a choice and its two values; the seeds of new data mean nothing to a reader."""
    if name == "seed":
        return _CHOICES[name]
    named = {"method": lambda v: METHODS[v].title, "level": level_words}
    shown = (named | {"fan_in": FAN_IN.get, "heteroscedastic": NOISE.get}).get(name, str)
    return f"{_CHOICES[name]} {shown(before)} → {shown(now)}"
