"""What no setting's own control can show on the decision page: how dots are read."""

from __future__ import annotations

import streamlit as st

from pages._ui.lesson import Control
from pages._ui.visit import Visit
from pages._ui.words import coloured, filled

from .settings import DecideSettings


def controls(settings: DecideSettings) -> dict[str, tuple[Control, ...]]:
    """Return the rows of controls below the picture."""
    data: tuple[Control, ...] = ("seed",) if settings.story.seeded else ()
    by: tuple[Control, ...] = ("pays",) if settings.pays else ("pays", "act")
    own = {"table": ("table",)} if settings.pays else {}
    return {"controls": (*by, "dots", "where", *data), **own, "reading": (reading,)}


def reading(visit: Visit, settings: DecideSettings) -> None:
    """Say what a dot is, and what counting dots is worth."""
    if not visit.present:
        told = filled(visit.text["reading"], {"dots": str(settings.dots), "twice": str(2 * settings.dots)})
        st.html(f'<p class="reading">{coloured(told)}</p>')
