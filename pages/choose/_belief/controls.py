"""The native controls of the belief network page: what is asked, what a click means, what moves, the table."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from bayes_core.foundations.belief_network import text_of
from bayes_core.foundations.belief_network.text import cases
from pages._ui.controls import typed
from pages._ui.lesson import Control
from pages._ui.staging import locked
from pages._ui.thread import query
from pages._ui.visit import Visit
from pages._ui.words import coloured

from .settings import LONGEST, NetSettings, entry_text, entry_words, network_text

KEY = "belief"
_THEOREM = "pages/bayes/theorem.py"


def controls(settings: NetSettings) -> Mapping[str, tuple[Control, ...]]:
    """Return the controls by row."""
    if settings.asks:
        return {}
    same: dict[str, tuple[Control, ...]] = {"same": (_same,)} if settings.scene == "mail" else {}
    rows: dict[str, tuple[Control, ...]] = {"controls": ("click", "factors", _forget), "asking": (_about, _entry)}
    return rows | same | {"table": (_table, _apart)}


def _forget(visit: Visit, settings: NetSettings) -> None:
    """Take back all that is known."""
    off = locked("known") or not settings.known
    st.button("Forget all", on_click=visit.change, kwargs={"known": ""}, disabled=off)


def _about(visit: Visit, settings: NetSettings) -> None:
    key = f"{KEY}.about"
    st.session_state[key] = settings.asked

    def heard() -> None:
        visit.change(about=st.session_state[key])

    st.selectbox("Ask about", settings.written.names, key=key, on_change=heard, disabled=locked("about"))


def _entry(visit: Visit, settings: NetSettings) -> None:
    """Show which probability the handle moves."""
    key, net = f"{KEY}.entry", settings.written
    there = {entry_text(one): entry_words(net, one) for event in net.events for one in event.entries()}
    st.session_state[key] = entry_text(settings.moved)

    def heard() -> None:
        visit.change(entry=st.session_state[key])

    st.selectbox(
        "The handle moves", there, key=key, format_func=there.__getitem__, on_change=heard, disabled=locked("entry")
    )


def _same(visit: Visit, settings: NetSettings) -> None:
    """Lead to the page that has the same clue, and to naive Bayes with measurements."""
    for label, scene in (("same test", "spam"), ("same clues", "iris")):
        st.page_link(
            _THEOREM, label=visit.text[label], query_params=query() | {"scene": scene}, icon=":material/arrow_forward:"
        )


def _apart(visit: Visit, settings: NetSettings) -> None:
    """Say how such a network differs from a neural one, which has nearly the same name."""
    if visit.present:
        return
    with st.expander("Not a Bayesian neural network"):
        st.markdown(visit.text["apart"])


def _table(visit: Visit, settings: NetSettings) -> None:
    """Show the events, what each depends on, and all probabilities, to be edited."""
    if visit.present:
        return
    with st.expander("Events, causes and probabilities", expanded=settings.story.table):
        st.html(f'<p class="reading">{coloured(visit.text["table"]).replace("{cases}", cases(2))}</p>')
        shown = text_of(settings.network)
        typed(
            visit.change,
            KEY,
            "One event a line",
            "net",
            shown,
            lambda text: network_text(settings, text),
            LONGEST,
            tall=True,
        )
