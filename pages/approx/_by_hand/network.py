"""The way to the page on which whole units of a network collapse under mean-field VI."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages._ui.thread import query

_METHODS, _COLLAPSE = "pages/neural/methods.py", {"scene": "between", "kl": "10"}


def to_network(text: Mapping[str, str]) -> None:
    """Link to the scene whose KL counts ten times, so that unit after unit goes back to its prior."""
    asked = query() | _COLLAPSE
    st.page_link(_METHODS, label=text["network"], query_params=asked, icon=":material/arrow_forward:")
