"""The mathematics of the belief network page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages._ui.controls import tex


def mathematics(text: Mapping[str, str], settings: Any) -> None:
    """Show the product that a network is, the sum that answers, what opens paths, and what doing does."""
    st.markdown(text["mathematics"])
    st.latex(r"p(x_1, \dots, x_n) = \prod_i p(x_i \mid \mathrm{parents}(x_i))")
    st.markdown(text["mathematics sums"])
    st.latex(
        tex("posterior", r"p(q \mid e)")
        + r" = \frac{p(q, e)}{p(e)}, \qquad "
        + r"p(q, e) = \sum_{h_1} \cdots \sum_{h_k} \prod_i p(x_i \mid \mathrm{parents}(x_i))"
    )
    st.markdown(text["mathematics paths"])
    st.markdown(text["mathematics doing"])
    st.latex(r"p(x \mid \mathrm{do}(z)) = \prod_{i \neq z} p(x_i \mid \mathrm{parents}(x_i))")
    st.markdown(text["mathematics naive"])
    st.latex(
        tex("posterior", r"\frac{p(c \mid x)}{p(\bar c \mid x)}")
        + " = "
        + tex("prior", r"\frac{p(c)}{p(\bar c)}")
        + tex("likelihood", r"\prod_f \frac{p(x_f \mid c)}{p(x_f \mid \bar c)}")
    )
