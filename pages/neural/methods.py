"""Methods face to face: every approximation over the sampled posterior, on the same data."""

from __future__ import annotations

import streamlit as st

from bayes_core.inference import METHODS
from pages._ui import methods_films
from pages._ui.controls import choose, code_and_share, try_this
from pages._ui.lesson import Lesson
from pages._ui.link import locked
from pages._ui.live import Handle, Picture, live_more
from pages._ui.methods_settings import COMPARED, PAGE, PARSERS, SCENES, WIDTHS, MethodsSettings, from_link
from pages._ui.network_code import script
from pages._ui.words import coloured

KEY = "methods"
titles = {name: scene.title for name, scene in SCENES.items()}
lesson = Lesson(KEY, PAGE, titles, PARSERS, MethodsSettings.at_start, from_link)
text, go, change = lesson.text, lesson.demonstrate, lesson.change
settings: MethodsSettings = lesson.open()
network = settings.network("hmc")
data, x = network.dataset(), methods_films.grid(settings)

stage = {
    "type": "multiples",
    "x": x.tolist(),
    "points": [[float(a), float(b)] for a, b in zip(data.x[:, 0], data.y, strict=True)],
    "x_range": list(network.spec.x_range),
    "y_range": list(network.spec.y_range),
    "data_range": [float(data.x.min()), float(data.x.max())],
    "methods": [
        {"id": m, "title": METHODS[m].title, "concept": "map" if m == "map" else "posterior"} for m in COMPARED
    ],
}
columns = [["", ""], ["distance", ""], ["covers", ""], ["log score", ""]]
panels = (
    {"type": "grid", "text": "On fresh points", "columns": columns, "rows": ["hmc", *COMPARED], "badge": "badge"},
    {"type": "prose", "text": "How to read it", "html": f"<p>{coloured(text['legend'])}</p>"},
)
values = settings.positions("rate")
handle = Handle(
    "rate",
    ("dropout rate", ", of hidden units"),
    "posterior",
    tuple(values.tolist()),
    tuple(f"{v:g}" for v in values),
    settings.start(settings.scene).home()["rate"],
    ("hardly any", "most of them"),
    coloured(text["said rate"]),
    locked("rate"),
)
steps = methods_films.growing(settings)
fits = next(steps)
made = {"rate": methods_films.film(settings, fits)}
state = lesson.state(busy="method after method…")
lesson.show(Picture(None, settings.stamp, (), panels, stage=stage, **state), (handle,), made)

if not lesson.present:
    with st.container(key="controls", horizontal=True, vertical_alignment="bottom"):
        choose("Prior width", KEY, "width", WIDTHS, settings.width, change, lambda w: f"{w:g}")
        st.button("New data", on_click=change, kwargs={"seed": settings.seed + 1}, disabled=locked("seed"))
    try_this(
        {
            text["try 1"]: (go, {"name": "between"}),
            text["try 2"]: (go, {"name": "beyond"}),
            text["try 3"]: (go, {"name": "many"}),
            text["try 4"]: (go, {"name": "beyond", "glide": "rate", "rate": 0.6}),
        }
    )
    with st.expander("What each of them does"):
        st.markdown(text["mathematics"])
    code_and_share(text, script(settings.network("laplace")))

with st.container(key="courier"):
    slot = st.empty()
    for fits in steps:
        last = len(fits) > len(COMPARED)
        with slot:
            live_more(
                settings.stamp,
                {"rate": methods_films.film(settings, fits)},
                settings.home(),
                KEY,
                "answer",
                busy="" if last else f"{len(fits)} of {len(COMPARED) + 1} methods",
            )
