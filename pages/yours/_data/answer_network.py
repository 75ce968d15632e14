"""The network on a reader's rows, if it is asked for: the answer grows in its place while the chains draw."""

from __future__ import annotations

import time
from collections.abc import Mapping
from html import escape

import streamlit as st

from bayes_core.data.upload import Prepared
from bayes_core.evaluation.answer import Asked, Forecasts, Trial, all_inputs, digits, forecasts_of, network
from bayes_core.summaries.summary import number
from bayes_core.types import Fit
from pages._ui.words import filled
from pages._ui.work.store import breathe, store

from .answer_tables import counts, examples
from .answer_words import shown, spoken

_KEY = "yours.answer.network"
_PACE = 2.0  # seconds between answers that are drawn anew


@st.fragment
def network_part(prepared: Prepared, trial: Trial, text: Mapping[str, str]) -> None:
    """Show the button, and once it is pressed the network's forecasts beside the line's on the same rows."""
    asked = network(trial)
    if asked.trial.held is None:
        return
    st.html(f"<h3>{text['network head']}</h3>")
    st.html(f'<p class="an-note">{escape(filled(text["network ask"], {"sentence": asked.trial.sentence}))}</p>')
    place = st.empty()
    fit = store().get(asked.question)
    if fit is None and place.button(text["network button"], key="yours.network"):
        place.empty()
        _grown(prepared, asked, text)
    elif fit is not None:
        _show(prepared, asked, fit, text)


def _grown(prepared: Prepared, asked: Asked, text: Mapping[str, str]) -> None:
    """Fit the network, and show what there is of it by now. Whoever moves on ends it."""
    bar, here, last, warm = st.progress(0.0, text["network warm"]), st.empty(), 0.0, True
    try:
        for step in store().steps(asked.question):
            breathe()
            said = filled(text["network busy"], {"done": f"{step.done:,}", "total": f"{step.total:,}"})
            warm = warm and step.fit is None
            bar.progress(min(step.done / max(step.total, 1), 1.0), text["network warm"] if warm else said)
            if step.fit and (step.fit.diagnostics.complete or time.perf_counter() > last + _PACE):
                with here.container():
                    _show(prepared, asked, step.fit, text)
                last = time.perf_counter()
    except ValueError as error:
        here.error(filled(text["refused"], {"why": str(error)}))
    bar.empty()


def _show(prepared: Prepared, asked: Asked, fit: Fit, text: Mapping[str, str]) -> None:
    """Show a fit's forecasts of the rows that it has not seen, beside those of a line through the same rows."""
    told, beside = _forecasts(fit, asked)
    st.html(f'<p class="an-said">{spoken(_said(told, beside, text))}</p>')
    st.html(f'<p class="an-note">{escape(_state(fit, text))}</p>')
    chart, table = st.columns([1, 1.15], gap="large")
    with chart:
        st.html(shown(prepared, told, text))
    with table:
        st.html(examples(prepared, told, text, text["table network"]))


def _forecasts(fit: Fit, asked: Asked) -> tuple[Forecasts, Forecasts]:
    """Return the network's forecasts and the line's; those of a complete fit are kept within this session."""
    kept: tuple[Fit, tuple[Forecasts, Forecasts]] | None = st.session_state.get(_KEY)
    if kept is not None and kept[0] is fit:
        return kept[1]
    told, beside = forecasts_of(fit, asked), all_inputs(asked.trial).forecasts
    assert told is not None
    assert beside is not None
    if fit.diagnostics.complete:
        st.session_state[_KEY] = (fit, (told, beside))
    return told, beside


def _said(told: Forecasts, beside: Forecasts, text: Mapping[str, str]) -> str:
    (own, error), (line, line_error) = (digits.with_error(one.rmse, one.rmse_error) for one in (told, beside))
    parts = {"network": own, "network error": error, "line": line, "line error": line_error}
    return filled(text["network said"], {**parts, **counts(told), "verdict": told.coverage.verdict})


def _state(fit: Fit, text: Mapping[str, str]) -> str:
    about = fit.diagnostics
    if not about.complete or not about.r_hat:
        return about.badge
    state = text["network converged" if about.converged else "network apart"]
    said = filled(state, {"r hat": number(about.largest_r_hat, 2)})
    return filled(text["network state"], {"badge": about.badge, "state": said})
