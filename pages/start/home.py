"""The start page: what this is, a small picture that lives, and three doors."""

from __future__ import annotations

import streamlit as st

st.title("See what a model knows, and what it does not", anchor=False)
