"""Below the network's picture: why nobody should look at the weights, and the mathematics."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages._ui.controls import tex
from pages._ui.visit import Visit
from pages._ui.work.courier import News

from .settings import NetworkSettings
from .weights import warning


def report(visit: Visit, settings: NetworkSettings, news: News) -> None:
    """Show, to those who ask, that chains which agree about the curve need not agree about any weight."""
    if settings.method != "hmc" or news.fit is None:
        return
    doubt = st.expander("Why not look at the weights?", on_change="rerun", key="network.weights")
    doubt.markdown(visit.text["weights"])
    if doubt.open:
        with doubt:
            warning(visit, news.fit, settings)


def mathematics(text: Mapping[str, str], settings: NetworkSettings) -> None:
    """Show the network, its prior and its posterior in the colours of the picture."""
    st.markdown(text["mathematics"])
    weights = tex("prior", r"w, b \sim \mathcal N(0, w_0^2)")
    noise = tex("aleatoric", r"\sigma\, \varepsilon")
    st.latex(r"f(x) = w_2^\top \tanh(x\, w_1 + b_1) + b_2, \qquad " + weights + r", \qquad y = f(x) + " + noise)
    st.markdown(text["mathematics options"])
    st.markdown(text["mathematics posterior"])
    scale = settings.source().noise_prior
    before = rf"\mathcal N(w, b \mid 0, w_0^2)\ \mathrm{{HalfCauchy}}(\sigma \mid {scale:g})"
    fits = tex("likelihood", r"\prod_i \mathcal N(y_i \mid f(x_i), \sigma^2)")
    after = tex("posterior", r"p(w, b, \sigma \mid y)")
    st.latex(after + r"\;\propto\;" + fits + r"\;\cdot\;" + tex("prior", before))
    st.markdown(text["mathematics sampler"])
    st.markdown(text["mathematics swap"])
