"""The ways in: one for whoever never heard of it, and a door for each kind of reader."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages._ui.thread import query, stops

_FORWARD: dict[str, Any] = {"icon": ":material/arrow_forward:", "icon_position": "right"}
_PRICES = "pages/linear/posterior.py"
_OWN = "pages/yours/data.py"
_ROOM = "pages/start/room.py"
_NEXT = "pages/choose/active.py"


def entrance(text: Mapping[str, str]) -> None:
    """Show the way to the first lesson in one plain line."""
    with st.container(key="entrance", horizontal=True, gap="small"):
        st.html(f"<p>{text['newcomer']}</p>", width="content")
        label = text["link newcomer"]
        st.page_link(stops()[0].file, label=label, query_params=query(), width="content", **_FORWARD)


def why(text: Mapping[str, str]) -> None:
    """Show the way to the lesson on where to measure next."""
    st.page_link(_NEXT, label=text["link active"], query_params=query(), width="content", **_FORWARD)


def doors(text: Mapping[str, str]) -> None:
    """Show the three doors: alone, in front of a class, and in front of people who must decide."""
    first = stops()[0].file
    lead: dict[str, tuple[str, dict[str, str]]] = {
        "explore": (first, {}),
        "teach": (first, {"present": "1"}),
        "present": (_PRICES, {"scene": "houses"}),
    }
    for column, (door, (page, asked)) in zip(st.columns(3, gap="large"), lead.items(), strict=True):
        with column, st.container(key=f"door_{door}", gap="small"):
            st.markdown(text[f"door {door}"])
            st.page_link(page, label=text[f"link {door}"], query_params=query() | asked, **_FORWARD)
            if door == "teach":
                st.page_link(_ROOM, label=text["link room"], query_params=query(), **_FORWARD)
            if door == "present":
                st.page_link(_OWN, label=text["link yours"], query_params=query(), **_FORWARD)
