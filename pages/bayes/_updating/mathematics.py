"""The mathematics of the updating page, in the colours of the picture."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages._ui.controls import plain_tex, tex

from .settings import UpdatingSettings

_NAMES = ("prior", "likelihood", "posterior")


def mathematics(text: Mapping[str, str], settings: UpdatingSettings) -> None:
    """Show how each family learns, what a prior is worth, and what the evidence is."""
    st.markdown(text["mathematics"])
    st.latex(learning(settings))
    st.markdown(text["mathematics worth"])
    st.markdown(text["mathematics evidence"])
    st.latex(tex("likelihood", r"p(y_1, \dots, y_n) = p(y_1)\, p(y_2 \mid y_1) \cdots p(y_n \mid y_1, \dots, y_{n-1})"))
    st.markdown(text["mathematics intervals"])


def learning(settings: UpdatingSettings) -> str:
    """Return prior times data gives posterior, what is counted by its own names."""
    prior = {"beta": r"\mathrm{Beta}(a, b)", "normal": r"\mathcal N(m, s^2)", "gamma": r"\mathrm{Gamma}(k, r)"}
    data = {
        "beta": r"h \text{{ {}}}, t \text{{ {}}}".format(*map(plain_tex, settings.story.sides)),
        "normal": r"n \text{ values, mean } \bar y",
    }
    data["gamma"] = r"n \text{ counts, sum } Y"
    after = {
        "beta": r"\mathrm{Beta}(a + h,\ b + t)",
        "normal": r"\mathcal N\Big(\frac{w m + n \bar y}{w + n},\ \frac{\sigma^2}{w + n}\Big),\ w = \sigma^2 / s^2",
        "gamma": r"\mathrm{Gamma}(k + Y,\ r + n)",
    }
    family = settings.story.family
    times, gives = r"\;\cdot\;", r"\;\longrightarrow\;"
    return (
        tex("prior", prior[family]) + times + tex("likelihood", data[family]) + gives + tex("posterior", after[family])
    )
