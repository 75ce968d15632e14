"""The page from top to bottom."""

from __future__ import annotations

import streamlit as st

from pages._ui import staging, thread
from pages._ui.controls import page_head
from pages._ui.words import asset, words

from . import answer
from .cards import cards
from .desk import desk, welcome
from .doors import doors
from .outcome import outcome
from .understood import understood
from .ways import ways

PAGE = "yours/data"


def show() -> None:
    """Show the page to the reader of this session."""
    text, present = words(PAGE), staging.presenting()
    st.html(f"<style>{asset('live/yours.css')}</style>")
    page_head(text, present, staging.new_notes(()))
    welcome()
    ways(text)
    study = desk().study
    if study is not None:
        understood(text, study)
        with st.container(key="sheet", gap="small"):
            cards(text, study)
            outcome(text, study)
            if study.prepared is not None:
                answer.show(study.prepared, study.table, study.place)
        doors(text, study)
    if not present:
        thread.foot(PAGE)
