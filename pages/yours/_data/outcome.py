"""What the choices made: data that every lesson can look at, or the reason why there are none yet."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from pages._ui import own

from .desk import use_these
from .marked import plain_name
from .study import Study


def outcome(text: Mapping[str, str], study: Study) -> None:
    """Say where the lessons look at other data than these."""
    now = own.current()
    if study.source is None:
        if now is not None:
            st.html(f'<p class="dt-limits">{text["kept before"]}</p>')
        return
    if now is None or now.about is study.prepared:
        return
    with st.container(key="elsewhere", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(
            f'<p class="dt-limits">{escape(text["elsewhere"].format(title=plain_name(now.title)))}</p>', width="content"
        )
        st.button(text["use these"], key="yours.use", on_click=use_these)
