"""Updating beliefs: how data, one at a time, move what was believed before."""

from __future__ import annotations

import streamlit as st

from pages._ui.by_hand import Lesson
from pages._ui.controls import code_and_share, tex, try_this
from pages._ui.link import locked
from pages.bayes._updating import films as updating_films
from pages.bayes._updating import picture as updating_picture
from pages.bayes._updating.code import script
from pages.bayes._updating.controls import KEY, controls
from pages.bayes._updating.settings import PAGE, PARSERS, SCENES, UpdatingSettings, from_link

titles = {name: scene.title for name, scene in SCENES.items()}
lesson = Lesson(KEY, PAGE, titles, PARSERS, UpdatingSettings.at_start, from_link, ("level", "how"))
text, go = lesson.text, lesson.demonstrate
settings = lesson.open()

films = {handle: updating_films.film(settings, handle) for handle in settings.handles}
lesson.show(updating_picture.picture(settings, lesson.state()), updating_picture.handles(settings, locked), films)
if lesson.present:
    st.stop()
controls(lesson, settings)

try_this(
    {
        text["try 1"]: (
            go,
            {"name": "coin", "points": 1000, "worth": 200.0, "glide": "seen", "seen": 1000.0, "ms": 6000},
        ),
        text["try 2"]: (go, {"name": "coin", "worth": 2.0, "data": "HHH", "seen": 3.0, "view": "predict"}),
        text["try 3"]: (go, {"name": "coin", "view": "order", "glide": "seen", "seen": 20.0, "ms": 4000}),
        text["try 4"]: (go, {"name": "rivals", "view": "evidence", "glide": "seen", "seen": 100.0, "ms": 4000}),
    }
)
with st.expander("The mathematics, in the same colours"):
    st.markdown(text["mathematics"])
    prior = {"beta": r"\mathrm{Beta}(a, b)", "normal": r"\mathcal N(m, s^2)", "gamma": r"\mathrm{Gamma}(k, r)"}
    data = {
        "beta": r"h \text{ heads}, t \text{ tails}",
        "normal": r"n \text{ values, mean } \bar y",
    }
    data["gamma"] = r"n \text{ counts, sum } Y"
    after = {
        "beta": r"\mathrm{Beta}(a + h,\ b + t)",
        "normal": r"\mathcal N\Big(\frac{w m + n \bar y}{w + n},\ \frac{\sigma^2}{w + n}\Big),\ w = \sigma^2 / s^2",
        "gamma": r"\mathrm{Gamma}(k + Y,\ r + n)",
    }
    family = settings.spec.family
    st.latex(tex("prior", prior[family]) + r"\;\cdot\;" + tex("likelihood", data[family]) + r"\;\longrightarrow\;"
             + tex("posterior", after[family]))  # fmt: skip
    st.markdown(text["mathematics worth"])
    st.markdown(text["mathematics evidence"])
    st.latex(tex("likelihood", r"p(y_1, \dots, y_n) = p(y_1)\, p(y_2 \mid y_1) \cdots p(y_n \mid y_1, \dots, y_{n-1})"))
    st.markdown(text["mathematics intervals"])
code_and_share(text, script(settings))
