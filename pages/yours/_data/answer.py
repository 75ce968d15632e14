"""The first honest answer on a reader's table: one input, all inputs, rows held out, and a network if it is asked for.

show(prepared, table, along) -> None        everything under the choice of target and inputs
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from bayes_core.data.upload import Prepared, Table
from bayes_core.evaluation.answer import AllInputs, Line, all_inputs, counted, held_out_rows, line
from bayes_core.figures import answer as pictures
from pages._ui.sentences import bare
from pages._ui.words import asset, filled, words

from .answer_classes import held_classes, show_classes
from .answer_code import class_script, script
from .answer_kept import kept
from .answer_network import network_part
from .answer_tables import account, coefficients, examples
from .answer_words import effect, shown, spoken

PAGE = "yours/answer"


def show(prepared: Prepared, table: Table, along: int | None = None) -> None:
    """Show the first answer about the data of a choice, along one input: the strongest, unless another is named."""
    text = words(PAGE)
    st.html(f"<style>{asset('live/answer.css')}</style>")
    with st.container(key="answer", gap="small"):
        st.html(f"<h2>{text['head']}</h2>")
        data = prepared.dataset
        if data.task == "classification":
            _of_classes(prepared, along, text)
            return
        try:
            found = kept("line", prepared, lambda: line(data, along), along)
            _first(prepared, found, text)
            inputs = kept("inputs", prepared, lambda: _all(prepared))
            coefficients(prepared, inputs, text)
        except ValueError as error:
            _refuse(error, text)
            return
        if inputs.forecasts is None:
            st.html(f'<p class="an-note">{escape(inputs.trial.sentence)}</p>')
        else:
            _held(prepared, inputs, text)
            network_part(prepared, inputs.trial, text)
        _code(script(prepared, found.source.along), text)


def _of_classes(prepared: Prepared, along: int | None, text: Mapping[str, str]) -> None:
    """Show the answer about classes."""
    try:
        at = show_classes(prepared, along)
        held_classes(prepared, text)
    except ValueError as error:
        _refuse(error, text)
        return
    _code(class_script(prepared, at), text)


def _refuse(error: ValueError, text: Mapping[str, str]) -> None:
    st.html(f'<p class="an-said" role="alert">{escape(filled(text["refused"], {"why": str(error)}))}</p>')


def _code(code: str, text: Mapping[str, str]) -> None:
    """Show the script, where there is one."""
    if code:
        with st.expander(text["code"]):
            st.code(code, language="python")


def _all(prepared: Prepared) -> AllInputs:
    return all_inputs(held_out_rows(prepared.dataset), groups=[one.column for one in prepared.made])


def _first(prepared: Prepared, found: Line, text: Mapping[str, str]) -> None:
    """Show the sentence, and the target along one input with both bands."""
    data, source = prepared.dataset, found.source
    said = effect(prepared, found, text)
    st.html(f'<p class="an-said" id="an-effect">{spoken(said)}</p>')
    dots = counted(source.seen, data.y)
    axes = source.axes.x_title, source.axes.y_title
    alt = filled(
        text["along alt"],
        {"target": axes[1], "rows": f"{len(data.y):,}", "input": axes[0], "said": bare(spoken(said))},
    )
    st.html(pictures.along(found, dots, (text["outer"], text["inner"]), alt, axes))
    if dots.counted:
        st.html(f'<p class="an-note an-right">{filled(text["largest"], {"count": f"{dots.largest:,}"})}</p>')


def _held(prepared: Prepared, found: AllInputs, text: Mapping[str, str]) -> None:
    """Show forecasts of rows held out beside what was measured there."""
    told = found.forecasts
    assert told is not None
    st.html(f"<h3>{text['held head']}</h3>")
    st.html(account(prepared, found, text))
    chart, table = st.columns([1, 1.15], gap="large")
    with chart:
        st.html(shown(prepared, told, text))
    with table:
        st.html(examples(prepared, told, text, text["table line"]))


__all__ = ["show"]
