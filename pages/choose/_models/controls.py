"""The rows of controls of the page on complexity."""

from __future__ import annotations

import streamlit as st

from pages._ui.lesson import Control
from pages._ui.visit import Visit
from pages._ui.words import coloured, filled

from .settings import ModelSettings


def controls(settings: ModelSettings) -> dict[str, tuple[Control, ...]]:
    """Return the rows of controls below the picture."""
    data: tuple[Control, ...] = ("points", "seed") if settings.source().world else ()
    return {"controls": ("family", *data, "top"), "reading": (reading,)}


def reading(visit: Visit, settings: ModelSettings) -> None:
    """Say how a column is read."""
    if not visit.present:
        told = filled(visit.text["reading"], settings.slots(""))
        st.html(f'<p class="reading">{coloured(told)}</p>')
