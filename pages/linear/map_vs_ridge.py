"""MAP is ridge: one penalty, two readings, and what a single best answer throws away."""

from __future__ import annotations

from typing import Any

import streamlit as st

from bayes_core.summaries.summary import table
from pages._ui.by_hand import Lesson
from pages._ui.controls import choose, code_and_share, tex, try_this
from pages._ui.link import locked
from pages.linear._ridge import films as ridge_films
from pages.linear._ridge import fits as ridge_fits
from pages.linear._ridge import picture as ridge_picture
from pages.linear._ridge.code import script
from pages.linear._ridge.settings import FAMILIES, LOUD, PAGE, PARSERS, SCENES, VIEWS, RidgeSettings, from_link, sizes

KEY = "ridge"
titles = {name: scene.title for name, scene in SCENES.items()}
lesson = Lesson(KEY, PAGE, titles, PARSERS, RidgeSettings.at_start, from_link)
text, go, change = lesson.text, lesson.demonstrate, lesson.change
settings: RidgeSettings = lesson.open()

sampling = settings.family == "laplace" and settings.sample
answer = ridge_fits.kept_fit(settings) if sampling else None
busy = {"busy": "NUTS is at work…"} if sampling and answer is None else {}
films = {handle: ridge_films.film(settings, handle, answer) for handle in settings.handles}
lesson.show(ridge_picture.picture(settings, lesson.state(**busy)), ridge_picture.handles(settings, locked), films)
if sampling and answer is None:
    answer = ridge_fits.sample(lesson, settings)
if lesson.present:
    st.stop()


def to_family(family: str) -> None:
    views = RidgeSettings.at_start(settings.scene, family=family).views
    change(family=family, sample=False, view=settings.view if settings.view in views else views[0])


with st.container(key="controls", horizontal=True, vertical_alignment="bottom"):
    choose("Look at", KEY, "view", settings.views, settings.view, change, VIEWS.__getitem__)
    choose("Prior", KEY, "family", tuple(FAMILIES), settings.family, to_family, FAMILIES.__getitem__)
with st.container(key="data", horizontal=True, vertical_alignment="bottom"):
    choose("Number of points", KEY, "points", sizes(settings), settings.points, change)
    if not settings.spec.real:
        choose("Noise in the data", KEY, "loud", tuple(LOUD), settings.loud, change, LOUD.__getitem__)
    new = "Other patients" if settings.spec.real else "New data"
    st.button(new, on_click=change, kwargs={"seed": settings.seed + 1}, disabled=locked("seed"))
    if settings.family == "laplace" and not settings.sample:
        more: dict[str, Any] = {"sample": True, "view": "weights"}
        st.button("Sample the posterior", on_click=change, kwargs=more, disabled=locked("sample"))
if answer is not None:
    about = answer.diagnostics
    for complaint in about.complaints:
        st.warning(complaint)
    worst = max(row.r_hat or 0.0 for row in table(answer))
    st.caption(
        f"Posterior by NUTS, {about.badge}: {about.chains} chains, {len(answer.noise):,} draws, largest R-hat "
        f"{worst:.3f}, {about.divergences} divergent transitions, {about.seconds:.1f} s."
    )

try_this(
    {
        text["try 1"]: (go, {"name": "weak", "glide": "width", "width": 3.0, "ms": 3000}),
        text["try 2"]: (go, {"name": "day", "view": "bowl", "degree": 1.0, "glide": "width", "width": 0.6, "ms": 3000}),
        text["try 3"]: (go, {"name": "day", "view": "error", "glide": "degree", "degree": 14.0, "ms": 3000}),
        text["try 4"]: (go, {"name": "diabetes", "family": "laplace", "sample": True}),
    }
)
with st.expander("The mathematics, in the same colours"):
    st.markdown(text["mathematics"])
    misfit, size = tex("likelihood", r"|y - X\beta|^2 / 2\sigma^2"), tex("prior", r"|\beta|^2 / 2 w^2")
    st.latex(tex("posterior", r"-\log p(\beta \mid y)") + f" = {misfit} + {size}" + r" + \text{const}")
    st.markdown(text["mathematics lambda"])
    st.latex(tex("map", r"\hat\beta") + r" = \arg\min_\beta\ " + tex("likelihood", r"|y - X\beta|^2") + " + "
             + tex("prior", r"\lambda\, |\beta|^2") + r", \qquad \lambda = \sigma^2 / w^2")  # fmt: skip
    st.markdown(text["mathematics intercept"])
    st.markdown(text["mathematics lasso"])
    laplace = tex("prior", r"\beta_j \sim \mathrm{Laplace}(0, w)") + r":\quad "
    st.latex(
        laplace + misfit + " + " + tex("prior", r"|\beta|_1 / w") + r"\;\Longrightarrow\; \alpha = \sigma^2 / (N w)"
    )
    st.markdown(text["mathematics evidence"])
    st.latex(tex("posterior", r"\log p(y \mid \lambda)") + r" = \log \mathcal N(y \mid 0,\ \sigma^2 I + w^2 X X^\top)")
    st.markdown(text["mathematics bias"])
code_and_share(text, script(settings))
