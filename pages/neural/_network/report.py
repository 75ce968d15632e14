"""Below the network's picture: why nobody should look at the weights, and the mathematics."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages._ui.controls import tex
from pages._ui.visit import Visit
from pages._ui.work.courier import News

from .settings import NetworkSettings
from .weights import warning


def report(visit: Visit, settings: NetworkSettings, news: News) -> None:
    """Show, to those who ask, that chains which agree about the curve need not agree about any weight."""
    if settings.method != "hmc" or news.fit is None:
        return
    doubt = st.expander("Why not look at the weights?", on_change="rerun", key="network.weights")
    doubt.markdown(visit.text["weights"])
    if doubt.open:
        with doubt:
            warning(visit, news.fit, settings)


def mathematics(text: Mapping[str, str], settings: NetworkSettings) -> None:
    """Show the network, its prior and its posterior in the colours of the picture."""
    layers = "One hidden layer" if settings.layers == 1 else f"{settings.layers} hidden layers, one after the other,"
    st.markdown(text["mathematics"].replace("{size}", f"{layers} of {settings.units} {settings.activation} units"))
    noise = tex("aleatoric", rf"{sigma(settings, 'x')}\, \varepsilon, \quad \varepsilon \sim \mathcal N(0, 1)")
    st.latex(network(settings))
    st.latex(tex("prior", prior(settings)) + r", \qquad y = f(x) + " + noise)
    st.markdown(text["mathematics options"])
    st.markdown(text["mathematics posterior"])
    variance = rf"\left({sigma(settings, 'x_i')}\right)^2" if settings.heteroscedastic else r"\sigma^2"
    fits = tex("likelihood", rf"\prod_i \mathcal N(y_i \mid f(x_i), {variance})")
    after = tex("posterior", r"p(w, b, \sigma \mid y)")
    st.latex(after + r"\;\propto\;" + fits + r"\;\cdot\;" + tex("prior", r"p(w, b)\, p(\sigma)"))
    for section in ("reach", "map", "sampler", "swap", "use"):
        st.markdown(text[f"mathematics {section}"])


def network(settings: NetworkSettings) -> str:
    """Return the function that the network is, as TeX."""
    bend = {"tanh": r"\tanh", "sin": r"\sin"}.get(settings.activation, rf"\mathrm{{{settings.activation}}}")
    below = ["x", *(f"h_{n}" for n in range(1, settings.layers + 1))]
    layers = [f"h_{n} = {bend}(W_{n} {below[n - 1]} + b_{n})" for n in range(1, settings.layers + 1)]
    return r", \quad ".join([*layers, rf"f(x) = w^\top {below[-1]} + b"])


def prior(settings: NetworkSettings) -> str:
    """Return the priors of weights and noise as TeX; n counts the weights that enter the same unit."""
    weights = r"W, w, b \sim \mathcal N(0, w_0^2)"
    if settings.fan_in:
        weights = r"W, w \sim \mathcal N(0, w_0^2 / n),\ b \sim \mathcal N(0, w_0^2)"
    head = rf",\ v \sim \mathcal N(0, 1 / {settings.units})" if settings.heteroscedastic else ""
    return rf"{weights}{head},\ \sigma \sim \mathrm{{HalfCauchy}}({settings.source().noise_prior:g})"


def sigma(settings: NetworkSettings, at: str) -> str:
    """Return the noise at a place as TeX: one for all, or as the second head multiplies it."""
    return rf"\sigma e^{{v^\top h_{settings.layers}({at})}}" if settings.heteroscedastic else r"\sigma"
