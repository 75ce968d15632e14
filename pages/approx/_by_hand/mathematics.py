"""The mathematics of the approximation page, in the colours of the picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages._ui.controls import tex

from .network import to_network


def mathematics(text: Mapping[str, str], settings: Any) -> None:
    """Show why the bar is full when q is p, and what the scene's own question needs."""
    q, p = tex("posterior", r"q(\theta)"), tex("reference", r"p(\theta \mid y)")
    average = "E_{" + tex("posterior", "q") + "}"
    st.markdown(text["mathematics"])
    st.latex(
        rf"\log p(y) = \underbrace{{{average}\bigl[\log p(y, \theta) - \log {q}\bigr]}}_{{\text{{ELBO}}}} + "
        rf"\underbrace{{{average}\Bigl[\log \frac{{{q}}}{{{p}}}\Bigr]}}_{{\mathrm{{KL}}(q \,\|\, p)}}"
    )
    _KINDS[settings.kind](text)


def _hand(text: Mapping[str, str]) -> None:
    st.markdown(text["mathematics ways"])
    st.markdown(text["mathematics gradient"])
    _moved()
    st.markdown(text["mathematics network"])
    to_network(text)


def _climb(text: Mapping[str, str]) -> None:
    st.markdown(text["mathematics gradient"])
    _moved()
    st.markdown(text["mathematics score"])
    st.latex(r"\nabla \mathrm{ELBO} = E_q\bigl[(\log p(y, \theta) - \log q(\theta))\,\nabla \log q(\theta)\bigr]")
    st.markdown(text["mathematics scale"])
    st.latex(
        r"\frac{N}{B} \sum_{i \in \text{batch}} E_q\bigl[\log p(y_i \mid \theta)\bigr] - "
        + tex("prior", r"\mathrm{KL}(q \,\|\, \text{prior})")
    )
    st.markdown(text["mathematics field"])


def _pair(text: Mapping[str, str]) -> None:
    st.markdown(text["mathematics pair"])
    own, exact = tex("posterior", "s_i"), tex("reference", r"\mathrm{sd}_i")
    st.latex(rf"{own} = \frac{{1}}{{\sqrt{{\Lambda_{{ii}}}}}} = \sqrt{{1 - \rho^2}}\;{exact}")
    st.markdown(text["mathematics network"])
    to_network(text)


def _moved() -> None:
    st.latex(
        r"\theta = m + s\,\varepsilon:\qquad \nabla_m \mathrm{ELBO} = E\bigl[\ell'(m + s\,\varepsilon)\bigr],\qquad "
        r"\nabla_{\log s} \mathrm{ELBO} = E\bigl[\ell'(m + s\,\varepsilon)\,s\,\varepsilon\bigr] + 1"
    )


_KINDS = {"hand": _hand, "climb": _climb, "pair": _pair}
