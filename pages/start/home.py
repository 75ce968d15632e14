"""The start page: what this is, a small picture that lives, and three doors."""

from __future__ import annotations

import streamlit as st

from pages._ui.words import coloured, words
from pages.start._home.curve import Curve, living_curve

TEXT = words("start/home")
LESSON = "pages/linear/posterior.py"
curve: Curve = st.session_state.setdefault("home.curve", Curve.at_start())


def keep(new: Curve) -> None:
    st.session_state["home.curve"] = new


with st.container(key="home", gap=None):
    st.title(TEXT["question"], anchor=False)
    st.html(f'<p class="lead">{coloured(TEXT["lead"])}</p>')
living_curve(curve, TEXT, key="home.picture", on_click=lambda x, y: keep(curve.with_point(x, y)))
with st.container(key="ask", horizontal=True):
    st.button(TEXT["ask"], on_click=lambda: keep(curve.with_answer()), disabled=curve.full)
    st.button(TEXT["again"], on_click=lambda: keep(Curve.at_start()), type="tertiary")
st.space("small")

DOORS = {"explore": {}, "teach": {"present": "1"}, "present": {"scene": "houses"}}
for column, (door, query) in zip(st.columns(3, gap="large"), DOORS.items(), strict=True):
    with column, st.container(key=f"door_{door}", gap="small"):
        st.markdown(TEXT[f"door {door}"])
        label = TEXT[f"link {door}"]
        st.page_link(LESSON, label=label, query_params=query, icon=":material/arrow_forward:", icon_position="right")
