"""What no setting's own control can show on the calibration page: the way to the spread that other days teach."""

from __future__ import annotations

import streamlit as st

from pages._ui.link import locked
from pages._ui.visit import Visit
from pages._ui.work.store import store

from .settings import CalibrationSettings
from .work import forecaster


def recalibrate(visit: Visit, settings: CalibrationSettings) -> None:
    """Show a button that turns the spread to what is best on days that were neither fitted nor judged."""
    fit = store().get(settings.question(settings.method))
    label = f"Take what was {settings.story.learned}".replace("was best", "is best")
    st.button(label, on_click=_take, args=(visit,), disabled=locked("temperature") or fit is None)


def _take(visit: Visit) -> None:
    settings = visit.settings
    fit = store().get(settings.question(settings.method))
    if fit is not None:
        best = float(f"{forecaster(settings, fit).best:.3g}")
        visit.change(glide="temperature", temperature=best)
