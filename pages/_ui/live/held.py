"""Answers while a point of a drawing is held: the one part of a page that runs without the rest of it.

The browser asks for the next answer once it has drawn the last (assets/live/pen.js). What is sent is a film with one
position and, where it asked for them, the lines around the point that is held, which it draws between.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from bayes_core.figures.film import Film
from bayes_core.figures.packing import letter
from pages._ui.nearby import Near

from .code import component

_held = component("bayes_held")


@dataclass(frozen=True)
class Answered:
    """The answer to points that are held, as a film with one position, and the lines around the held one."""

    film: Film
    near: Near | None = None


@st.fragment
def held_answer(key: str, answer: Callable[[dict[str, Any]], Answered | None]) -> None:
    """Send what `answer(told)` makes of the points that the browser asked about, if it has."""
    name = f"{key}.held"
    told = dict((st.session_state.get(name) or {}).get("held") or {})
    found = answer(told) if told else None
    films = [] if found is None else [found.film, *([found.near.film] if found.near else [])]
    count = told.get("count") if told else 0
    header = {"held": True, "key": key, "count": count if isinstance(count, int) else 0}
    header["films"] = [film.sent("", {}, "held") | {"bytes": len(film.packed)} for film in films]
    header["near"] = found.near.told if found and found.near else None
    with st.container(key=f"parts-{name}"):
        _held(key=name, data=letter(header, *(film.packed for film in films)), on_held_change=lambda: None)
