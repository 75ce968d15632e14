"""The tables of the first answer about classes: coefficients, scores, calibration, and some rows held out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from bayes_core.data.upload import Prepared
from bayes_core.data.upload.words import number as plain
from bayes_core.evaluation.answer import ClassCoefficient, ClassForecasts, ClassInputs, ColumnWorth, Hits, digits
from bayes_core.evaluation.scores import Score
from bayes_core.figures import class_answer as pictures
from bayes_core.figures.still import interval, scale
from bayes_core.intervals import level_words
from bayes_core.summaries.summary import number, percent
from pages._ui.words import filled, words

from .answer_tables import folded, heading, worth_cells, worth_note
from .answer_words import name, spoken

_FAR = 20  # from here on no single number of decimals suits both ends
_MOST_CHANCES = 4
"""Classes up to which a table has a column for each."""


def coefficients(prepared: Prepared, found: ClassInputs, badge: str, text: Mapping[str, str]) -> None:
    """Show all coefficients as intervals, the largest first."""
    usual, level = words("yours/answer"), level_words(found.level)
    two = len(found.classes) == 2
    parts = {"level": level, "class": found.classes[-1], "other": found.classes[0]}
    said = filled(text["inputs said" if two else "inputs said many"], parts)
    st.html(f'<h3>{usual["inputs head"]}</h3><p class="an-note">{escape(said)}</p>{badge}')
    worth, span = found.quick_worth, found.span
    rows = [
        _row(prepared, int(k), found.coefficients[int(k)], worth.get(found.groups[int(k)]), span, text, usual)
        for k in found.order
    ]
    names = [usual["col input"], *(filled(text[f"col {one}"], parts) for one in ("interval", "odds", "worth"))]
    head = heading([*names, usual["col evidence"]], {1: scale(span, (span[0], 0.0, span[1]))})
    kind = f"an-forest an-classes{'' if two else ' an-several'}"
    st.html(folded(kind, head, rows, usual) + worth_note(found, usual))


def _row(
    prepared: Prepared,
    place: int,
    told: Sequence[ClassCoefficient],
    worth: ColumnWorth | None,
    span: tuple[float, float],
    text: Mapping[str, str],
    usual: Mapping[str, str],
) -> str:
    """Return the row of an input: an interval, and what the odds are multiplied by, for each class."""
    made, first = prepared.made[place], told[0]
    step = "unit" if first.step == 1 and not made.unit else f"{plain(first.step)} {made.unit}".strip()
    bars, odds = "", ""
    for one in told:
        label = f'<small class="as-brought">{escape(one.label)}</small>' if len(told) > 1 else ""
        bars += f'<div class="an-each">{label}{interval(one.low, one.mean, one.high, span)}</div>'
        middle, low, high = _factors(*one.odds)
        sign = f" {one.sign.partition(' ')[0]}" if len(told) > 1 else ""
        factor = f"<span><b>× {middle}</b> <small>{low} to {high}{sign}</small></span>"
        odds += f'<div class="an-each">{label}{factor}</div>'
    sign = first.sign if len(told) == 1 else ""
    under = " · ".join(part for part in (sign, filled(text["odds per"], {"step": step})) if part)
    cells = [
        f'<th scope="row"><span class="as-brought">{escape(first.name)}</span><small>{escape(under)}</small></th>',
        f"<td>{bars}</td><td>{odds}</td>",
        *worth_cells(worth, usual),
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _factors(middle: float, low: float, high: float) -> tuple[str, str, str]:
    """Return by what odds are multiplied, with the digits that the interval makes worth reading."""
    if high < _FAR * low:
        return digits.known(middle, low, high), *digits.ends(low, high)
    return _factor(middle), _factor(low), _factor(high)


def _factor(odds: float) -> str:
    """Return a factor with two digits."""
    return f"{odds:.2g}" if 0.001 <= odds < 100 else f"{odds:.0f}" if 100 <= odds < 1e6 else f"{odds:.0e}"


def scores(prepared: Prepared, found: ClassInputs, told: ClassForecasts, text: Mapping[str, str]) -> str:
    """Return how many rows are right, and both scores beside those of always saying the shares of the fitted rows."""
    usual, hits, always = words("yours/answer"), told.accuracy, told.usual_accuracy
    low, high = digits.ends(100 * hits.low, 100 * hits.high)
    said = filled(
        text["held said"],
        {
            "right": f"{hits.right:,}",
            "total": f"{hits.total:,}",
            "share": percent(hits.share),
            "low": low,
            "high": f"{high} %",
            "level": level_words(hits.level),
            "usual": f"{always.right:,}",
            "usual share": percent(always.share),
            "commonest": name(told.classes[int(told.usual.argmax())]),
        },
    )
    notes = [found.trial.sentence, *([text["held few"]] if told.few else [])]
    if found.trial.repeats:
        notes.append(filled(usual["held repeats"], {"repeats": f"{found.trial.repeats:,}"}))
    head = heading([text[f"col {one}"] for one in ("what", "right", "log score", "brier")])
    rows = (
        _scored(text["this"], hits, told.log_score, told.brier),
        _scored(text["always"], always, told.usual_log_score, told.usual_brier),
    )
    table = f'<table class="an-table an-scores">{head}<tbody>{"".join(rows)}</tbody></table>'
    return (
        f'<p class="an-said">{spoken(said)}</p><p class="an-note">{escape(" ".join(notes))}</p>{table}'
        f'<p class="an-note">{escape(text["scores note"])}</p>'
    )


def _scored(who: str, hits: Hits, *told: Score) -> str:
    cells = [f'<th scope="row">{escape(who)}</th>', f"<td><b>{percent(hits.share)}</b></td>"]
    for one in told:
        mean, error = digits.with_error(one.mean, one.error)
        cells.append(f"<td><b>{mean}</b>{f' <small>± {error}</small>' if error else ''}</td>")
    return f"<tr>{''.join(cells)}</tr>"


def calibration(told: ClassForecasts, text: Mapping[str, str]) -> str:
    """Return what was said against what happened, with where a kept promise would be."""
    found, at = told.calibration, told.telling
    likeliest = "" if told.event else " likeliest"
    parts = {
        "event": name(told.event),
        "count": f"{at.total:,}",
        "told": f"{percent(float(at.level))}",
        "happened": f"{at.inside:,}",
        "share": percent(at.share),
        "least": f"{at.low:,}",
        "most": f"{at.high:,}",
        "verdict": at.verdict,
    }
    said = filled(text[f"calibration said{likeliest}"], parts)
    counts = {
        "outside": str(int(found.outside.sum())),
        "bins": str(len(told.bins)),
        "level": level_words(found.level),
        "chance": number(found.outside_by_chance, 1),
        "count": f"{int(found.counts.max()):,}",
        "event": told.event,
        "total": f"{len(told.actual):,}",
    }
    alt = filled(text["calibration alt"], {**counts, "said": filled(said, {})})
    axes = filled(text[f"said x{likeliest}"], counts), text["said y"]
    chart = pictures.reliability(found, alt.replace("**", "").replace("\ue000", "").replace("\ue001", ""), axes)
    keys = (("st-bar", "key bars"), ("st-many", "key dots"))
    key = "".join(
        f'<span><i class="{kind}"></i><span>{escape(filled(text[words_of], counts))}</span></span>'
        for kind, words_of in keys
    )
    note = escape(filled(text["calibration note"], counts))
    return f'<p class="an-small">{spoken(said)}</p>{chart}<p class="an-key">{key}</p><p class="an-note">{note}</p>'


def examples(prepared: Prepared, told: ClassForecasts, text: Mapping[str, str]) -> str:
    """Return some rows held out: the probability of each class, the most probable one, and what the row is."""
    usual, classes = words("yours/answer"), told.classes
    each = classes if len(classes) <= _MOST_CHANCES else ()
    names = [usual["col row"], *(filled(text["chance"], {"class": one}) for one in each)]
    names += [text["col best"], *([] if each else [text["col its"]]), text["col actual"], text["col hit"]]
    rows = []
    for k in told.examples():
        p, best, hit = told.probabilities[k], int(told.best[k]), bool(told.right[k])
        cells = [f"{prepared.numbers[told.places[k]]:,}", *(_chance(float(v)) for v in p[: len(each)])]
        cells += [f"<b>{escape(classes[best])}</b>", *([] if each else [_chance(float(p[best]))])]
        cells += [f"<b>{escape(classes[int(told.actual[k])])}</b>", text["hit" if hit else "miss"]]
        rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    return (
        f'<div class="an-scroll" tabindex="0" role="region" aria-label="{escape(text["table"])}">'
        f'<table class="an-table an-rows an-told">{heading(names)}<tbody>{"".join(rows)}</tbody></table></div>'
        f'<p class="an-note">{escape(text["examples"])}</p>'
    )


def _chance(p: float) -> str:
    """Return a probability of one row: certainty is never claimed."""
    return "over 99.9 %" if p > 0.999 else "below 0.1 %" if p < 0.001 else f"{100 * p:.1f} %"


__all__ = ["calibration", "coefficients", "examples", "scores"]
