"""The page where a tour is made, opened, presented and walked: cards, kept by the browser until carried away.

The browser sends the tour as the file that it would be saved as; Python checks it, and says its link and what each step
shows in words. The page is a fragment, so that an answer runs nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import streamlit as st

from ..controls import coloured_warning
from ..live.code import component
from ..staging import carried, without_code
from ..terms import address
from ..thread import query, stops
from ..words import ASSETS
from .bar import DESK
from .carrying import LONGEST_LINK, from_file, from_link, to_file, to_link
from .nouns import MOST, NOTE, TITLE, Tour
from .saying import said, titles

CHATTY = 2_000
"""Signs of an address that some chats and mail programs cut off."""

_desk = component("bayes_tour_desk", html='<div class="td"></div>')


@cache
def example() -> str:
    """Return the file of the tour that comes with the house."""
    return (ASSETS / "tours" / "first.json").read_text(encoding="utf-8")


def desk(text: Mapping[str, str]) -> None:
    """Show the tour that the address holds, or else the reader's own."""
    told, trouble = _arrived(st.query_params.get("steps", ""))
    if trouble:
        coloured_warning(f"{text['not opened']} {trouble}.")
    if without_code():
        _plain(told or from_file(example(), titles()), text)
        return
    spoken = {name: said for name, said in text.items() if name.partition(" ")[0] not in ("bar", "notes", "share")}
    limits = {"steps": MOST, "note": NOTE, "title": TITLE, "link": LONGEST_LINK, "chatty": CHATTY}
    page = {"words": spoken, "limits": limits, "pages": titles(), "carried": sorted(carried())}
    shown = {"arrived": _answer(told) if told else None, "example": _answer(from_file(example(), titles()))}
    _send(f"{DESK}.desk", page | shown)


def _arrived(steps: str) -> tuple[Tour | None, str]:
    """Return the tour that an address holds, if it holds one, and why it cannot be read."""
    if not steps:
        return None, ""
    try:
        return from_link(steps, titles()), ""
    except ValueError as error:
        return None, str(error)


def _answer(tour: Tour) -> dict[str, Any]:
    """Return all that a browser is told of a tour."""
    shown = [said(step) for step in tour.steps]
    return {
        "token": to_link(tour),
        "file": to_file(tour),
        "said": [told for told, _ in shown],
        "notes": ["; ".join(notes) for _, notes in shown],
    }


def answered(asked: Any) -> dict[str, Any]:
    """Return the answer to a browser that sends a tour as a file: what is told of it, or why it is none."""
    told = asked if isinstance(asked, dict) else {}
    here = {"n": told.get("n"), "token": "", "trouble": ""}
    try:
        return here | _answer(from_file(str(told.get("text", "")), titles()))
    except ValueError as error:
        return here | {"trouble": str(error)}


@st.fragment
def _send(key: str, page: Mapping[str, Any]) -> None:
    """Send the page with the answer to what its browser asks."""
    asked = (st.session_state.get(key) or {}).get("asked")
    answer = answered(asked) if asked else None
    # bytes, because for a dict Streamlit would first import pandas
    _desk(key=key, data=json.dumps({**page, "answer": answer}).encode(), on_asked_change=lambda: None)


def _plain(tour: Tour, text: Mapping[str, str]) -> None:
    """Show a tour as links with their notes, where our JavaScript does not run."""
    files = {address(stop.door): stop.file for stop in stops()}
    st.subheader(tour.title.translate(_PLAIN) or text["untitled"], anchor=False)
    for number, step in enumerate(tour.steps, start=1):
        label = (step.title or titles()[step.page]).translate(_PLAIN)
        st.page_link(files[step.page], label=f"{number}. {label}", query_params=dict(step.asked) | query())
        st.text(step.note)


_PLAIN = {ord(sign): f"\\{sign}" for sign in r"\`*_{}[]()<>#+-.!|$:~"}
"""Signs that mean something in Markdown."""
