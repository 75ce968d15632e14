"""The tables of the first answer: every coefficient and what it is worth, and some rows held out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from bayes_core.data.upload import Prepared
from bayes_core.data.upload.words import number as plain
from bayes_core.data.upload.words import several
from bayes_core.evaluation.answer import AllInputs, Coefficient, Columns, ColumnWorth, Forecasts, digits
from bayes_core.figures.still import interval, scale
from bayes_core.intervals import level_words
from bayes_core.summaries.summary import number, percent
from pages._ui.words import filled

from .answer_words import spoken

_SHOWN = 12
"""Inputs that are shown at once; a click shows the others."""


def coefficients(prepared: Prepared, found: AllInputs, text: Mapping[str, str]) -> None:
    """Show all coefficients as intervals, the largest first."""
    level = level_words(found.level)
    said = filled(text["inputs said"], {"target": prepared.dataset.target_name, "level": level})
    st.html(f'<h3>{text["inputs head"]}</h3><p class="an-note">{escape(said)}</p>')
    worth = found.quick_worth
    told = found.coefficients
    span = found.span
    rows = [_row(prepared, int(k), told[int(k)], worth.get(found.groups[int(k)]), span, text) for k in found.order]
    unit = "" if prepared.log_target else prepared.unit
    names = [
        text["col input"],
        filled(text["col interval"], {"level": level}),
        filled(text["col own"], {"level": level}),
    ]
    names += [filled(text["col worth unit"], {"unit": unit}) if unit else text["col worth"], text["col evidence"]]
    head = heading(names, {1: scale(span, (span[0], 0.0, span[1]))})
    st.html(folded("an-forest", head, rows, text) + worth_note(found, text))


def folded(kind: str, head: str, rows: Sequence[str], text: Mapping[str, str]) -> str:
    """Return a table of inputs, those beyond the first dozen folded away."""

    def table(some: Sequence[str]) -> str:
        return f'<table class="an-table {kind}">{head}<tbody>{"".join(some)}</tbody></table>'

    if len(rows) <= _SHOWN:
        return table(rows)
    more = filled(text["inputs many"], {"count": several(len(rows) - _SHOWN, "more input")})
    return f"{table(rows[:_SHOWN])}<details><summary>{more}</summary>{table(rows[_SHOWN:])}</details>"


def worth_note(found: Columns[Any], text: Mapping[str, str]) -> str:
    """Return how what inputs are worth is to be read, and of which it is not worked out."""
    some = len(found.quick_worth) < len(found.columns)
    note = text["evidence help"] + (f" {text['worth some']}" if some else "")
    return f'<p class="an-note">{escape(note)}</p>'


def _row(
    prepared: Prepared,
    place: int,
    one: Coefficient,
    worth: ColumnWorth | None,
    span: tuple[float, float],
    text: Mapping[str, str],
) -> str:
    made, own = prepared.made[place], "" if prepared.log_target else prepared.unit
    unit = f"{own or 'units'} / {made.unit}" if made.unit else own
    low, high = digits.ends(one.own[1], one.own[2])
    cells = [
        f'<th scope="row"><span class="as-brought">{escape(one.name)}</span><small>{escape(one.sign)}</small></th>',
        f"<td>{interval(one.low, one.mean, one.high, span)}</td>",
        f"<td><b>{digits.known(*one.own)}</b> <small>{low} to {high} {escape(unit)}</small></td>",
        *worth_cells(worth, text),
    ]
    return f"<tr>{''.join(cells)}</tr>"


def worth_cells(worth: ColumnWorth | None, text: Mapping[str, str]) -> tuple[str, str]:
    """Return the cells of what a column is worth; a dash where that is not worked out, or no row tests it."""
    if worth is None:
        return "<td>–</td>", "<td>–</td>"
    lost, error = digits.with_error(worth.lost, worth.error) if worth.tested else ("–", "")
    shared = "" if len(worth.inputs) == 1 else filled(text["worth together"], {"column": worth.name})
    small = " ".join(part for part in (f"± {error}" if error else "", shared) if part)
    first = f"<td>{'+' if worth.lost > 0 else ''}{lost}<small>{escape(small)}</small></td>"
    return first, f"<td>{number(worth.evidence, 0)}</td>"


def account(prepared: Prepared, found: AllInputs, text: Mapping[str, str]) -> str:
    """Return how many rows are held out, how many the intervals hold, beside the promise, and the mean's error."""
    told = found.forecasts
    assert told is not None
    cover = told.coverage
    rmse, error = digits.with_error(told.rmse, told.rmse_error)
    before, _ = digits.with_error(told.rmse_of_usual, told.rmse_error)
    usual, _ = digits.with_error(told.usual, told.rmse_error)
    unit = "" if prepared.log_target else prepared.unit
    said = filled(
        text["held said"],
        {
            **counts(told),
            "verdict": cover.verdict,
            "rmse": f"{rmse} ± {error}" if error else rmse,
            "unit": f"{unit} " if unit else "",
            "usual": usual,
            "before": before,
        },
    )
    few = [text["held few"]] if cover.few else []
    more = [
        found.trial.sentence,
        *few,
        filled(text["held draws"], {"draws": str(told.draws), "within": f"{told.within_draws:,}"}),
    ]
    if found.trial.repeats:
        more.append(filled(text["held repeats"], {"repeats": f"{found.trial.repeats:,}"}))
    return f'<p class="an-said">{spoken(said)}</p><p class="an-note">{escape(" ".join(more))}</p>'


def counts(told: Forecasts) -> dict[str, str]:
    """Return the words of a coverage."""
    cover = told.coverage
    return {
        "level": level_words(cover.level),
        "inside": f"{cover.inside:,}",
        "total": f"{cover.total:,}",
        "share": percent(cover.share),
        "least": f"{cover.low:,}",
        "most": f"{cover.high:,}",
    }


def examples(prepared: Prepared, told: Forecasts, text: Mapping[str, str], whose: str) -> str:
    """Return the tutorial's table of some rows held out: mean, interval, min, max, range, actual, inside or not."""
    level = level_words(told.level)
    names = ("row", "mean", "predictive", "actual", "covers", "min", "max", "range")
    head = heading([filled(text[f"col {name}"], {"level": level}) for name in names])
    rows, verdicts = [], {0: text["inside"], 1: text["above"], -1: text["below"]}
    for k in told.examples():
        least, most = float(told.least[k]), float(told.most[k])
        at = digits.places(least, most)
        of_mean = (float(part[k]) for part in (told.least, told.most, told.reach))
        cells = [
            f"{prepared.numbers[told.places[k]]:,}",
            f"<b>{number(float(told.mean[k]), at)}</b>",
            " to ".join(digits.ends(float(told.lower[k]), float(told.upper[k]))),
            f"<b>{plain(float(told.actual[k]))}</b>",
            verdicts[int(told.side[k])],
            *(number(value, at) for value in of_mean),
        ]
        rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    note = filled(text["examples"], {"draws": str(told.draws)})
    return (
        f'<div class="an-scroll" tabindex="0" role="region" aria-label="{escape(whose)}">'
        f'<table class="an-table an-rows">{head}<tbody>{"".join(rows)}</tbody></table></div>'
        f'<p class="an-note">{escape(note)}</p>'
    )


def heading(names: Sequence[str], under: Mapping[int, str] | None = None) -> str:
    """Return the head of a table; some columns have an axis `under` their name."""
    cells = (f'<th scope="col">{escape(name)}{(under or {}).get(k, "")}</th>' for k, name in enumerate(names))
    return f"<thead><tr>{''.join(cells)}</tr></thead>"
