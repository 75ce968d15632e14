"""The mathematics of the decision page, in the colours of the picture."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages._ui.controls import tex

from .settings import DecideSettings


def mathematics(text: Mapping[str, str], settings: DecideSettings) -> None:
    """Show what an action costs, why the best one is a quantile, and what waiting is worth."""
    st.markdown(text["mathematics"])
    over, under = tex("prior", "c_o"), tex("likelihood", "c_u")
    if settings.pays:
        risk = tex("aleatoric", r"P(y > t)")
        st.latex(rf"U(a) = u_a\,\bigl(1 - {risk}\bigr) + v_a\,{risk}")
        st.markdown(text["mathematics table"])
    elif settings.story.acts:
        risk = tex("aleatoric", r"P(y > t)")
        st.latex(rf"C(a) = {over}(a)\,\bigl(1 - {risk}\bigr) + {under}(a)\,{risk}")
        st.markdown(text["mathematics acts"])
    else:
        quantile = tex("aleatoric", r"P(y \le " + tex("posterior", "a^*") + ")")
        st.latex(
            rf"C(a) = {over}\,E\bigl[(a - y)_+\bigr] + {under}\,E\bigl[(y - a)_+\bigr],\qquad "
            rf"{quantile} = \frac{{{under}}}{{{under} + {over}}}"
        )
        st.markdown(text["mathematics quantile"])
    st.markdown(text["mathematics waiting"])
    best = tex("posterior", r"\min_a")
    st.latex(rf"\text{{value of waiting}} = {best}\,E[C(a)] - E_{{y'}}\Bigl[{best}\,E[C(a) \mid y']\Bigr]")
    st.markdown(text["mathematics futures"])
