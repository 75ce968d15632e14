"""Bayes' theorem: what follows from what is known, on two events, on a test, and on clue after clue."""

from __future__ import annotations

import streamlit as st

from pages._ui.by_hand import Lesson
from pages._ui.controls import code_and_share, tex, try_this
from pages._ui.link import locked
from pages.bayes._theorem import clues as theorem_clues
from pages.bayes._theorem import controls as theorem_controls
from pages.bayes._theorem import events as theorem_events
from pages.bayes._theorem import tests as theorem_tests
from pages.bayes._theorem.code import script
from pages.bayes._theorem.settings import PAGE, PARSERS, TITLES, ClueSettings, EventSettings, at_start, from_link

lesson = Lesson(theorem_controls.KEY, PAGE, TITLES, PARSERS, at_start, from_link)
text, go = lesson.text, lesson.demonstrate
kind = {EventSettings: "event", ClueSettings: "clue"}.get(type(lesson.settings), "test")
settings = lesson.open(f"question {kind}", f"lead {kind}")
room = {"event": theorem_events, "clue": theorem_clues, "test": theorem_tests}[kind]

films = {handle: room.film(settings, handle) for handle in settings.handles}
lesson.show(room.picture(settings, lesson.state()), room.handles(settings, locked), films)
if not lesson.present or getattr(settings, "hidden", False):
    getattr(theorem_controls, f"{kind}_controls")(lesson, settings)
if lesson.present:
    st.stop()

test = "mammography"  # what the buttons say is true of this one
tries = {
    "test": [
        {"name": test, "glide": "prevalence", "prevalence": 0.1, "reveal": True},
        {"name": test, "view": "again", "results": "++", "reveal": True},
        {"name": test, "glide": "specificity", "specificity": 0.99, "reveal": True},
        {"name": test, "view": "unsure", "reveal": True},
    ],
    "event": [
        {"name": "fog", "given": "A,B|A,B|not A", "glide": "pA", "pA": 0.05},
        {"name": "fog", "given": "A,B|A"},
        {"name": "fog", "given": "A,A and B", "glide": "pAB", "pAB": 0.7},
        {"name": "fog", "given": "A,B|A,B|not A", "pBA": 0.3, "glide": "pBnA", "pBnA": 0.3},
    ],
    "clue": [
        {"name": "iris", "copies": 4, "pl": 4.8, "pw": 1.7},
        {"name": "iris", "glide": "pl", "pl": 4.8, "pw": 1.7},
        {"name": "iris", "glide": "pw", "pl": 5.5, "pw": 0.8},
        {"name": "iris", "glide": "pl", "pl": 1.4, "pw": 0.2, "sl": 5.0, "sw": 3.4},
    ],
}
try_this({text[f"try {kind} {n}"]: (go, which) for n, which in enumerate(tries[kind], start=1)})

with st.expander("The mathematics, in the same colours"):
    st.markdown(text["mathematics"])
    prior, likelihood = tex("prior", "p(A)"), tex("likelihood", r"p(B \mid A)")
    st.latex(
        tex("posterior", r"p(A \mid B)")
        + rf" = \frac{{{likelihood}\;{prior}}}{{p(B)}}, \qquad p(B) = "
        + likelihood
        + r"\;"
        + prior
        + r" + p(B \mid \bar A)\,p(\bar A)"
    )
    st.markdown(text["mathematics odds"])
    st.latex(
        tex("posterior", r"\frac{p(A \mid B)}{p(\bar A \mid B)}")
        + " = "
        + tex("likelihood", r"\frac{p(B \mid A)}{p(B \mid \bar A)}")
        + r"\cdot"
        + tex("prior", r"\frac{p(A)}{p(\bar A)}")
    )
    st.markdown(text["mathematics spread"])
    st.markdown(text["mathematics bounds"])
    st.markdown(text["mathematics naive"])
    st.latex(
        tex("posterior", r"p(c \mid x_1, \dots, x_F)")
        + r"\;\propto\;"
        + tex("prior", "p(c)")
        + tex("likelihood", r"\prod_f \mathcal N(x_f \mid m_{cf}, s_{cf}^2)")
    )
code_and_share(text, script(settings))
