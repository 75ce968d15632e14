"""Below the picture of MAP and ridge: how the posterior was sampled, and the mathematics."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from bayes_core.summaries.summary import table
from pages._ui.controls import tex
from pages._ui.staging import locked
from pages._ui.visit import Visit
from pages._ui.work.courier import News

from .settings import RidgeSettings


def ask_posterior(visit: Visit, settings: RidgeSettings) -> None:
    """Offer to sample the posterior that has no closed form, and to look at it weight by weight."""
    if settings.family == "laplace" and not settings.sample:
        more = {"sample": True, "view": "weights"}
        st.button("Sample the posterior", on_click=visit.change, kwargs=more, disabled=locked("sample"))


def report(visit: Visit, settings: RidgeSettings, news: News) -> None:
    """Say how the posterior was sampled, once it is."""
    if news.fit is None:
        return
    about = news.fit.diagnostics
    worst = max(row.r_hat or 0.0 for row in table(news.fit))
    st.caption(
        f"Posterior by NUTS, {about.badge}: {about.chains} chains, {len(news.fit.noise):,} draws, largest R-hat "
        f"{worst:.3f}, {about.divergences} divergent transitions, {about.seconds:.1f} s."
    )


def mathematics(text: Mapping[str, str], settings: RidgeSettings) -> None:
    """Show that the penalty is a prior, in the colours of the picture."""
    st.markdown(text["mathematics"])
    misfit, size = tex("likelihood", r"|y - X\beta|^2 / 2\sigma^2"), tex("prior", r"|\beta|^2 / 2 w^2")
    st.latex(tex("posterior", r"-\log p(\beta \mid y)") + f" = {misfit} + {size}" + r" + \text{const}")
    st.markdown(text["mathematics lambda"])
    st.latex(
        tex("map", r"\hat\beta")
        + r" = \arg\min_\beta\ "
        + tex("likelihood", r"|y - X\beta|^2")
        + " + "
        + tex("prior", r"\lambda\, |\beta|^2")
        + r", \qquad \lambda = \sigma^2 / w^2"
    )
    st.markdown(text["mathematics intercept"])
    st.markdown(text["mathematics lasso"])
    laplace = tex("prior", r"\beta_j \sim \mathrm{Laplace}(0, w)") + r":\quad "
    st.latex(
        laplace + misfit + " + " + tex("prior", r"|\beta|_1 / w") + r"\;\Longrightarrow\; \alpha = \sigma^2 / (N w)"
    )
    st.markdown(text["mathematics evidence"])
    st.latex(
        tex("posterior", r"\log p(y \mid \sigma, w)") + r" = \log \mathcal N(y \mid 0,\ \sigma^2 I + w^2 X X^\top)"
    )
    st.markdown(text["mathematics bias"])
    st.latex(
        r"\text{bias} = H f - f, \qquad \text{variance} = "
        + tex("aleatoric", r"\sigma_{\text{data}}^2")
        + r"\,\operatorname{diag} H H^\top, \qquad H = X (X^\top X + "
        + tex("prior", r"\lambda I")
        + r")^{-1} X^\top"
    )
