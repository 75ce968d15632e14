"""The two beginnings of a class room, and what is on its board; assets/live/class/room.js draws both."""

from __future__ import annotations

import json

import streamlit as st

from pages._ui.live.code import component
from pages._ui.share import qr
from pages._ui.staging import leave_presenting, presenting, without_code
from pages._ui.words import coloured, words

_KEY = "room.page"
_page = component("bayes_room", html='<div class="ro"></div>')


def show() -> None:
    """Show the page."""
    text = words("start/room")
    with st.container(key="head", gap=None):
        st.title(text["question"], anchor=False)
        if not presenting():
            st.html(f'<p class="lead">{coloured(text["lead"])}</p>')
    if without_code():
        st.markdown(text["plain"])
        return
    _room(text)
    if presenting():  # no picture hears its keys here
        st.button(text["leave"], type="tertiary", on_click=leave_presenting)


@st.fragment
def _room(text: dict[str, str]) -> None:
    """Send the words, and the QR code of the link that the browser asks for."""
    asked = (st.session_state.get(_KEY) or {}).get("link")
    code = qr(asked) if isinstance(asked, str) else None
    _page(key=_KEY, data=json.dumps({"words": text, "code": code}).encode(), on_link_change=lambda: None)
