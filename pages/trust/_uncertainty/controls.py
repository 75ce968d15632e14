"""Which settings stand below the picture of a split, and how it is read."""

from __future__ import annotations

import streamlit as st

from pages._ui.lesson import Control
from pages._ui.visit import Visit
from pages._ui.words import coloured

from .settings import SplitSettings


def controls(settings: SplitSettings) -> dict[str, tuple[Control, ...]]:
    """Return the rows of controls: the model, who answers, others beside it, and new data."""
    return {"controls": ("model", "method", "compare", "seed"), "reading": (reading,)}


def reading(visit: Visit, settings: SplitSettings) -> None:
    """Say why variances are drawn, and what the hatch means."""
    if not visit.present:
        st.html(f'<p class="reading">{coloured(visit.text[f"reading {settings.kind}".strip()])}</p>')
