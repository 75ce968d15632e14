"""A lesson's miniature on the map: its first scene along its first handle, made once a server."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import streamlit as st

from bayes_core.checks import FloatArray
from bayes_core.figures.miniature import Miniature, of_view, picked
from bayes_core.figures.view import View

from .live.code import component
from .words import words

_mini = component("bayes_mini", html='<div class="mi"></div>')


def of_look(look: Callable[[Any, str, None], View], settings: Any, page: str, axis: str = "y") -> Miniature:
    """Return the figure that a lesson opens with, which must need no sampling: one of its vertical axes."""
    handle = settings.handles[0]
    home = settings.home()[handle]
    at = picked(len(settings.positions(handle)), home)
    return of_view(look(settings, handle, None), at, home, words(page)["thread"], axis)


def along(settings: Any) -> tuple[FloatArray, int]:
    """Return some values of the first handle, rising, and which of them is the scene's own."""
    handle = settings.handles[0]
    values, home = settings.positions(handle), settings.home()[handle]
    at = picked(len(values), home)
    return values[at], int(at.tolist().index(home))


@st.cache_resource(show_spinner=False)
def packed(door: str) -> bytes:
    """Return a lesson's miniature for the browser."""
    return made(door).packed()


def made(door: str) -> Miniature:
    """Return a page's own miniature, or the one that a lesson's first picture gives."""
    page = import_module("pages." + door.replace("/", "."))
    lesson = getattr(page, "LESSON", page)
    made: Miniature = lesson.miniature() if lesson.miniature else of_look(lesson.look, lesson.at_start(), lesson.page)
    return made


def show(door: str) -> None:
    """Show a lesson's miniature."""
    _mini(key=f"mini.{door}", data=packed(door))
