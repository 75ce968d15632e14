"""The lessons that these data can be taken to, each with what will happen there, or why it cannot use them."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from importlib import import_module

import streamlit as st

from bayes_core.data.upload import Prepared
from bayes_core.data.upload.words import several
from pages._ui import own
from pages._ui.thread import query, stops

from .icons import ICONS
from .study import Study

DOORS = (
    "linear/posterior",
    "linear/map_vs_ridge",
    "neural/regression",
    "trust/classes",
    "trust/conformal",
    "yours/decide",
)


def doors(text: Mapping[str, str], study: Study) -> None:
    """Show the doors, once there are data to take along."""
    data, prepared = own.current(), study.prepared
    if data is None or prepared is None:
        return
    there = {stop.door: stop.file for stop in stops()}
    with st.container(key="take", gap=None):
        st.html(f'<h2 class="dt-take">{text["doors"]}</h2>')
        with st.container(key="doors", gap=None):
            for door in (one for one in DOORS if one in there):
                _door(text, door, there[door], data, prepared)


def _door(text: Mapping[str, str], door: str, file: str, data: own.Own, prepared: Prepared) -> None:
    """Show one door; of a lesson that cannot use the data it says why, and leads there without them."""
    word, gloss = text[f"door {door}"].splitlines()
    why = refusal(door, data)
    with st.container(key=f"to_{'no_' if why else ''}{door.replace('/', '_')}", gap=None):
        st.html(ICONS[door])
        asked = query() if why else query() | {"scene": own.NAME} | _text(data)
        st.page_link(file, label=word, query_params=asked)
        st.html(f'<p class="dt-gloss">{escape(why or gloss.format(**told(prepared)))}</p>')


def _text(data: own.Own) -> dict[str, str]:
    return {own.ROWS: data.link} if data.link else {}


def told(prepared: Prepared) -> dict[str, str]:
    """Return what doors say of the data."""
    data = prepared.dataset
    kinds = several(len(data.classes), "class", "classes") if data.classes else "needs classes"
    return {"inputs": several(data.x.shape[1], "input"), "rows": several(len(data.y), "row"), "classes": kinds}


def refusal(door: str, data: own.Own) -> str:
    """Return why a lesson cannot look at the data, "" where it can."""
    lesson = import_module("pages." + door.replace("/", ".")).LESSON
    refused: str = lesson.refuses(data)
    return refused
