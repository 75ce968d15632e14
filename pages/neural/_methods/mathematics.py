"""What each method does, and what the ELBO bounds."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from .settings import MethodsSettings


def mathematics(text: Mapping[str, str], settings: MethodsSettings) -> None:
    """Show what each method does, and what the ELBO bounds."""
    st.markdown(text["mathematics"])
    st.latex(
        r"\mathrm{ELBO} = \mathbb E_q[\log p(y \mid \theta)] - \beta\,\mathrm{KL}(q(\theta)\,\|\,p(\theta))"
        r"\;\le\; \log p(y) \quad (\beta = 1)"
    )
    st.markdown(text["mathematics elbo"])
