"""What was understood of a table: one spoken sentence, what could be read otherwise, and the account of every row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from bayes_core.data.upload import Reading
from bayes_core.data.upload.reading import DELIMITERS, ENCODINGS
from bayes_core.data.upload.words import several
from pages._ui.controls import coloured_warning
from pages._ui.words import coloured

from .desk import correct, desk
from .remedies import pill
from .study import Study

DECIMALS = {".": "a point", ",": "a comma"}
THOUSANDS = {"": "nothing", ",": "commas", ".": "points", " ": "spaces", "'": "apostrophes"}
ORDERS = {
    "": "as each column tells",
    "year first": "year first",
    "day first": "day first",
    "month first": "month first",
}


def understood(text: Mapping[str, str], study: Study) -> None:
    """Say how the table was read, with corrections, and what becomes of its rows."""
    table = study.table
    how = table.reading.sentence(decimals=table.decimals)
    said = text["said"].format(
        rows=several(len(table.numbers), "row"),
        columns=several(len(table.columns), "column"),
        how=how[0].lower() + how[1:],
    )
    with st.container(key="understood", gap=None):
        with st.container(key="said", horizontal=True, vertical_alignment="center", gap="small"):
            st.html(f'<p class="dt-said" role="status">{coloured(" ".join([said, *table.notes]))}</p>', width="content")
            _otherwise(text, study)
        for n, problem in enumerate([*table.problems, *(p for r, p in study.accepted.items() if not r.column)]):
            if n == 0 or problem.remedy not in {p.remedy for p in table.problems}:
                with st.container(key=f"whole_{n}", horizontal=True, vertical_alignment="center", gap="small"):
                    pill(text, study, problem, f"whole.{n}")
        _account(text, study)


def _account(text: Mapping[str, str], study: Study) -> None:
    """Say what becomes of every row, or why these choices make no data set."""
    if study.prepared is not None:
        st.html(f'<p class="dt-account" role="status">{coloured(study.prepared.account.sentence())}</p>')
        return
    why = study.refusal.rstrip(".")
    coloured_warning(text["refused"].format(why=why))


def _otherwise(text: Mapping[str, str], study: Study) -> None:
    """Offer to read the same content otherwise."""
    reading = study.table.reading
    with st.popover(text["otherwise"], type="tertiary"):
        st.caption(text["otherwise lead"])
        if reading.sheet:  # a workbook's cells need neither signs nor an encoding
            _sheet(text, study)
        else:
            _signs(text, study)
        _skipped(text, reading)
        _select(text, "header", (True, False), reading, lambda there: text["header yes" if there else "header no"])
        _select(text, "dates", tuple(ORDERS), reading, ORDERS.__getitem__)
    if "reading" in desk().trouble:
        coloured_warning(f"{desk().trouble['reading'].rstrip('.')}.")


def _signs(text: Mapping[str, str], study: Study) -> None:
    """Offer other signs, and another encoding where bytes were brought."""
    reading = study.table.reading
    _select(text, "delimiter", tuple(DELIMITERS), reading, DELIMITERS.__getitem__)
    _select(text, "decimal", tuple(DECIMALS), reading, DECIMALS.__getitem__)
    _select(text, "thousands", tuple(THOUSANDS), reading, THOUSANDS.__getitem__)
    if isinstance(study.content, bytes):
        known = tuple(name for name in ENCODINGS if name)
        _select(text, "encoding", known, reading, ENCODINGS.__getitem__)


def _sheet(text: Mapping[str, str], study: Study) -> None:
    """Offer another sheet of a workbook by its name."""
    key = "yours.how.sheet"
    st.session_state[key] = study.table.reading.sheet
    st.text_input(text["part sheet"], key=key, on_change=lambda: correct(sheet=st.session_state[key]))


def _skipped(text: Mapping[str, str], reading: Reading) -> None:
    """Offer to begin the table further down."""
    key = "yours.how.skipped"
    st.session_state[key] = reading.skipped
    st.number_input(
        text["part skipped"], 0, 1000, step=1, key=key, on_change=lambda: correct(skipped=st.session_state[key])
    )


def _select(
    text: Mapping[str, str], part: str, options: tuple[Any, ...], reading: Reading, words: Callable[[Any], str]
) -> None:
    key = f"yours.how.{part}"
    st.session_state[key] = getattr(reading, part)

    def heard() -> None:
        correct(**{part: st.session_state[key]})

    st.selectbox(text[f"part {part}"], options, key=key, format_func=words, on_change=heard)
