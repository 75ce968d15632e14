"""A card for each column: name, unit, how it is spread, its correlation with the target, role, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from bayes_core.data.upload import Column
from bayes_core.data.upload.words import several
from pages._ui.controls import coloured_warning
from pages._ui.words import filled

from . import choices
from .desk import change, desk, show_all, typed_unit
from .marked import as_html, as_label, plain_name
from .remedies import pill
from .spread import ends, spread
from .study import Study

MOST = 24
"""Cards at first; the rest come when they are asked for."""
KINDS = {"yes-no": "yes or no", "id": "names rows", "category": "labels"}


def cards(text: Mapping[str, str], study: Study) -> None:
    """Show what is to be predicted, along what it is looked at, and the cards, the strongest column first.

    How many proposals are open stands above the cards.
    """
    order = ordered(study)
    shown = order if desk().all_shown else order[:MOST]
    _choices(text, study)
    with st.container(key="columns", gap=None):
        st.html(f'<p class="dt-count" role="status">{_counted(text, study)}</p>')
        with st.container(key="cards", gap=None):
            for name in shown:
                _card(text, study, study.table.column(name))
        if len(shown) < len(order):
            st.button(text["all cards"].format(count=len(order)), key="yours.all", on_click=show_all, type="tertiary")


def ordered(study: Study) -> list[str]:
    """Return all columns: the target, inputs by their strength, then what is left out."""
    place = {name: k for k, name in enumerate(study.strengths)}
    rank = {"target": 0, "input": 1, "left out": 2}
    names = study.table.names
    return sorted(names, key=lambda name: (rank[study.role(name)], place.get(name, len(place)), names.index(name)))


def _choices(text: Mapping[str, str], study: Study) -> None:
    """Show the two choices that a picture starts from."""
    table = study.table
    first: dict[str, Any] = {} if study.target else {"index": None, "placeholder": text["choice none"]}
    targets = [one.name for one in table.columns if "target" in choices.roles(one)]
    with st.container(key="choices", horizontal=True, vertical_alignment="bottom"):
        key = "yours.target"
        st.session_state[key] = study.target
        st.selectbox(
            text["choice target"], targets, key=key, format_func=lambda name: plain_name(table.column(name).title),
            on_change=lambda: _target(st.session_state[key]), width=240, **first,
        )  # fmt: skip
        if study.inputs:
            along = "yours.along"
            st.session_state[along] = study.look_along
            st.selectbox(
                text["choice along"], study.inputs, key=along,
                format_func=lambda name: plain_name(table.column(name).title),
                on_change=lambda: _along(st.session_state[along]), width=240,
            )  # fmt: skip


def _target(name: str | None) -> None:
    if name:
        change(lambda study: study.with_role(name, "target"))


def _along(name: str | None) -> None:
    if name:
        change(lambda study: study.looking_along(name))


def _counted(text: Mapping[str, str], study: Study) -> str:
    """Say how many columns there are, and what is still to be decided."""
    columns = several(len(study.table.columns), "column")
    first = filled(text["cards" if study.strengths else "cards unordered"], {"columns": columns})
    count, taken = len(study.open()), len(study.accepted)
    left = several(count, "proposal") if count else "no proposal"
    rest = f"{left} open" if count else left
    done = f", {taken} accepted" if taken else ", none accepted yet" if count else ""
    return f"<b>{first}</b><span>{rest}{done}</span>"


def _card(text: Mapping[str, str], study: Study, column: Column) -> None:
    """Show one column."""
    at, role = study.table.names.index(column.name), study.role(column.name)
    look = {"target": "target", "input": "input", "left out": "out"}[role]
    if column.name == study.look_along and role == "input":
        look = "along"
    with st.container(key=f"card_{look}_{at}", gap=None):
        st.html(_face(text, study, column))
        _role(study, column, at, role)
        if column.kind == "number":
            _unit(text, column, at)
        for sentence in study.notes_on(column):
            st.html(f'<p class="dt-problem dt-why">{escape(sentence[0].upper() + sentence[1:])}</p>')
        problems = [p for name, p in study.open() if name == column.name]
        problems += [p for remedy, p in study.accepted.items() if remedy.column == column.name]
        for problem in problems:
            name = f"{at}_{problem.remedy.action}_{problem.remedy.value}".replace(" ", "_").replace(".", "_")
            with st.container(key=f"problem_{name}", horizontal=True, vertical_alignment="center", gap=None):
                pill(text, study, problem, name)


def _face(text: Mapping[str, str], study: Study, column: Column) -> str:
    """Return name, unit and kind, the tiny histogram between its ends, what is missing, and the correlation."""
    there = column.unit and column.kind != "number"  # whose unit stands in its field
    unit = f'<span class="dt-unit">{as_html(column.unit)}</span>' if there else ""
    kind = KINDS.get(column.kind, "" if column.kind == "number" else column.kind)
    kind = f'<span class="dt-kind">{kind}</span>' if kind else ""
    low, high = ends(column)
    r = study.strengths.get(column.name)
    told = [f"r {r:.2f}".replace("-", "−")] if r is not None else []
    unused = study.role(column.name) == "left out"  # in use, its problem says so
    absent = f'<span class="dt-absent">{text["missing"].format(count=f"{column.missing:,}")}</span>'
    return (
        f'<p class="dt-name as-brought"><b>{as_html(column.name)}</b> {unit}{kind}</p>'
        f'<div class="dt-row as-brought"><span>{as_html(low)}</span>{spread(column)}<span>{as_html(high)}</span>'
        f'<span class="dt-r">{" ".join(told)}</span></div>{absent if column.missing and unused else ""}'
    )


def _unit(text: Mapping[str, str], column: Column, at: int) -> None:
    """Show the unit, to be typed: what the file does not tell is never guessed."""
    key, where = f"yours.unit.{at}", f"unit.{column.name}"
    if where not in desk().trouble:  # what was refused stays in its field
        st.session_state[key] = column.unit
    with st.container(key=f"unit_{at}", gap=None):
        st.text_input(
            f"Unit of {as_label(column.name)}", key=key, placeholder=text["unit"], label_visibility="collapsed",
            on_change=lambda: typed_unit(column.name, st.session_state[key]),
        )  # fmt: skip
        if where in desk().trouble:
            coloured_warning(f"{desk().trouble[where].rstrip('.')}.")


def _role(study: Study, column: Column, at: int, role: str) -> None:
    """Show a column's role: a choice, or where there is none, the word."""
    with st.container(key=f"role_{at}"):
        offered = choices.roles(column)
        if len(offered) == 1:
            st.html(f'<p class="dt-only">{role}</p>')
            return
        key = f"yours.role.{at}"
        st.session_state[key] = role
        st.selectbox(
            f"Role of {as_label(column.name)}", offered, key=key, label_visibility="collapsed",
            on_change=lambda: change(lambda now: now.with_role(column.name, st.session_state[key])),
        )  # fmt: skip
