"""Below the picture of the linear lesson: diagnostics, folded away unless they complain, and the mathematics."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from bayes_core import summary
from bayes_core.figures.elbo import elbo_figure
from bayes_core.figures.picture import as_json
from bayes_core.figures.theme import in_dark
from bayes_core.inference import METHODS
from bayes_core.intervals import level_words
from pages._ui.controls import tex
from pages._ui.visit import Visit
from pages._ui.work.courier import News
from pages._ui.work.store import store

from .settings import LinearSettings

NAMES = {"coef[0]": "slope", "sigma": "noise σ"}


def report(visit: Visit, settings: LinearSettings, news: News) -> None:
    """Show how the answer was got and what it says about itself."""
    assert news.fit is not None
    fit, text = news.fit, visit.text
    about = fit.diagnostics
    took = f"{about.seconds * 1000:,.0f} ms" if about.seconds < 10 else f"{about.seconds:,.0f} s"
    with st.expander(f"How this was computed: {METHODS[fit.method].title}, {took}", expanded=bool(about.complaints)):
        st.markdown(text[f"method {fit.method}"])
        rows = summary.table(fit, settings.level)
        table = {
            "": [NAMES.get(row.name, row.name) for row in rows],
            "mean ± posterior sd, or median": [row.text if row.symmetric else row.text.split(" (")[0] for row in rows],
            f"{level_words(settings.level)} interval": [row.interval or "–" for row in rows],
            "Monte-Carlo error": [f"{row.error:.2g}" if row.error else "–" for row in rows],
        }
        if about.r_hat:
            table |= {
                "R-hat": [f"{row.r_hat:.3f}" for row in rows],
                "bulk ESS": [f"{row.ess_bulk:,.0f}" for row in rows],
                "tail ESS": [f"{row.ess_tail:,.0f}" for row in rows],
            }
        st.table(table)
        if about.r_hat:
            st.caption(f"{about.chains} chains, {len(fit.noise):,} draws, {about.divergences} divergent transitions.")
        elif about.elbo is not None:
            log_evidence = store().answer(settings.question("exact")).log_evidence
            assert log_evidence is not None
            start, end = about.climbed
            alt = f"The ELBO climbed from {start:,.1f} to {end:,.2f}, below the exact log evidence {log_evidence:,.2f}."
            figure = as_json(elbo_figure(about.elbo, log_evidence).to_plotly_json())
            themed = in_dark(figure) if st.context.theme.type == "dark" else figure
            st.plotly_chart(themed, theme=None, key="elbo", alt=alt, config={"displayModeBar": False})
            st.caption(f"{alt} What is missing is how far the approximation is from the posterior: the KL divergence.")
        else:
            st.caption(
                f"{len(fit.noise):,} independent draws." if len(fit.noise) > 1 else "One point: no draws, no spread."
            )
        for note in about.notes:
            st.caption(note)


def mathematics(text: Mapping[str, str], settings: LinearSettings) -> None:
    """Show the model and its exact posterior in the colours of the picture."""
    noise_prior = settings.source().noise_prior
    st.markdown(text["mathematics"])
    st.latex(
        tex("posterior", r"p(a, b, \sigma \mid y)")
        + r"\;\propto\;"
        + tex("likelihood", r"\prod_i \mathcal N(y_i \mid a + b x_i,\ \sigma^2)")
        + r"\;\cdot\;"
        + tex(
            "prior",
            rf"\mathcal N(a, b \mid 0,\ w^2 I)\ \mathrm{{HalfCauchy}}(\sigma \mid {noise_prior:g})",
        )
    )
    st.markdown(text["mathematics given sigma"])
    st.latex(
        tex("posterior", r"\Sigma_\sigma")
        + r" = \Big("
        + tex("likelihood", r"\tfrac{X^\top X}{\sigma^2}")
        + " + "
        + tex("prior", r"\tfrac{I}{w^2}")
        + r"\Big)^{-1}, \qquad "
        + tex("posterior", r"\mu_\sigma = \Sigma_\sigma \tfrac{X^\top y}{\sigma^2}")
    )
    st.markdown(text["mathematics sigma"])
    st.latex(
        tex("posterior", r"p(\sigma \mid y)")
        + r"\;\propto\;"
        + tex("likelihood", r"\mathcal N(y \mid 0,\ \sigma^2 I + w^2 X X^\top)")
        + r"\;\cdot\;"
        + tex("prior", rf"\mathrm{{HalfCauchy}}(\sigma \mid {noise_prior:g})")
    )
    st.markdown(text["mathematics bands"])
    st.latex(
        r"\operatorname{Var}[y_\star \mid \sigma] = "
        + tex("posterior", r"x_\star^\top \Sigma_\sigma\, x_\star")
        + " + "
        + tex("aleatoric", r"\sigma^2")
    )
    st.markdown(text["mathematics prediction"])
    st.latex(
        r"p(y_\star \mid x_\star, y) = \int "
        + tex("aleatoric", r"p(y_\star \mid x_\star, a, b, \sigma)")
        + r"\;"
        + tex("posterior", r"p(a, b, \sigma \mid y)")
        + r"\, d(a, b, \sigma) \;\approx\; \frac1S \sum_{s=1}^S "
        + tex("aleatoric", r"\mathcal N(y_\star \mid a_s + b_s x_\star,\ \sigma_s^2)")
    )
    st.markdown(text["mathematics meter"])
