"""The three ways in: a file, a paste, a drawing; and what is here now, with the button that lets it go."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from bayes_core.data.upload import LIMITS, MOST_BYTES
from pages._ui import own
from pages._ui.controls import coloured_warning
from pages._ui.thread import query
from pages._ui.words import coloured

from .desk import Desk, desk, go, let_go, open_drawn, size, take_file, take_paste, take_sample
from .marked import plain_name

WAYS = ("file", "paste", "draw")
_CHART = "pages/linear/posterior.py"
_FORWARD = {"icon": ":material/arrow_forward:", "icon_position": "right"}


def ways(text: Mapping[str, str]) -> None:
    """Show the ways in, what is here, and the way that is open."""
    here = desk()
    with st.container(key="ways_in", horizontal=True, vertical_alignment="center"):
        key = "yours.way"
        st.session_state[key] = here.way
        st.pills(
            "How your numbers come in",
            WAYS,
            key=key,
            format_func=lambda way: text[f"way {way}"],
            on_change=lambda: go(st.session_state[key]),
            label_visibility="collapsed",
        )
        _here(text, here)
    _uploader(text, here)
    if here.way is not None:
        with st.container(key=f"way_in_{here.way}", gap="small"):
            {"file": _file, "paste": _paste, "draw": _draw}[here.way](text, here)


def _here(text: Mapping[str, str], here: Desk) -> None:
    """Show what is here, and let it go."""
    if here.study is None:
        _gone_along(text)
        return
    with st.container(key="brought", horizontal=True, vertical_alignment="center", width="content", gap="small"):
        made = here.study.way == "sample"
        said = text["sample here" if made else "here"]
        told = {
            "name": escape(plain_name(here.study.name.removesuffix(".csv") if made else here.study.name)),
            "size": size(len(here.study.content)),
        }
        st.html(f'<p class="dt-here as-brought">{said.format(**told)}</p>', width="content")
        st.button(text["let go"], key="yours.let_go", on_click=let_go, type="tertiary")


def _gone_along(text: Mapping[str, str]) -> None:
    """Show data that go along without a table: drawn, or brought by a link; they can be opened here as one."""
    data = own.current()
    if data is None:
        return
    with st.container(key="brought", horizontal=True, vertical_alignment="center", width="content", gap="small"):
        said = text["drawn here"].format(title=plain_name(data.title), size=data.size)
        st.html(f'<p class="dt-here as-brought">{escape(said)}</p>', width="content")
        st.button(text["open drawn"], key="yours.open_drawn", on_click=open_drawn)
        st.button(text["let go"], key="yours.let_go", on_click=let_go, type="tertiary")


def _trouble(here: Desk, where: str) -> None:
    if where in here.trouble:
        coloured_warning(f"{here.trouble[where].rstrip('.')}.")


def _uploader(text: Mapping[str, str], here: Desk) -> None:
    """Offer the field for a file. Out of sight it is still there, for whoever drops one on the page.

    Its container never changes, or a file that comes meanwhile would be lost: the style sheet hides it.
    """
    key = f"yours.file.{here.turn}"
    with st.container(key="drop", gap=None):
        st.file_uploader(
            text["way file"], key=key, on_change=take_file, args=(key,), label_visibility="collapsed",
            max_upload_size=MOST_BYTES // 1_000_000,
        )  # fmt: skip
    if here.way != "file":
        _trouble(here, "file")


def _file(text: Mapping[str, str], here: Desk) -> None:
    """Say what a file may be; limits are told before they hurt."""
    _trouble(here, "file")
    st.html(f'<p class="dt-limits">{coloured(text["limits"].format(limits=LIMITS))}</p>')
    if here.study is None:
        st.button(text["sample"], key="yours.sample", on_click=take_sample, type="tertiary", icon=":material/icecream:")


def _paste(text: Mapping[str, str], here: Desk) -> None:
    """Offer a field for a table; what is in it stays, also on the way through other pages."""
    key = f"yours.paste.{here.turn}"
    if key not in st.session_state:
        st.session_state[key] = here.pasted
    st.text_area(
        text["paste label"], key=key, on_change=take_paste, args=(key,), height=170, placeholder=text["paste hint"]
    )
    _trouble(here, "paste")
    st.button(text["read"], key="yours.read", on_click=take_paste, args=(key,))


def _draw(text: Mapping[str, str], here: Desk) -> None:
    """Lead to a chart that can be drawn on; what was drawn can be opened here."""
    st.html(f'<p class="dt-limits">{coloured(text["draw"])}</p>')
    st.page_link(_CHART, label=text["draw link"], query_params=query(), **_FORWARD)  # type: ignore[arg-type]
    _trouble(here, "draw")
