"""A session's part in a class room: who it is there, where its teacher sends it, and what its page could ask.

The room itself is pages/_ui/rooms; the browser listens to it (assets/live/class/) and tells the session what it has to
know. `app.py` shows the strip on every page, before it knows how the page is to be shown: a reader who is sent elsewhere
goes at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import streamlit as st

from . import link, staging
from .live.code import component

_KEY = "class.seat"
_strip = component("bayes_class")
_offer = component("bayes_offer")


def strip(pages: Iterable[Any]) -> None:
    """Show the strip of the room that this reader is in; go where its teacher sends everyone, one of these pages."""
    if st.query_params.get("live") == "0":
        return
    with st.container(key="class"):
        told = _strip(key=_KEY, on_seat_change=_nothing, on_go_change=_nothing)
    seat, go = _read(told, "seat"), _read(told, "go")
    if "code" in seat:
        st.session_state[staging.ROOM] = {"code": str(seat["code"]), "credential": str(seat.get("token", ""))}
    else:
        st.session_state.pop(staging.ROOM, None)
    page = next((one for one in pages if one.url_path == go.get("page")), None)
    if page is not None:
        query = go.get("query")
        link.exactly()
        staging.forget()
        st.switch_page(page, query_params=_texts(query) if isinstance(query, Mapping) else {})


def _nothing() -> None:
    """Do nothing: that it is told is enough for a run."""


def _read(told: Any, name: str) -> Mapping[str, Any]:
    value = getattr(told, name, None)
    return value if isinstance(value, Mapping) else {}


def _texts(query: Mapping[str, Any]) -> dict[str, str]:
    return {str(name): str(value) for name, value in query.items()}
