"""What stands below the picture of a search, and the button that measures where the reader stands."""

from __future__ import annotations

import streamlit as st

from bayes_core.evaluation.active import MOST
from pages._ui.lesson import Control
from pages._ui.staging import locked
from pages._ui.visit import Visit

from .settings import HAND, ActiveSettings


def controls(settings: ActiveSettings) -> dict[str, tuple[Control, ...]]:
    """Return the rows of controls: the rule, a measurement by hand, one world or fifty, and another world."""
    if settings.view == "many":
        return {"controls": ("view",)}
    return {"controls": ("strategy", measure, "view", "seed")}


def measure(visit: Visit, settings: ActiveSettings) -> None:
    """Show a button that measures where the reader stands."""
    off = settings.count >= MOST or any(map(locked, ("own", "strategy", "seen")))
    st.button("Measure at your place", on_click=_measure, args=(visit,), disabled=off)


def _measure(visit: Visit) -> None:
    """Measure where the reader stands now, after the places so far."""
    now = visit.settings
    visit.change(strategy=HAND, own=now.with_here, seen=float(now.count + 1))
