"""Your numbers: a table comes in, is understood before any model speaks, and goes along to every lesson."""

from __future__ import annotations

import streamlit as st

from bayes_core.figures.miniature import Miniature
from pages._ui import staging, thread
from pages._ui.controls import page_head
from pages._ui.words import asset, words
from pages.yours._data.cards import cards
from pages.yours._data.desk import desk, welcome
from pages.yours._data.doors import doors
from pages.yours._data.outcome import outcome
from pages.yours._data.small import small
from pages.yours._data.understood import understood
from pages.yours._data.ways import ways

PAGE = "yours/data"


def miniature() -> Miniature:
    """Return the page's picture on the map of all lessons."""
    return small(words(PAGE)["thread"])


def main() -> None:
    """Show the page to the reader of this session."""
    text = words(PAGE)
    present = staging.presenting()
    st.html(f"<style>{asset('live/yours.css')}</style>")
    page_head(text, present, staging.new_notes(()))
    welcome()
    ways(text)
    study = desk().study
    if study is not None:
        understood(text, study)
        cards(text, study)
        outcome(text, study)
        doors(text, study)
    if not present:
        thread.foot(PAGE)


if __name__ == "__main__":
    main()
