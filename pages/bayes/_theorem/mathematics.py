"""The theorem, its odds, and several clues: the formulas in the colours of the picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages._ui.controls import tex


def mathematics(text: Mapping[str, str], settings: Any) -> None:
    """Show what all three kinds of scenes share."""
    st.markdown(text["mathematics"])
    prior, likelihood = tex("prior", "p(A)"), tex("likelihood", r"p(B \mid A)")
    st.latex(
        tex("posterior", r"p(A \mid B)")
        + rf" = \frac{{{likelihood}\;{prior}}}{{p(B)}}, \qquad p(B) = "
        + likelihood
        + r"\;"
        + prior
        + r" + p(B \mid \bar A)\,p(\bar A)"
    )
    st.markdown(text["mathematics odds"])
    st.latex(
        tex("posterior", r"\frac{p(A \mid B)}{p(\bar A \mid B)}")
        + " = "
        + tex("likelihood", r"\frac{p(B \mid A)}{p(B \mid \bar A)}")
        + r"\cdot"
        + tex("prior", r"\frac{p(A)}{p(\bar A)}")
    )
    st.markdown(text["mathematics spread"])
    st.markdown(text["mathematics bounds"])
    st.markdown(text["mathematics naive"])
    st.latex(
        tex("posterior", r"p(c \mid x_1, \dots, x_F)")
        + r"\;\propto\;"
        + tex("prior", "p(c)")
        + tex("likelihood", r"\prod_f \mathcal N(x_f \mid m_{cf}, s_{cf}^2)")
    )
