"""Answers while a point of a drawing is held: the one part of a page that runs without the rest of it.

The browser asks for the next answer once it has drawn the last (assets/live/pen.js); what is sent is one film with a
single position.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from bayes_core.figures.film import Film
from bayes_core.figures.packing import letter

from .code import component

_held = component("bayes_held")


@st.fragment
def held_answer(key: str, answer: Callable[[dict[str, Any]], Film | None]) -> None:
    """Send what `answer(told)` makes of the points that the browser asked about, if it has."""
    name = f"{key}.held"
    told = dict((st.session_state.get(name) or {}).get("held") or {})
    film = answer(told) if told else None
    count = told.get("count") if told else 0
    header = {"held": True, "key": key, "count": count if isinstance(count, int) else 0, "films": []}
    if film:
        header["films"] = [film.sent("", {}, "held") | {"bytes": len(film.packed)}]
    with st.container(key=f"parts-{name}"):
        _held(key=name, data=letter(header, *([film.packed] if film else [])), on_held_change=lambda: None)
