"""Methods face to face: every approximation over the sampled posterior, on the same data."""

from __future__ import annotations

import time

import streamlit as st

from pages._ui.by_hand import Lesson
from pages._ui.controls import choose, code_and_share, try_this
from pages._ui.link import locked
from pages._ui.live.chart import live_more
from pages._ui.live.plain import plain
from pages._ui.work.store import breathe
from pages.neural._methods import films as methods_films
from pages.neural._methods import picture as methods_picture
from pages.neural._methods.settings import PAGE, PARSERS, SCENES, WIDTHS, MethodsSettings, from_link
from pages.neural._network.code import script

KEY = "methods"
titles = {name: scene.title for name, scene in SCENES.items()}
lesson = Lesson(KEY, PAGE, titles, PARSERS, MethodsSettings.at_start, from_link)
text, go, change = lesson.text, lesson.demonstrate, lesson.change
settings: MethodsSettings = lesson.open()

steps = methods_films.growing(settings)
news = next(steps)
if plain(KEY):
    *_, news = steps  # nothing can follow a picture without its JavaScript
films = {h: methods_films.film(settings, h, news.fits) for h in settings.handles}
state = lesson.state(busy=news.busy, extra=news.extra)
lesson.show(methods_picture.picture(settings, state), methods_picture.handles(settings, locked), films)

if not lesson.present:
    with st.container(key="controls", horizontal=True, vertical_alignment="bottom"):
        choose("Prior width", KEY, "width", WIDTHS, settings.width, change, lambda w: f"{w:g}")
        st.button("New data", on_click=change, kwargs={"seed": settings.seed + 1}, disabled=locked("seed"))
        st.button(
            "Leave NUTS out again" if settings.nuts else "Run NUTS on all weights too",
            on_click=change,
            kwargs={"nuts": not settings.nuts},
            key="methods-nuts",  # one button whatever it says: the other one would stay until the run has ended
            disabled=locked("nuts"),
            help="About twenty seconds on two cores; the reference here is its fast equivalent.",
        )
    try_this(
        {
            text["try 1"]: (go, {"name": "between"}),
            text["try 2"]: (go, {"name": "beyond"}),
            text["try 3"]: (go, {"name": "many"}),
            text["try 4"]: (go, {"name": "beyond", "glide": "rate", "rate": 0.6}),
            text["try 5"]: (go, {"name": "between", "glide": "kl", "kl": 10.0}),
        }
    )
    with st.expander("What each of them does"):
        st.markdown(text["mathematics"])
        st.latex(
            r"\mathrm{ELBO} = \mathbb E_q[\log p(y \mid \theta)] - \beta\,\mathrm{KL}(q(\theta)\,\|\,p(\theta))"
            r"\;\le\; \log p(y) \quad (\beta = 1)"
        )
        st.markdown(text["mathematics elbo"])
    code_and_share(text, script(settings.network("laplace")))

_PACE = 0.4  # seconds between messages that only complete what is there
with st.container(key="courier"):
    slot, last = st.empty(), 0.0
    for news in steps:
        now = time.perf_counter()
        if not news.worth_showing or (news.extra and now - last < _PACE):
            breathe()
            continue
        last = now
        with slot:
            films = {h: methods_films.film(settings, h, news.fits) for h in settings.handles}
            live_more(settings.stamp, films, settings.home(), KEY, "answer", busy=news.busy, extra=news.extra)
