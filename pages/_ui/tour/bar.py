"""The bar of the tour that is under way, on every page. The browser keeps the tour, and says here where to go next.

A tour belongs to a tab: it outlives a reload there, and whoever opens the address of one of its steps elsewhere sees
the page and nothing of it.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import streamlit as st

from .. import staging
from ..live.code import component
from ..words import words
from .going import go
from .nouns import Step
from .saying import door_of, titles

_KEY = "tour"
DESK = "start/tour"
"""The door of the page where tours are made and opened."""

_bar = component("bayes_tour", html='<div class="tb" hidden></div>')


def lead() -> None:
    """Show the bar, and go where it asks for; nothing of the page that is left is computed."""
    if staging.without_code():
        return
    pages = titles()
    with st.container(key="tour_bar"):
        told: Any = _bar(key=_KEY, data=_told(tuple(pages.items())), on_go_change=lambda: None)
    asked = told.get("go")
    if not isinstance(asked, dict):
        return
    if asked.get("page") == "tour":
        staging.exactly("tour", {})  # the projector, and what a step locks or hides, end there
        st.switch_page(f"pages/{DESK}.py")
    try:
        step = Step(asked["page"], asked["query"]).on(pages)
    except (ValueError, KeyError):
        return  # whoever made it has read why: this is a browser's memory that was changed by hand
    go(door_of(step.page), dict(step.asked), present=asked.get("present") is True)


@lru_cache(maxsize=4)
def _told(pages: tuple[tuple[str, str], ...]) -> bytes:
    """Return what the bar has to know, the same for all and on all pages: its message travels as a hash."""
    said = {name: text for name, text in words(DESK).items() if name.partition(" ")[0] in ("bar", "notes")}
    return json.dumps({"pages": dict(pages), "words": said}, ensure_ascii=False).encode()
