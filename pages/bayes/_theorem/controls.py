"""The native controls of the Bayes' theorem page: views, results, what is known, exact values, copies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import streamlit as st

from bayes_core.foundations import events as bayes_rule
from bayes_core.foundations.events import Incoherent
from bayes_core.foundations.naive_bayes import Score, held_out
from bayes_core.foundations.quantities import probability
from bayes_core.summaries.summary import percent
from bayes_core.summaries.wording import room_words, share_words
from pages._ui.controls import coloured_warning, typed
from pages._ui.fields import fields_of
from pages._ui.lesson import Control
from pages._ui.staging import locked
from pages._ui.visit import Visit

from .look import flowers
from .scenes import GIVEN
from .settings import MOST_GIVEN, MOST_TESTS, ClueSettings, EventSettings, TestSettings

KEY = "theorem"


def controls(settings: Any) -> Mapping[str, tuple[Control, ...]]:
    """Return the controls by row."""
    if isinstance(settings, TestSettings):
        if settings.asks:
            return {}  # every view asks the same
        of_view: dict[str, tuple[Control, ...]] = {"again": (_results,), "unsure": ("assumed",)}
        return {"controls": ("view", *of_view.get(settings.view, ()))}
    if isinstance(settings, EventSettings):
        mended: dict[str, tuple[Control, ...]] = {}
        if settings.contradiction:
            mended = {"contradiction": (_contradiction,), "remedies": (_remedies,)}
        return mended | {"given": (_given,), "exact": (_exact,)}
    return {"controls": ("copies",), "unseen": (_unseen,)}


# ---------------------------------------------------------------------------------------------------- a test
def _results(visit: Visit, settings: TestSettings) -> None:
    """Add a result, or take some away."""
    full, off = len(settings.results) >= MOST_TESTS, locked("results")
    for sign, name in (("+", settings.people.positive), ("-", settings.people.negative)):
        more = {"results": settings.results + sign}
        st.button(f"Test: {name}", on_click=visit.change, kwargs=more, disabled=full or off)
    none = not settings.results or off
    st.button("Undo", on_click=visit.change, kwargs={"results": settings.results[:-1]}, disabled=none)
    st.button("Start over", on_click=visit.change, kwargs={"results": ""}, disabled=none)


# ------------------------------------------------------------------------------------------------ two events
def _contradiction(visit: Visit, settings: EventSettings) -> None:
    """Say what contradicts what, in this page's own words."""
    error = settings.contradiction
    assert error is not None
    if not error.allowed:
        coloured_warning(f"These numbers contradict each other. {error}.")
        return
    known = settings.known()
    parts = [
        f"{settings.named(q)} is {share_words(known[q], 9)} and, with the others, "
        f"{room_words(*ends, bayes_rule.reached(q, known) or (True, True))}"
        for q, ends in error.allowed.items()
    ]
    coloured_warning(f"These numbers contradict each other. Change one of them: {'; or '.join(parts)}.")


def _remedies(visit: Visit, settings: EventSettings) -> None:
    """Show a button for every single number that mends the contradiction."""
    error = settings.contradiction
    assert error is not None
    for quantity, value in error.nearest.items():
        st.button(
            f"Set {settings.named(quantity)} to {share_words(value, 6)}",
            on_click=visit.change,
            kwargs={GIVEN[quantity]: value},
            disabled=locked(GIVEN[quantity]),
        )


def _given(visit: Visit, settings: EventSettings) -> None:
    key = f"{KEY}.given"
    st.session_state[key] = list(settings.quantities)

    def heard() -> None:
        visit.change(**_regiven(settings, st.session_state[key]))

    with st.container():  # straight in a row the pills would stay on one line, and leave a phone
        st.pills(
            visit.text["given"],
            list(GIVEN),
            key=key,
            selection_mode="multi",
            format_func=settings.named,
            on_change=heard,
            disabled=locked("given"),
        )


def _regiven(settings: EventSettings, chosen: list[str]) -> dict[str, Any]:
    """Return the newest four; a quantity that is newly given starts at the value it has anyway."""
    news = [q for q in chosen if q not in settings.quantities]
    newest = [*news, *(q for q in settings.quantities if q in chosen)][:MOST_GIVEN]
    given = [q for q in GIVEN if q in newest] or list(settings.quantities)
    fields: dict[str, Any] = {"given": ",".join(given)}
    try:
        follows = bayes_rule.events(settings.known())
    except Incoherent:
        return fields
    anyway = {q: follows.middle(q) for q in news}
    return fields | {GIVEN[q]: round(value, 4) for q, value in anyway.items() if value is not None}


def _exact(visit: Visit, settings: EventSettings) -> None:
    """Show what is given in all its digits, and the events' names."""
    with st.expander("Exact values and other events"):
        st.caption(visit.text["exact"])
        columns = st.columns(len(settings.quantities) + 2)
        for column, quantity in zip(columns, settings.quantities, strict=False):
            with column:
                field = GIVEN[quantity]
                shown = share_words(getattr(settings, field), 9)
                typed(visit.change, KEY, settings.named(quantity), field, shown, probability)
        for column, field in zip(columns[-2:], ("a", "b"), strict=True):
            with column:
                fields_of(settings)[field].show(KEY, field, settings, visit.change)


# ------------------------------------------------------------------------------------------------- many clues
def _unseen(visit: Visit, settings: ClueSettings) -> None:
    """Say what counting a clue often does to flowers not seen before."""
    told = [
        f"right {percent(s.accuracy)} of the time, sure of {percent(s.confidence)}, log score {s.log_score:.3f}"
        for s in (_score(tuple(settings.counts)), _score(None))
    ]
    st.markdown(f"On flowers it has not seen (10 folds) naive Bayes is {told[0]}. With correlations known: {told[1]}.")


@st.cache_data(max_entries=16, show_spinner=False)
def _score(counts: tuple[float, ...] | None) -> Score:
    """Return how well naive Bayes does on flowers it has not seen; None asks the model that knows correlations."""
    _, x, y = flowers()
    return held_out(x, y, None if counts is None else np.array(counts))
