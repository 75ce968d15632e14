"""The first honest answer about classes: along one input, of all inputs, and rows held out."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from bayes_core.data.upload import Prepared
from bayes_core.data.upload.words import number as plain
from bayes_core.evaluation.answer import (
    ClassInputs,
    ClassLine,
    ClassWeights,
    class_inputs,
    class_line,
    digits,
    held_out_rows,
)
from bayes_core.evaluation.answer.class_line import Said
from bayes_core.figures import class_answer as pictures
from bayes_core.intervals import level_words
from bayes_core.summaries.summary import number
from pages._ui.sentences import bare
from pages._ui.words import filled, words

from .answer_class_tables import calibration, coefficients, examples, scores
from .answer_kept import kept
from .answer_words import name, spoken

PAGE = "yours/class_answer"


def show_classes(prepared: Prepared, along: int | None) -> int:
    """Show the first answer about classes, and return the input that it looks along.

    Raises ValueError, in the words of the data, where there is none.
    """
    text, data = words(PAGE), prepared.dataset
    found = kept("class line", prepared, lambda: class_line(data, along), along)
    _first(prepared, found, text)
    inputs = kept("class inputs", prepared, lambda: _all(prepared))
    coefficients(prepared, inputs, _badge(inputs.weights, text), text)
    return found.along


def held_classes(prepared: Prepared, text: Mapping[str, str]) -> None:
    """Show what was said of rows held out, beside what they are."""
    inputs, more = kept("class inputs", prepared, lambda: _all(prepared)), words(PAGE)
    told = inputs.forecasts
    if told is None:
        st.html(f'<p class="an-note">{escape(inputs.trial.sentence)}</p>')
        return
    st.html(f"<h3>{text['held head']}</h3>{scores(prepared, inputs, told, more)}")
    chart, table = st.columns([1, 1.15], gap="large")
    with chart:
        st.html(calibration(told, more))
    with table:
        st.html(examples(prepared, told, more))


def _all(prepared: Prepared) -> ClassInputs:
    return class_inputs(held_out_rows(prepared.dataset), groups=[one.column for one in prepared.made])


def _first(prepared: Prepared, found: ClassLine, text: Mapping[str, str]) -> None:
    """Show the sentence, and the probability of each class along one input."""
    data, made = prepared.dataset, prepared.made[found.along]
    said = effect(prepared, found, text)
    st.html(f'<p class="an-said" id="an-effect">{spoken(said)}</p>{_badge(found.weights, text)}')
    level, drawn = level_words(found.level), found.widest()
    charts = []
    for k in drawn:
        parts = {"class": data.classes[k], "input": made.title, "level": level, "rows": f"{len(data.y):,}"}
        alt = filled(text["along alt"], {**parts, "said": bare(spoken(said))})
        axes = made.title, filled(text["chance"], parts)
        charts.append(pictures.chances(found, k, alt, axes, f"{level} credible", filled(text["gloss"], parts)))
    many = f'<div class="an-many">{"".join(charts)}</div>' if len(charts) > 1 else charts[0]
    note = [filled(text["dots"], {"input": made.title, "count": f"{found.shares.largest:,}"})]
    if len(drawn) < len(found.told):
        note.append(filled(text["many"], {"count": str(len(data.classes)), "shown": str(len(drawn))}))
    if found.sampled:
        note.append(found.sentence)
    st.html(f'{many}<p class="an-note">{escape(" ".join(note))}</p>')


def effect(prepared: Prepared, found: ClassLine, text: Mapping[str, str]) -> str:
    """Return the one sentence: what the probability is at both ends of an input, and for one row in the middle."""
    made, (low, high), middle = prepared.made[found.along], found.ends, found.middle

    def at(said: Said) -> str:
        return f"{plain(said.at)} {made.unit}".strip()

    return filled(
        text["effect"],
        {
            "low": at(low),
            "p low": chance(low),
            "interval low": _ends(low),
            "high": at(high),
            "p high": chance(high),
            "interval high": _ends(high),
            "middle": at(middle),
            "p middle": chance(middle),
            "rest": f"{digits.known(100 - 100 * middle.mean, 100 * middle.low, 100 * middle.high)} %",
            "level": level_words(found.level),
            "input": name(made.name),
            "class low": name(low.label),
            "class high": name(high.label),
            "class middle": name(middle.label),
        },
    )


def chance(said: Said) -> str:
    """Return a probability in per cent, with the digits that its interval makes worth reading."""
    return f"{digits.known(100 * said.mean, 100 * said.low, 100 * said.high)} %"


def _ends(said: Said) -> str:
    low, high = digits.ends(100 * said.low, 100 * said.high)
    return f"{low} to {high} %"


def _badge(weights: ClassWeights, text: Mapping[str, str]) -> str:
    """Return which method answers, and how far it can be trusted."""
    parts = {
        "proposals": f"{weights.proposals:,}",
        "effective": f"{weights.effective:,.0f}",
        "k": number(weights.k, 2) if weights.k > 0 else "below 0",
    }
    said = filled(text[f"{weights.way} note"], parts)
    return f'<p class="an-note"><span class="an-badge">{text[weights.way]}</span> {escape(said)}</p>'


__all__ = ["effect", "held_classes", "show_classes"]
