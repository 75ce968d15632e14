"""Below the picture of the conformal lesson: the threshold, why it works, and what it does not promise."""

from __future__ import annotations

import re
from collections.abc import Mapping

import streamlit as st

from pages._ui.controls import tex

from .settings import ConformalSettings
from .settings_rows import RowSettings
from .settings_sets import SetSettings


def mathematics(text: Mapping[str, str], settings: ConformalSettings | RowSettings) -> None:
    """Show the score, its k-th smallest, the promise and the beta law."""
    st.markdown(text["mathematics"])
    scale = {"absolute": "", "normalised": r" / s(x_i)", "cqr": ""}[settings.score]
    centre = tex(settings.who.concept, "f(x_i)")
    score = rf"\lvert y_i - {centre} \rvert{scale}"
    if settings.score == "cqr":
        edges = [tex("aleatoric", rf"q_{{{p}}}(x_i)") for p in (5, 95)]
        score = rf"\max\{{{edges[0]} - y_i,\; y_i - {edges[1]}\}}"
    st.latex(rf"s_i = {score}, \qquad q = s_{{(k)}}, \quad k = \lceil (n + 1)(1 - \alpha) \rceil")
    st.markdown(text["mathematics promise"])
    st.latex(r"1 - \alpha \;\le\; P(y_{n+1} \in \text{band}) \;<\; 1 - \alpha + \frac{1}{n + 1}")
    st.markdown(text["mathematics law"])
    st.latex(r"\text{share inside, given the calibration days} \;\sim\; \mathrm{Beta}(k,\; n + 1 - k)")
    for section in ("limits", "scores", "bayes"):
        st.markdown(text[f"mathematics {section}"])


def in_rows(text: Mapping[str, str], settings: RowSettings) -> dict[str, str]:
    """Return the page's words with a reader's rows in the place of days, and without a world to repeat."""
    one, many = settings.rows.source.point
    told = {name: re.sub(r"\bday\b", one, re.sub(r"\bdays\b", many, part)) for name, part in text.items()}
    return told | {f"mathematics {name}": text[f"mathematics {name} rows"] for name in ("law", "scores")}


def mathematics_sets(text: Mapping[str, str], settings: SetSettings) -> None:
    """Show the score of a class, its k-th smallest, the promise on average and within a class, and who keeps it."""
    st.markdown(text["mathematics sets"])
    p = tex("posterior", r"\bar p")
    score = rf"1 - {p}_c(x)" if settings.scoring == "lac" else rf"\sum_{{j:\, {p}_j > {p}_c}} {p}_j(x)"
    st.latex(rf"s_c(x) = {score}, \qquad \text{{set}}(x) = \{{ c : s_c(x) \le q \}}")
    st.latex(r"q = s_{(k)}, \qquad k = \lceil (n + 1)(1 - \alpha) \rceil")
    st.markdown(text["mathematics sets promise"])
    whole, within = r"P(c_{n+1} \in \text{set})", r"P(c_{n+1} \in \text{set} \mid c_{n+1} = c)"
    st.latex(rf"{whole} \ge 1 - \alpha, \qquad {within} \ge 1 - \alpha")
    for section in ("each", "scores", "law"):
        st.markdown(text[f"mathematics sets {section}"])
