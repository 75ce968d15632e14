"""How a belief narrows."""

from __future__ import annotations

import streamlit as st
from pages.bayes._narrowing.code import script
from pages.bayes._narrowing.look import look
from pages.bayes._narrowing.settings import NarrowingSettings

from pages._ui.lesson import Lesson, Try, run

LESSON = Lesson(
    key="narrowing",
    page="bayes/narrowing",
    settings=(NarrowingSettings,),
    look=look,
    controls=lambda settings: {},
    tries={"": (Try("ruler", {"noise": 0.3}, "noise"), Try("ruler", {"width": 0.2}, "width"), Try("scale"))},
    mathematics=lambda text, settings: st.markdown(text["mathematics"]),
    script=script,
    prints={"": {"ten": r"posterior sd (\S+)"}},
)

if __name__ == "__main__":
    run(LESSON)
