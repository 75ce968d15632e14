"""The law of total variance, in the colours of the picture."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages._ui.controls import tex

from .settings import SplitSettings


def mathematics(text: Mapping[str, str], settings: SplitSettings) -> None:
    """Show the split, what the tests do to it, and where it is not clean."""
    st.markdown(text["mathematics"])
    noise = r"\sigma(x)^2" if settings.model == "noisy" else r"\sigma^2"
    own, shared = rf"\mathbb E\left[{noise} \mid \mathcal D\right]", r"\mathrm{Var}\left[f(x) \mid \mathcal D\right]"
    st.latex(
        r"\mathrm{Var}\left[y \mid x, \mathcal D\right] = "
        + tex("aleatoric", rf"\underbrace{{{own}}}_{{\text{{aleatoric}}}}")
        + " + "
        + tex("epistemic", rf"\underbrace{{{shared}}}_{{\text{{epistemic}}}}")
    )
    st.markdown(text["mathematics parts"])
    for section in ("sensor", "noise", "limits"):
        st.markdown(text[f"mathematics {section}"])
    st.markdown(text["mathematics classes"])
    st.latex(
        r"H\left[\bar p\right] = "
        + tex("aleatoric", r"\underbrace{\mathbb E\, H[p_\theta]}_{\text{expected entropy}}")
        + " + "
        + tex("epistemic", r"\underbrace{\mathbb E\, \mathrm{KL}(p_\theta \,\|\, \bar p)}_{\text{mutual information}}")
    )
