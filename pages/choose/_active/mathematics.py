"""The mathematics of a search, in the colours of the picture."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages._ui.controls import tex

from .settings import ActiveSettings


def mathematics(text: Mapping[str, str], settings: ActiveSettings) -> None:
    """Show what a measurement would tell, and the rules that are not the same."""
    st.markdown(text["mathematics"])
    mutual = tex("epistemic", r"I(y; f \mid x, \mathcal D)")
    whole, noise = tex("aleatoric", r"H(y \mid x, \mathcal D)"), tex("aleatoric", r"\mathbb E\, H(y \mid f, x)")
    st.latex(rf"{mutual} = {whole} - {noise}")
    if settings.story.classes:
        st.markdown(text["mathematics classes"])
        st.latex(
            rf"{mutual} = " + r"H\!\left(\mathbb E\left[p\right]\right) - \mathbb E\left[H(p)\right],\qquad "
            r"H(p) = -p \log_2 p - (1 - p) \log_2 (1 - p)"
        )
    else:
        st.markdown(text["mathematics numbers"])
        spread, sigma = tex("posterior", "s(x)^2"), tex("aleatoric", r"\sigma(x)^2")
        st.latex(
            rf"{mutual} = \tfrac12 \log_2\!\left(1 + \frac{{{spread}}}{{{sigma}}}\right),\qquad "
            rf"\mathrm{{Var}}\left[y\right] = {spread} + {sigma}"
        )
        st.markdown(text["mathematics rank"])
        st.latex(
            r"\Sigma \leftarrow \Sigma - \frac{c\,c^\top}{s^2 + \sigma^2},\qquad "
            r"m \leftarrow m + c\,\frac{y - \varphi^\top m}{s^2 + \sigma^2},\qquad c = \Sigma \varphi,\; "
            r"s^2 = \varphi^\top c"
        )
    st.markdown(text["mathematics limits"])
