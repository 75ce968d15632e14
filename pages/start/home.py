"""The start page: what this is, a small picture that lives, three doors, and the map of all lessons."""

from __future__ import annotations

import streamlit as st

from pages._ui.lesson_map import lesson_map
from pages._ui.words import coloured, words
from pages.start._home.curve import Curve, living_curve
from pages.start._home.doors import doors, entrance, why

TEXT = words("start/home")
curve: Curve = st.session_state.setdefault("home.curve", Curve.at_start())


def keep(new: Curve) -> None:
    st.session_state["home.curve"] = new


with st.container(key="home", gap=None):
    st.title(TEXT["question"], anchor=False)
    st.html(f'<p class="lead">{coloured(TEXT["lead"])}</p>')
    entrance(TEXT)
living_curve(curve, TEXT, key="home.picture", on_click=lambda x, y: keep(curve.with_point(x, y)))
with st.container(key="ask", horizontal=True, vertical_alignment="center"):
    st.button(TEXT["ask"], on_click=lambda: keep(curve.with_answer()), disabled=curve.full)
    st.button(TEXT["again"], on_click=lambda: keep(Curve.at_start()), type="tertiary")
    why(TEXT)
st.space("small")

doors(TEXT)
lesson_map(TEXT)
