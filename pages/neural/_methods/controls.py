"""What no setting's own control can show on the page of methods: NUTS on request."""

from __future__ import annotations

import streamlit as st

from pages._ui.staging import locked
from pages._ui.visit import Visit

from .settings import MethodsSettings


def nuts(visit: Visit, settings: MethodsSettings) -> None:
    """Show the button that lets NUTS on all weights run beside the rest."""
    st.button(
        "Leave NUTS out again" if settings.nuts else "Run NUTS on all weights too",
        on_click=visit.change,
        kwargs={"nuts": not settings.nuts},
        key="methods-nuts",  # one button whatever it says: the other one would stay until the run has ended
        disabled=locked("nuts"),
        help="About twenty seconds on two cores; the reference here is its fast equivalent.",
    )
