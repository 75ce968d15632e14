"""The thread through the lessons: which there are, what each answers, and what comes before and after one.

app.py hands over its table of contents at every run (`lay`), since no page may import it.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage
from streamlit.runtime.scriptrunner import get_script_run_ctx

from . import staging
from .live.again import unchanged
from .words import coloured, words

Table = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
_HANDED: dict[str, Mapping[str, Mapping[str, str]]] = {"table": {}}


@dataclass(frozen=True)
class Stop:
    """A lesson on the thread: its door, the title that the table gives it, and its chapter."""

    door: str
    title: str
    chapter: str

    @property
    def line(self) -> str:
        """Return the question that it answers, in plain words."""
        return words(self.door)["thread"]

    @property
    def file(self) -> str:
        """Return the page that Streamlit knows it by."""
        return f"pages/{self.door}.py"


def lay(contents: Mapping[str, Mapping[str, str]]) -> None:
    """Keep the table of contents: {chapter: {door: title}}. The chapter without a name holds no lessons."""
    _HANDED["table"] = contents


def laid(contents: Mapping[str, Mapping[str, str]]) -> dict[str, list[StreamlitPage]]:
    """Return the pages of a table of contents, the first being the one that opens.

    Streamlit looks a page's file up when it is made, for five times as long as the rest takes; it marks the page that
    is run, so that every run needs its own.
    """
    context = get_script_run_ctx()
    assert context is not None
    made = tuple((chapter, tuple(doors.items())) for chapter, doors in contents.items())
    pages = _made(context.pages_manager.main_script_parent, made)
    return {chapter: [copy(page) for page in pages[chapter]] for chapter in contents}


@lru_cache(maxsize=4)
def _made(folder: Path, contents: Table) -> dict[str, list[StreamlitPage]]:
    first = contents[0][1][0][0]
    return {
        chapter: [st.Page(f"pages/{door}.py", title=title, default=door == first) for door, title in doors]
        for chapter, doors in contents
    }


def stops() -> tuple[Stop, ...]:
    """Return all lessons in their order."""
    return tuple(
        Stop(door, title, chapter)
        for chapter, doors in _HANDED["table"].items()
        if chapter
        for door, title in doors.items()
    )


def start() -> str:
    """Return the door of the start page, the first of all."""
    return next(iter(_HANDED["table"][""]))


def around(door: str) -> tuple[Stop | None, Stop | None]:
    """Return the lessons before and after one; None at either end."""
    every = stops()
    at = next(n for n, stop in enumerate(every) if stop.door == door)
    return every[at - 1] if at else None, every[at + 1] if at + 1 < len(every) else None


def query() -> dict[str, str]:
    """Return what a link to another page takes along: how this one is shown."""
    return staging.carried() | ({"live": "0"} if staging.without_code() else {})


def foot(door: str) -> None:
    """Show at a lesson's end what one knows now, where it is used, and the way to the lessons beside it."""
    if door not in {stop.door for stop in stops()}:
        return
    place = st.container(key="foot", gap=None)
    with place:
        unchanged(place, ("foot", door, *query().items()), lambda: _foot(door))


def _foot(door: str) -> None:
    text, (before, after) = words(door), around(door)
    told = {"What you know now": text["known"], "Where this is used": text["used"]}
    parts = "".join(f"<section><h2>{title}</h2><p>{coloured(said)}</p></section>" for title, said in told.items())
    st.html(f'<div class="foot-told">{parts}</div>')
    with st.container(key="ways", horizontal=True, gap=None):
        _way("before", "Before this", before)
        _way("next", "What comes next", after)


def _way(key: str, eyebrow: str, stop: Stop | None) -> None:
    """Show the link to a neighbour and what it answers; beyond either end lies the map."""
    page, title = (stop.file, stop.title) if stop else (f"pages/{start()}.py", "The map of all lessons")
    line = stop.line if stop else ""
    with st.container(key=f"way_{key}", gap=None):
        st.html(f'<p class="eyebrow">{escape(eyebrow if stop else "All lessons")}</p>')
        icon, side = ("forward", "right") if key == "next" else ("back", "left")
        st.page_link(page, label=title, query_params=query(), icon=f":material/arrow_{icon}:", icon_position=side)  # type: ignore[arg-type]
        if line:
            st.html(f'<p class="way-line">{coloured(line)}</p>')
