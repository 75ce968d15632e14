"""A warning: chains that agree about f need not agree about any weight."""

from __future__ import annotations

import numpy as np
import streamlit as st

from bayes_core.figures.theme import in_dark
from bayes_core.figures.weights import rows
from bayes_core.inference.judge import WORST_R_HAT
from bayes_core.summaries.swaps import Chains, Split, most_split
from bayes_core.types import Fit
from pages._ui.settings import nearest
from pages._ui.visit import Visit

from .settings import NetworkSettings


def warning(visit: Visit, fit: Fit, settings: NetworkSettings) -> None:
    """Show two weights of one hidden unit and f, chain by chain, with their R-hat."""
    x, source = settings.grid(), settings.source()
    middle = float(x[nearest(x, 0.0)])
    split = most_split(fit, settings.slice(np.array([middle]))[0], source.along if settings.layers == 1 else 0)
    st.markdown(verdict(split))
    unit = f"unit {split.unit + 1}"
    shown = (
        (f"Weight into {unit}", split.into),
        (f"Weight out of {unit}", split.out),
        (f"f at x = {middle:g}", split.f),
    )
    for column, (name, chains) in zip(st.columns(3), shown, strict=True):
        with column:
            st.markdown(f"**{name}**  \nR-hat {r_hat(chains)}")
            _chart(name, chains)
    apart, off = {"units": 3, "points": 200}, bool(visit.barred("sine", units=3, points=200))
    st.button(
        "Three units, two hundred points: watch them part",
        on_click=visit.to_scene,
        args=("sine",),
        kwargs=apart,
        disabled=off,
    )


def _chart(name: str, chains: Chains) -> None:
    figure = rows(chains)
    themed = in_dark(figure) if st.context.theme.type == "dark" else figure
    low, high = chains.reach
    alt = f"{name}: draws of {len(chains.values)} chains, whose means reach from {low:.2f} to {high:.2f}."
    st.plotly_chart(themed, theme=None, alt=alt.replace("-", "−"), config={"displayModeBar": False})


def verdict(split: Split) -> str:
    """Return in one sentence what the three R-hats say."""
    into, out, f = r_hat(split.into), r_hat(split.out), r_hat(split.f)
    if split.agreed:
        return f"Here the chains agree even about the weights of unit {split.unit + 1}. Nothing obliged them to."
    judged = "have not converged" if split.met else "never met"
    return (
        f"Judged by the weights of unit {split.unit + 1} (R-hat **{into}** and **{out}**, where {WORST_R_HAT} is the "
        f"limit) these chains {judged}. About the curve they agree: **{f}**."
    )


def r_hat(chains: Chains) -> str:
    """Return R-hat with the digits that matter: three near one, two beyond."""
    return f"{chains.r_hat:.3f}" if chains.r_hat < 1.1 else f"{chains.r_hat:.2f}"
