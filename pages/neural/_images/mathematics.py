"""The mathematics of the page of images, in the colours of the picture."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages._ui.controls import tex

from .settings import PictureSettings
from .settings_answers import AnswersSettings
from .work import Settings


def mathematics(text: Mapping[str, str], settings: Settings | AnswersSettings) -> None:
    """Show how pixels become probabilities, the prior that keeps their size, and how doubt is split."""
    if isinstance(settings, AnswersSettings):
        _answers(text)
        return
    st.markdown(text["mathematics"])
    likelihood = tex("likelihood", r"p(y = k \mid x, \theta) = \operatorname{softmax}_k\bigl(W h_\theta(x) + b\bigr)")
    prior = tex("prior", r"\theta_{ij} \sim \mathcal N\bigl(0,\; 2 w^2 / n\bigr)")
    st.latex(likelihood + r", \qquad " + prior)
    st.markdown(text[f"mathematics {settings.network}"])
    if settings.network == "dense":
        st.latex(r"h_\theta(x) = \max(0,\; V^\top x + c)")
    else:
        st.latex(
            r"h_{cuv} = \tfrac14 \sum_{ij \in (u, v)} \max\Bigl(0,\; b_c + \sum_{k,l=-1}^{1} K_{klc}\,"
            r" x_{i+k,\,j+l}\Bigr)"
        )
    method = settings.method if isinstance(settings, PictureSettings) else "map"
    st.markdown(text[f"mathematics {method}"])
    mean = tex("posterior", r"\bar p_k(x) = \frac1S \sum_s p_{sk}(x)")
    parts = tex("aleatoric", r"\frac1S \sum_s H[p_s]"), tex("epistemic", r"I[y; \theta]")
    st.latex(mean + rf", \qquad H[\bar p] = {parts[0]} + {parts[1]}")
    st.markdown(text["mathematics split"])


def _answers(text: Mapping[str, str]) -> None:
    """Show the mixture whose parts are functions of x, and the region that is told of it."""
    st.markdown(text["mathematics answers"])
    density = tex("aleatoric", r"p(y \mid x)")
    parts = r"\sum_{m=1}^{3} \pi_m(x)\, \mathcal N\bigl(y \mid \mu_m(x),\, s_m(x)^2\bigr)"
    st.latex(density + " = " + parts + r",\qquad \pi(x) = \operatorname{softmax}\bigl(a(x)\bigr)")
    st.markdown(text["mathematics region"])
    st.latex(r"R(x) = \{\, y : " + density + r" \ge c \,\},\qquad \int_{R(x)} " + density + r"\, dy = 0.9")
