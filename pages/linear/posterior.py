"""Bayesian linear regression: one line, or every line that fits?"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from bayes_core.inference import METHODS
from pages._ui import linear_films, linear_fits, linear_picture, link
from pages._ui.controls import choose, code_and_share, page_head, scene_bar, try_this
from pages._ui.linear_code import script
from pages._ui.linear_report import mathematics, report
from pages._ui.linear_scenes import POINTS, SCENES
from pages._ui.linear_settings import ANSWERS, HANDLES, LEVELS, PAGE, PARSERS, SAMPLED, LinearSettings
from pages._ui.linear_stream import follow
from pages._ui.live import live_chart
from pages._ui.words import coloured, words

KEY = "linear"
TEXT = words(PAGE)
page = link.memory(KEY, PARSERS, LinearSettings.from_link)
present = link.presenting()


def change(glide: str | None = None, **fields: object) -> None:
    """Go to new settings; a handle named by `glide` travels there before the reader's eyes."""
    before = page.settings.home()
    page.settings = replace(page.settings, **fields).snapped()
    page.notes, page.glide = [], None
    page.epoch += 1
    if glide:
        page.glide = {"handle": glide, "from": before[glide], "to": page.settings.home()[glide], "ms": 1100}


def to_scene(name: str, glide: str | None = None, **fields: object) -> None:
    page.settings = LinearSettings.at_start(name, level=page.settings.level, method=page.settings.method)
    change(glide, **fields)


def demonstrate(name: str, glide: str | None = None, **fields: object) -> None:
    to_scene(name, glide, **fields)
    page.reveal = True


def moved(values: dict[str, float], epoch: int) -> None:
    if epoch == page.epoch:  # a release that crossed a change of scene on its way here is void
        page.settings = replace(page.settings, **values).snapped()
        page.notes = []


def stepped(step: int) -> None:
    if step == 0:
        link.leave_presenting()
        return
    if not link.locked("scene"):
        names = list(SCENES)
        to_scene(names[(names.index(page.settings.scene) + step) % len(names)])


link.write(page, page.settings.link(), PARSERS)
settings: LinearSettings = page.settings
page_head(TEXT, present, page.notes)
scene_bar({name: scene.title for name, scene in SCENES.items()}, settings.scene, to_scene, present)

home, sampled = settings.home(), settings.method in SAMPLED
said = coloured(TEXT[f"scene {settings.scene}"])
state = {"epoch": page.epoch, "said": said, "glide": page.glide, "reveal": page.reveal, "fixed": link.locked("scene")}
answer = linear_fits.kept_fit(settings) if sampled else linear_fits.quick_fit(settings)
if answer is None:
    state["busy"] = f"{METHODS[settings.method].title} is at work…"
    films = {h: linear_films.waiting_film(settings, h) for h in HANDLES}
else:
    films = {h: linear_films.film(settings, h, answer if sampled else None) for h in HANDLES}
shown = linear_picture.picture(settings, present, **state)
live_chart(shown, linear_picture.handles(settings, link.locked), films, home, KEY, moved, stepped)
page.glide, page.reveal = None, False

answer = follow(settings, answer, home, KEY)
if present:
    st.stop()

with st.container(key="controls", horizontal=True, vertical_alignment="bottom"):
    choose("Number of points", KEY, "points", POINTS, settings.points, change)
    st.button("New data", on_click=change, kwargs={"seed": settings.seed + 1}, disabled=link.locked("seed"))
    choose("Interval", KEY, "level", LEVELS, settings.level, change, lambda v: f"{100 * v:g} %")
    choose("Answer by", KEY, "method", ANSWERS, settings.method, change, lambda m: METHODS[m].title)

try_this(
    {
        TEXT["try 1"]: (demonstrate, {"name": "five", "method": "exact", "glide": "width", "width": 0.8}),
        TEXT["try 2"]: (demonstrate, {"name": "five", "method": "exact", "glide": "noise", "noise": 35.0}),
        TEXT["try 3"]: (demonstrate, {"name": "five", "method": "exact", "points": 100}),
        TEXT["try 4"]: (demonstrate, {"name": "houses", "method": "vi_meanfield"}),
    }
)
report(answer, TEXT, linear_fits.log_evidence(settings))
mathematics(TEXT, settings.spec.noise_prior)
code_and_share(TEXT, script(settings))
