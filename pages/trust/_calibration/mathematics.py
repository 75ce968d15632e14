"""The mathematics of the calibration page, in the colours of the picture."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages._ui.controls import tex

from .settings import CalibrationSettings
from .views import concept_of


def mathematics(text: Mapping[str, str], settings: CalibrationSettings) -> None:
    """Show what calibrated means, what chance allows, and what a temperature or a spread does."""
    task, ink = settings.story.task, concept_of(settings.method)
    st.markdown(text[f"mathematics {task}"])
    if task == "band":
        st.latex(tex(ink, "F_n(y_n)") + r"\sim U(0, 1)" + r"\qquad \text{PIT, where } F_n \text{ is the forecast}")
        st.markdown(text["mathematics spread"])
        st.latex(tex(ink, r"F_{n,c}(y) = F_n\big(m_n + (y - m_n) / c\big)"))
        st.markdown(text["mathematics crps"])
        st.latex(r"\mathrm{CRPS} = " + tex(ink, r"E|Y - y| - \tfrac12 E|Y - Y'|"))
    else:
        st.latex(r"P\big(y = 1 \mid " + tex(ink, "p(x)") + " = q\\big) = q")
        st.markdown(text["mathematics temperature"])
        st.latex(tex(ink, r"p_T(x) = \frac{1}{1 + e^{-f(x) / T}}"))
        st.markdown(text["mathematics ece"])
        st.latex(r"\mathrm{ECE} = \sum_b \tfrac{n_b}{N} \, |\bar y_b - " + tex(ink, r"\bar p_b") + "|")
    st.markdown(text["mathematics chance"])
    st.markdown(text["mathematics tell"])
