"""What no setting's own control can show on the calibration page: the way to the spread that other days teach."""

from __future__ import annotations

import numpy as np
import streamlit as st

from pages._ui.staging import locked
from pages._ui.visit import Visit
from pages._ui.work.store import store

from .found import forecaster
from .settings import CalibrationSettings


def recalibrate(visit: Visit, settings: CalibrationSettings) -> None:
    """Show a button that turns the spread to what is best on rows that were neither fitted nor judged."""
    fit = store().get(settings.question(settings.method))
    none = fit is not None and np.isnan(forecaster(settings, fit).best)
    label = f"Take what is {settings.story.learned}"
    told = none or settings.asks  # where it goes would tell what the forecast is worth
    st.button(label, on_click=_take, args=(visit,), disabled=locked("temperature") or told)


def _take(visit: Visit) -> None:
    settings = visit.settings
    best = forecaster(settings, store().answer(settings.question(settings.method))).best
    if not np.isnan(best):
        visit.change(glide="temperature", temperature=float(f"{best:.3g}"))
