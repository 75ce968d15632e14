"""What no setting's own control can show on the linear page: the way back from a repeated world."""

from __future__ import annotations

import streamlit as st

from pages._ui.link import locked
from pages._ui.visit import Visit

from .settings import SHOWN, LinearSettings


def own_data(visit: Visit, settings: LinearSettings) -> None:
    """Say which of the repeated worlds is the data, and offer the page's own again."""
    if settings.world:
        label = f"World {settings.world} of {SHOWN}: back to the page's data"
        st.button(label, on_click=visit.change, kwargs={"world": 0}, disabled=locked("world"), key="linear.own")
