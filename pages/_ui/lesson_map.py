"""The map of all lessons: one stop each, with the question that it answers and a miniature that moves.

The words and links come first; miniatures take computing, and are put in their places after all else is on its way.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from . import miniature
from .staging import without_code
from .thread import Stop, query, stops
from .words import coloured
from .work.turns import breathe, shown


def lesson_map(text: Mapping[str, str]) -> None:
    """Show all lessons in their order; `text` has the sections "map", "map lead" and "map note"."""
    with st.container(key="atlas", gap=None):
        st.markdown(text["map"])
        st.html(f'<p class="map-lead">{coloured(text["map lead"])}</p>')
        with st.container(key="map", gap=None):
            places = {stop.door: _stop(n, stop) for n, stop in enumerate(stops(), start=1)}
        st.html(f'<p class="map-note">{coloured(text["map note"])}</p>')
    if without_code():
        return
    shown()
    for door, place in places.items():
        breathe()
        with place:
            miniature.show(door)


def _stop(number: int, stop: Stop) -> Any:
    """Show one lesson; return the place of its miniature."""
    with st.container(key=f"stop_{stop.door.replace('/', '_')}", gap=None):
        place = st.container(key=f"mini_{stop.door.replace('/', '_')}")
        st.html(f'<p class="stop-at eyebrow"><b>{number}</b> {coloured(stop.chapter)}</p>')
        st.page_link(stop.file, label=stop.title, query_params=query())
        st.html(f'<p class="stop-line">{coloured(stop.line)}</p>')
    return place
