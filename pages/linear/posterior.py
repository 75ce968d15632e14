"""Bayesian linear regression: one line, or every line that fits?"""

from __future__ import annotations

import streamlit as st

from bayes_core.inference import METHODS
from pages._ui.controls import choose, code_and_share, try_this
from pages._ui.lesson import Lesson
from pages._ui.link import locked
from pages.linear._posterior import films as linear_films
from pages.linear._posterior import fits as linear_fits
from pages.linear._posterior import picture as linear_picture
from pages.linear._posterior.code import script
from pages.linear._posterior.report import mathematics, report
from pages.linear._posterior.scenes import POINTS, SCENES
from pages.linear._posterior.settings import ANSWERS, HANDLES, LEVELS, PAGE, PARSERS, SAMPLED, LinearSettings
from pages.linear._posterior.stream import follow

KEY = "linear"
titles = {name: scene.title for name, scene in SCENES.items()}
kept = ("level", "method")  # whoever compares methods takes the method along from scene to scene
lesson = Lesson(KEY, PAGE, titles, PARSERS, LinearSettings.at_start, LinearSettings.from_link, kept)
text, go, change = lesson.text, lesson.demonstrate, lesson.change
settings: LinearSettings = lesson.open()

sampled = settings.method in SAMPLED
answer = linear_fits.kept_fit(settings) if sampled else linear_fits.quick_fit(settings)
if answer is None:
    busy = {"busy": f"{METHODS[settings.method].title} is at work…"}
    films = {h: linear_films.waiting_film(settings, h) for h in HANDLES}
else:
    busy = {}
    films = {h: linear_films.film(settings, h, answer if sampled else None) for h in HANDLES}
lesson.show(linear_picture.picture(settings, lesson.state(**busy)), linear_picture.handles(settings, locked), films)

answer = follow(settings, answer, KEY)
if lesson.present:
    st.stop()

with st.container(key="controls", horizontal=True, vertical_alignment="bottom"):
    choose("Number of points", KEY, "points", POINTS, settings.points, change)
    st.button("New data", on_click=change, kwargs={"seed": settings.seed + 1}, disabled=locked("seed"))
    choose("Interval", KEY, "level", LEVELS, settings.level, change, lambda v: f"{100 * v:g} %")
    choose("Answer by", KEY, "method", ANSWERS, settings.method, change, lambda m: METHODS[m].title)

try_this(
    {
        text["try 1"]: (go, {"name": "five", "method": "exact", "glide": "width", "width": 0.8}),
        text["try 2"]: (go, {"name": "five", "method": "exact", "glide": "noise", "noise": 35.0}),
        text["try 3"]: (go, {"name": "five", "method": "exact", "points": 100}),
        text["try 4"]: (go, {"name": "houses", "method": "vi_meanfield"}),
    }
)
report(answer, text, linear_fits.log_evidence(settings))
mathematics(text, settings.spec.noise_prior)
code_and_share(text, script(settings))
