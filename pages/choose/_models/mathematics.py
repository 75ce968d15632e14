"""The mathematics of the page on complexity, in the colours of the picture."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages._ui.controls import tex

from .settings import ModelSettings


def mathematics(text: Mapping[str, str], settings: ModelSettings) -> None:
    """Show the ladder, both judges, why one of them drifts, and what draws make of the other."""
    bumps = settings.family == "bumps"
    basis = r"\exp\bigl(-(x_i - c_j)^2 / 2 s_d^2\bigr)" if bumps else r"u_i^{\,j}"
    width, evidence, unseen = (
        tex("prior", "w"),
        tex("posterior", r"p(y \mid d)"),
        tex("aleatoric", r"p(y_i \mid y_{-i}, d)"),
    )
    st.markdown(text["mathematics bumps" if bumps else "mathematics"])
    st.latex(
        rf"y_i = \beta_0 + \sum_{{j=1}}^{{d}} \beta_j\, {basis} + \sigma\,\varepsilon_i, \qquad "
        rf"\beta_j \sim N(0, {width}^2), \quad \sigma \sim \text{{HalfCauchy}}(s)"
    )
    st.markdown(text["mathematics judges"])
    st.latex(
        rf"\log {evidence} = \sum_i \log p(y_i \mid y_1, \dots, y_{{i-1}}, d), \qquad "
        rf"\text{{LOO}} = \sum_i \log {unseen}"
    )
    st.markdown(text["mathematics drift"])
    st.latex(
        rf"\log \frac{{{evidence}}}{{p(y \mid 0)}} \approx \text{{const}} - d \log {width} "
        rf"\qquad \text{{as }} {width} \to \infty"
    )
    st.markdown(text["mathematics improper"])
    st.markdown(text["mathematics exact"])
    st.latex(
        rf"{unseen} = 1 \Big/ \int \frac{{p(\sigma \mid y)}}{{p(y_i \mid y_{{-i}}, \sigma)}}\, d\sigma, \qquad "
        r"p(y_i \mid y_{-i}, \sigma) = N\Bigl(y_i;\; y_i - \tfrac{e_i}{1 - h_i},\; \tfrac{\sigma^2}{1 - h_i}\Bigr)"
    )
    st.markdown(text["mathematics draws"])
    st.markdown(text["mathematics average"])
    st.latex(
        rf"p(d \mid y) = \frac{{{evidence}}}{{\sum_k p(y \mid k)}}, \qquad "
        rf"\max_{{a}} \sum_i \log \sum_d a_d\, {unseen}"
    )
