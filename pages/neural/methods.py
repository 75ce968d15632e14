"""Methods face to face: every approximation over the sampled posterior, on the same data."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages._ui.lesson import Lesson, Try, run
from pages.neural._methods.code import script
from pages.neural._methods.controls import nuts
from pages.neural._methods.look import look
from pages.neural._methods.settings import PAGE, MethodsSettings
from pages.neural._methods.work import work


def mathematics(text: Mapping[str, str], settings: MethodsSettings) -> None:
    """Show what each method does, and what the ELBO bounds."""
    st.markdown(text["mathematics"])
    st.latex(
        r"\mathrm{ELBO} = \mathbb E_q[\log p(y \mid \theta)] - \beta\,\mathrm{KL}(q(\theta)\,\|\,p(\theta))"
        r"\;\le\; \log p(y) \quad (\beta = 1)"
    )
    st.markdown(text["mathematics elbo"])


LESSON = Lesson(
    key="methods",
    page=PAGE,
    settings=(MethodsSettings,),
    look=look,
    work=work,
    controls=lambda settings: {"controls": ("width", "seed", nuts)},
    tries={
        "": (
            Try("between"),
            Try("beyond"),
            Try("many"),
            Try("beyond", {"rate": 0.6}, "rate"),
            Try("between", {"kl": 10.0}, "kl"),
        )
    },
    formulas="What each of them does",
    mathematics=mathematics,
    script=script,
    prints={"": {"grid.laplace.2": r"covers +(\S+)", "grid.laplace.3": r"log score +(\S+)"}},
)

if __name__ == "__main__":
    run(LESSON)
