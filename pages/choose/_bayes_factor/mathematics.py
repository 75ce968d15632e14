"""The mathematics of the Bayes factor's page, in the colours of the picture."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages._ui.controls import tex

from .settings_mean import MeanSettings
from .settings_share import ShareSettings
from .settings_stop import StopSettings


def mathematics(text: Mapping[str, str], settings: ShareSettings | MeanSettings | StopSettings) -> None:
    """Show the ratio of predictions, the ratio of heights that equals it, and what belongs to the kind of data."""
    prior, posterior = tex("prior", r"p(\theta \mid H_1)"), tex("posterior", r"p(\theta_0 \mid y)")
    null, other = tex("reference", r"p(y \mid H_0)"), tex("prior", r"p(y \mid H_1)")
    st.markdown(text["mathematics"])
    st.latex(rf"BF_{{01}} = \frac{{{null}}}{{{other}}},\qquad {other} = \int p(y \mid \theta)\,{prior}\,d\theta")
    st.markdown(text["mathematics heights"])
    before = tex("prior", r"p(\theta_0 \mid H_1)")
    st.latex(rf"BF_{{01}} = \frac{{{posterior}}}{{{before}}}")
    st.markdown(text["mathematics interval"])
    match settings:
        case ShareSettings():
            st.markdown(text["mathematics share"])
            beta = tex("prior", r"B(a, b)")
            st.latex(rf"{other} = \binom nk \frac{{B(a + k,\, b + n - k)}}{{{beta}}},\qquad a = w\,\theta_0")
        case MeanSettings():
            st.markdown(text["mathematics mean"])
            cauchy = tex("prior", r"\delta \sim \mathrm{Cauchy}(0, r)")
            st.latex(rf"{cauchy},\qquad \delta = \frac{{\mu - \mu_0}}{{\sigma}},\qquad p(\sigma) \propto 1 / \sigma")
        case _:
            st.markdown(text["mathematics stop"])
            reached = tex("posterior", r"\max_n BF_{10}(n) \ge B")
            st.latex(rf"P\bigl({reached} \mid H_0\bigr) \le \frac 1B")
    st.markdown(text["mathematics improper"])
