"""The page of tours: a teacher's own way through the lessons, made here, carried by a link or a file."""

from __future__ import annotations

import streamlit as st

from pages._ui.staging import presenting
from pages._ui.tour.desk import desk
from pages._ui.words import coloured, words

TEXT = words("start/tour")

with st.container(key="head", gap=None):
    st.title(TEXT["question"], anchor=False)
    if not presenting():
        st.html(f'<p class="lead">{coloured(TEXT["lead"])}</p>')
desk(TEXT)
