"""A session's part in a class room: who it is there, where its teacher sends it, and what its page could ask.

The room itself is pages/_ui/rooms; the browser listens to it (assets/live/class/) and tells the session what it has to
know. `app.py` shows the strip on every page, before it knows how the page is to be shown: who is sent elsewhere goes at
once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import streamlit as st

from . import staging
from .live.code import component
from .posing import posed, revealed
from .tour.going import go
from .words import words
from .work.courier import News

_KEY, _TEACHES = "class.seat", "class.teaches"
_strip = component("bayes_class")
_offer = component("bayes_offer")


def strip(doors: Mapping[str, str]) -> None:
    """Show the strip of the room that this reader is in; go where it leads, to one of the doors, by their addresses."""
    if staging.without_code():
        return
    with st.container(key="class"):
        told = _strip(key=_KEY, on_seat_change=_nothing, on_go_change=_nothing)
    seat, way = _read(told, "seat"), _read(told, "go")
    staging.remember(_TEACHES, seat.get("role") == "teacher")
    room = {"code": str(seat["code"]), "credential": str(seat.get("token", ""))} if "code" in seat else None
    staging.remember(staging.ROOM, room)
    if way.get("page") in doors:
        query = way.get("query")
        go(doors[way["page"]], _texts(query) if isinstance(query, Mapping) else {})


def offer(lesson: Any, settings: Any, news: News) -> None:
    """Tell a teacher's strip what the page on screen could ask the class; it costs nobody else anything."""
    if not staging.recalled(_TEACHES):
        return
    with st.container(key="parts-offer"):
        question = _question(lesson, settings, news)
        _offer(key="class.offer", data=json.dumps(question).encode())


def _question(lesson: Any, settings: Any, news: News) -> dict[str, Any] | None:
    if settings.asking is None:
        return None
    seen, handle = revealed(settings), settings.handles[0]
    try:
        view = (news.look or lesson.look)(seen, handle, news.answer)
    except ValueError:  # in that view these data have no answer
        return None
    return posed(settings, view, seen.home()[handle], words(lesson.page))


def _nothing() -> None:
    """Do nothing: that it is told is enough for a run."""


def _read(told: Any, name: str) -> Mapping[str, Any]:
    value = getattr(told, name, None)
    return value if isinstance(value, Mapping) else {}


def _texts(query: Mapping[str, Any]) -> dict[str, str]:
    return {str(name): str(value) for name, value in query.items()}
