"""Log odds, softmax and the two parts of doubt, in the colours of the picture."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages._ui.controls import tex

from .mathematics_tutorial import units_of_the_loss
from .settings import ClassesSettings
from .settings_tutorial import TutorialSettings


def mathematics(text: Mapping[str, str], settings: ClassesSettings | TutorialSettings) -> None:
    """Show how classes follow from functions, what the posterior predicts, and how its entropy splits."""
    if isinstance(settings, TutorialSettings):
        units_of_the_loss(text, settings)
        return
    st.markdown(text["mathematics"])
    if len(settings.dataset().classes) == 2:
        likelihood = r"p(y = 1 \mid x, \theta) = \frac{1}{1 + e^{-f_\theta(x)}}"
    else:
        likelihood = r"p(y = k \mid x, \theta) = \frac{e^{f_{\theta,k}(x)}}{\sum_j e^{f_{\theta,j}(x)}}"
    st.latex(tex("likelihood", likelihood) + r", \qquad " + tex("prior", r"\theta \sim \mathcal N(0, w^2)"))
    st.markdown(text["mathematics average"])
    mean = r"\bar p_k(x) = \int p(y = k \mid x, \theta)\, p(\theta \mid y)\, d\theta \approx \frac1S \sum_s p_{sk}(x)"
    st.latex(tex("posterior", mean))
    st.markdown(text["mathematics split"])
    parts = tex("aleatoric", r"\frac1S \sum_s H[p_s]"), tex("epistemic", r"I[y; \theta]")
    st.latex(rf"H[\bar p] \;=\; {parts[0]} \;+\; {parts[1]}")
    for section in ("map", "line", "use"):
        st.markdown(text[f"mathematics {section}"])
