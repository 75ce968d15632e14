"""A step in words: which scene of its page it shows, and what differs from the start of it."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import Any

from .. import own, pinning
from ..terms import address
from ..thread import stops
from .nouns import Step

_OWN = "Data of one’s own"


def titles() -> dict[str, str]:
    """Return the pages that a tour can lead to, as {the name in the address: title}."""
    return {address(stop.door): stop.title for stop in stops()}


def door_of(page: str) -> str:
    """Return the door of a page by its name in the address."""
    return next(stop.door for stop in stops() if address(stop.door) == page)


def said(step: Step) -> tuple[str, tuple[str, ...]]:
    """Return what a step shows, in words, and what its query asks for that there is not."""
    return _said(door_of(step.page), step.query)


@lru_cache(maxsize=512)
def _said(door: str, query: str) -> tuple[str, tuple[str, ...]]:
    page = import_module("pages." + door.replace("/", "."))
    lesson, notes, values = getattr(page, "LESSON", None), [], {}
    if lesson is None:
        return "", ()
    parsers: dict[str, Any] = lesson.parsers
    for name, text in Step(door, query).asked:
        if name == "scene" and text.partition(".")[0] == own.NAME:
            return _OWN, ()  # looking at them would make them this session's
        if name in parsers and name not in (own.ROWS, "pin", "probe"):
            try:
                values[name] = parsers[name](text)
            except ValueError as error:
                notes.append(f"{name}: {error}")
    settings = lesson.from_link(values, notes)
    told = pinning.differing(pinning.kept(settings), type(settings).at_start(settings.scene))
    title = str(settings.spec.title)
    return f"{title}: {told}" if told else title, tuple(notes)
