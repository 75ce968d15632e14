"""The native controls of the updating page: view, interval, data of one's own, sizes and seeds."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages._ui.by_hand import Lesson
from pages._ui.controls import choose, typed
from pages._ui.link import locked

from . import films as updating_films
from .settings import HOWS, LEVELS, LONGEST, VIEWS, UpdatingSettings, read

KEY = "updating"


def controls(lesson: Lesson, settings: UpdatingSettings) -> None:
    """Show the choices below the picture."""
    s = settings.spec
    views = [v for v in VIEWS if not settings.counted or v not in ("evidence", "order")]
    with st.container(key="controls", horizontal=True, vertical_alignment="bottom"):
        choose("Look at", KEY, "view", tuple(views), settings.view, lesson.change, VIEWS.__getitem__)
        choose("Interval", KEY, "level", LEVELS, settings.level, lesson.change, lambda v: f"{100 * v:g} %")
        choose("which is", KEY, "how", tuple(HOWS), settings.how, lesson.change, HOWS.__getitem__)
        if settings.view in ("belief", "rivals"):
            zoom = {True: "close", False: "whole"}
            choose("Axis", KEY, "close", (False, True), settings.close, lesson.change, zoom.__getitem__)
    with st.container(key="data", horizontal=True, vertical_alignment="bottom"):
        if not settings.data:
            choose(f"Number of {s.many}", KEY, "points", s.sizes, settings.points, lesson.change, lambda n: f"{n:,}")
        fresh = {"seed": settings.seed + 1, "data": ""}
        st.button("New data", on_click=lesson.change, kwargs=fresh, disabled=locked("seed"))
        if s.family == "beta":
            for sign, name in (("H", "heads"), ("T", "tails")):
                off = locked("data") or len(_typed_so_far(settings)) >= LONGEST
                st.button(f"+ {name}", on_click=_add, args=(lesson, sign), disabled=off)
    hints = {
        "beta": "HHTHT, or counts such as 520:480",
        "normal": "72.1 73.4 71.9",
        "gamma": "3 0 5 2",
    }
    label = f"Your own {s.many}: {hints[s.family]}"
    typed(
        partial(_typed, lesson, settings),
        KEY,
        label,
        "data",
        settings.data,
        partial(read, family=s.family),
        4000,
        hints[s.family],
    )


def _typed(lesson: Lesson, settings: UpdatingSettings, data: str) -> None:
    """Take typed data: all of them are seen, and a view that needs their order gives way to counts."""
    lesson.change(data=data)
    now: UpdatingSettings = lesson.settings
    if now.counted:
        view = now.view if now.view not in ("evidence", "order") else "belief"
        lesson.change(view=view, close=True)
    elif data:
        lesson.change(seen=float(len(now.values())), close=False)
    else:
        lesson.change(seen=float(now.spec.seen), close=False)


def _typed_so_far(settings: UpdatingSettings) -> str:
    """Return the sequence so far, as one would type it."""
    if settings.counted:
        return "H" * LONGEST  # counts have no order to add to
    seen = settings.values()[: int(settings.seen)]
    return "".join(updating_films.written(settings, seen))


def _add(lesson: Lesson, sign: str) -> None:
    """Add one observation to those seen so far: as the settings are now, not as they were when the button was drawn."""
    data = _typed_so_far(lesson.settings) + sign
    lesson.change(data=data, seen=float(len(data)))
