"""The mathematics of the integral page, in the colours of the picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages._ui.controls import tex

from .settings import DrawsSettings


def mathematics(text: Mapping[str, str], settings: Any) -> None:
    """Show the average that a prediction is with its error, or what the evidence takes."""
    kind = "draws" if isinstance(settings, DrawsSettings) else "cells"
    st.markdown(text[f"mathematics {kind}"])
    if kind == "draws":
        post = tex("posterior", r"p(\theta \mid \text{data})")
        st.latex(rf"E[g] = \int g(\theta)\,{post}\,d\theta \approx \frac1S \sum_{{s=1}}^S g({tex('posterior', 'θ_s')})")
        st.markdown(text["mathematics error"])
        st.latex(r"\mathrm{error} = \sqrt{\frac{\mathrm{var}(\psi)}{S}\,\Bigl(1 + 2\sum_{k \ge 1} \rho_k\Bigr)}")
        st.markdown(text["mathematics influence"])
        st.latex(
            r"\psi_{\mathrm{mean}} = y - \mu,\qquad \psi_{q} = \frac{p - 1[y \le q]}{f(q)},\qquad "
            r"\psi_{\mathrm{sd}} = \frac{(y - \mu)^2 - \sigma^2}{2\sigma}"
        )
        return
    st.latex(
        tex("posterior", "p(y)") + r" = \int p(y \mid \theta)\," + tex("prior", r"p(\theta)") + r"\,d\theta"
        r"\;\approx\; \sum_{c=1}^{k^D} h^D\, p(y \mid \theta_c)\," + tex("prior", r"p(\theta_c)")
    )
    st.markdown(text["mathematics prior draws"])
    st.latex(r"S = \frac{1}{0.1^2}\Bigl(\frac{E[L^2]}{E[L]^2} - 1\Bigr), \qquad L = p(y \mid \theta),\ \theta \sim "
             + tex("prior", r"p(\theta)"))  # fmt: skip
    st.markdown(text["mathematics posterior draws"])
