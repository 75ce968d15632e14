"""What no setting's own control can show on the linear page: the way back from a world, and how a band is read."""

from __future__ import annotations

import streamlit as st

from bayes_core.intervals import level_words
from pages._ui.staging import locked
from pages._ui.visit import Visit
from pages._ui.words import coloured

from .settings import SAMPLED, SHOWN, LinearSettings


def own_data(visit: Visit, settings: LinearSettings) -> None:
    """Say which of the repeated worlds is the data, and offer the page's own again."""
    if settings.world:
        label = f"World {settings.world} of {SHOWN}: back to the page's data"
        st.button(label, on_click=visit.change, kwargs={"world": 0}, disabled=locked("world"), key="linear.own")


def reading(visit: Visit, settings: LinearSettings) -> None:
    """Say what the level of a credible band means and what it does not, and how far draws reach."""
    told = [visit.text["reading"].replace("{level}", level_words(settings.level))]
    told += [visit.text["reading sampled"]] if settings.method in SAMPLED else []
    if not visit.present and settings.method != "map":
        st.html("".join(f'<p class="reading">{coloured(text)}</p>' for text in told))
