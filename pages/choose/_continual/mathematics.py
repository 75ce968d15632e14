"""The mathematics of learning in turns, in the colours of the picture."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages._ui.controls import tex

from .settings import TurnSettings


def mathematics(text: Mapping[str, str], settings: TurnSettings) -> None:
    """Show Bayes' rule in turns, what an approximation keeps, and what the trust does."""
    st.markdown(text["mathematics"])
    st.latex(
        tex("posterior", r"p(\theta \mid y_1, \dots, y_t)")
        + r"\;\propto\;"
        + tex("likelihood", r"p(y_t \mid \theta)")
        + r"\;\cdot\;"
        + tex("prior", r"p(\theta \mid y_1, \dots, y_{t-1})")
    )
    st.markdown(text["mathematics exact"])
    st.latex(
        tex("posterior", r"\Lambda_t")
        + " = "
        + tex("prior", r"\Lambda_{t-1}")
        + " + "
        + tex("likelihood", r"\tfrac{1}{\sigma^2} J_t^\top J_t")
        + r", \qquad "
        + tex("posterior", r"\Lambda_t m_t")
        + " = "
        + tex("prior", r"\Lambda_{t-1} m_{t-1}")
        + " + "
        + tex("likelihood", r"\tfrac{1}{\sigma^2} J_t^\top y_t")
    )
    st.markdown(text["mathematics laplace"])
    st.latex(
        tex("posterior", "m_t")
        + r" = \arg\min_\theta \ "
        + tex("likelihood", r"\tfrac{1}{2\sigma^2} \lVert y_t - f(x_t, \theta) \rVert^2")
        + r" + \tfrac12 (\theta - m_{t-1})^\top \big("
        + tex("prior", r"\Lambda_0")
        + r" + \lambda\,("
        + tex("posterior", r"\Lambda_{t-1}")
        + " - "
        + tex("prior", r"\Lambda_0")
        + r")\big) (\theta - m_{t-1})"
    )
    st.markdown(text["mathematics vi"])
    st.latex(
        r"\mathrm{ELBO}_t = \mathbb E_{"
        + tex("posterior", "q_t")
        + "}["
        + tex("likelihood", r"\log p(y_t \mid \theta)")
        + r"] - \mathrm{KL}("
        + tex("posterior", "q_t")
        + r" \,\|\, "
        + tex("prior", "q_{t-1}")
        + ")"
    )
    st.markdown(text["mathematics search"])
