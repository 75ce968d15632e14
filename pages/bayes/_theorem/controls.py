"""The native controls of the Bayes' theorem page: views, results, the guess, what is known, exact values, copies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from bayes_core.foundations import events as bayes_rule
from bayes_core.foundations.events import Incoherent
from bayes_core.foundations.quantities import probability
from bayes_core.summaries.summary import percent
from bayes_core.summaries.wording import share_words
from pages._ui.by_hand import Lesson
from pages._ui.controls import choose, coloured_warning, typed
from pages._ui.link import locked
from pages._ui.live.plain import plain

from . import clues as theorem_clues
from . import events as theorem_events
from .settings import (
    COPIES,
    GIVEN,
    MOST_GIVEN,
    MOST_TESTS,
    VIEWS,
    ClueSettings,
    EventSettings,
    TestSettings,
    name_of_event,
)

KEY = "theorem"


def test_controls(lesson: Lesson, settings: TestSettings) -> None:
    """Show the view, the guess or the results."""
    s = settings.spec
    if settings.hidden and plain(KEY):  # otherwise the picture itself asks
        with st.container(key="guessing", horizontal=True, vertical_alignment="bottom"):
            _slider("Your guess, %", "guess", settings.guess if settings.guess >= 0 else 50, lesson.change)
            st.button("Reveal", on_click=lesson.change, kwargs={"reveal": True}, type="primary")
    with st.container(key="controls", horizontal=True, vertical_alignment="bottom"):
        choose("Look at it as", KEY, "view", tuple(VIEWS), settings.view, lesson.change, VIEWS.__getitem__)
        if s.asks and settings.reveal:
            st.button("Guess again", on_click=lesson.change, kwargs={"reveal": False, "view": "people", "guess": -1})
        if settings.view == "again":
            full, off = len(settings.results) >= MOST_TESTS, locked("results")
            for sign, name in (("+", s.positive), ("-", s.negative)):
                more = {"results": settings.results + sign}
                st.button(f"Test: {name}", on_click=lesson.change, kwargs=more, disabled=full or off)
            none = not settings.results or off
            st.button("Undo", on_click=lesson.change, kwargs={"results": settings.results[:-1]}, disabled=none)
            st.button("Start over", on_click=lesson.change, kwargs={"results": ""}, disabled=none)


def _slider(label: str, name: str, value: int, change: Callable[..., None]) -> None:
    key = f"{KEY}.{name}"
    st.session_state[key] = value
    st.slider(label, 0, 100, key=key, on_change=lambda: change(**{name: st.session_state[key]}), disabled=locked(name))


def event_controls(lesson: Lesson, settings: EventSettings) -> None:
    """Show what is known, exact values, names, and the way out of a contradiction."""
    try:
        bayes_rule.events(settings.known())
    except Incoherent as error:
        coloured_warning(_explain(settings, error))
        with st.container(key="remedies", horizontal=True):
            for quantity, value in error.nearest.items():
                name = theorem_events.named(settings, quantity)
                st.button(
                    f"Set {name} to {share_words(round(value, 6), 9)}",
                    on_click=lesson.change,
                    kwargs={GIVEN[quantity]: round(value, 12)},
                    disabled=locked(GIVEN[quantity]),
                )
    key = f"{KEY}.given"
    st.session_state[key] = list(settings.quantities)
    st.pills(
        lesson.text["given"],
        list(GIVEN),
        key=key,
        selection_mode="multi",
        format_func=lambda q: theorem_events.named(settings, q),
        on_change=lambda: _regive(lesson, settings, st.session_state[key]),
        disabled=locked("given"),
    )
    with st.expander("Exact values and other events"):
        st.caption(lesson.text["exact"])
        columns = st.columns(max(len(settings.quantities), 1) + 2)
        for column, quantity in zip(columns, settings.quantities, strict=False):
            with column:
                name, field = theorem_events.named(settings, quantity), GIVEN[quantity]
                typed(lesson.change, KEY, name, field, share_words(getattr(settings, field), 9), probability)
        for column, field, label in zip(columns[-2:], ("a", "b"), ("First event", "Second event"), strict=True):
            with column:
                typed(lesson.change, KEY, label, field, getattr(settings, field), name_of_event)


def _explain(settings: EventSettings, error: Incoherent) -> str:
    """Return the contradiction in this page's own words."""
    if not error.allowed:
        return f"These numbers contradict each other. {error}."
    known = settings.known()
    parts = [
        f"{theorem_events.named(settings, q)} is {share_words(known[q], 9)} and, with the others, must lie between "
        f"{share_words(round(low, 6), 9)} and {share_words(round(high, 6), 9)}"
        for q, (low, high) in error.allowed.items()
    ]
    return f"These numbers contradict each other. Change one of them: {'; or '.join(parts)}."


def _regive(lesson: Lesson, settings: EventSettings, chosen: list[str]) -> None:
    """Take the newest four; a quantity that is newly given starts at the value it has anyway."""
    news = [q for q in chosen if q not in settings.quantities]
    newest = [*news, *(q for q in settings.quantities if q in chosen)][:MOST_GIVEN]
    kept = [q for q in GIVEN if q in newest] or list(settings.quantities)
    fields: dict[str, Any] = {"given": ",".join(kept)}
    try:
        follows = bayes_rule.events(settings.known())
        anyway = {q: follows.middle(q) for q in news}
        fields |= {GIVEN[q]: round(value, 4) for q, value in anyway.items() if value is not None}
    except Incoherent:
        pass
    lesson.change(**fields)


def clue_controls(lesson: Lesson, settings: ClueSettings) -> None:
    """Show how often the petal's length is counted, and what that does to flowers not seen before."""
    choose("Count the petal’s length", KEY, "copies", COPIES, settings.copies, lesson.change, lambda n: f"{n} ×")
    naive, honest = theorem_clues.score(settings.copies), theorem_clues.score(None)
    told = [
        f"right {percent(s.accuracy)} of the time, sure of {percent(s.confidence)}, log score {s.log_score:.3f}"
        for s in (naive, honest)
    ]
    st.markdown(f"On flowers it has not seen (10 folds) naive Bayes is {told[0]}. With correlations known: {told[1]}.")
