"""Every lesson, from app.py's table of contents; nobody lists them a second time."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from app import CONTENTS
from pages._ui.fields import Choice, fields_of
from pages._ui.lesson import Lesson

ROOT = Path(__file__).resolve().parents[1]
DOORS = [door for doors in CONTENTS.values() for door in doors]


def address(door: str) -> str:
    """Return the path under which the browser finds a door."""
    return "/" if door == DOORS[0] else "/" + door.rpartition("/")[2]


def teaches(door: str) -> bool:
    """Return whether a page is a lesson: its door makes the record."""
    return "\nLESSON = Lesson(" in (ROOT / f"pages/{door}.py").read_text()


def lesson_of(door: str) -> Lesson:
    return import_module("pages." + door.replace("/", ".")).LESSON


LESSONS = {door: lesson_of(door) for door in DOORS if teaches(door)}
SCENES = [(door, scene) for door, lesson in LESSONS.items() for scene in lesson.scenes]


def views(settings) -> tuple[str, ...]:
    """Return the views that a picture of these settings can be looked at in; one without a name if there is but one."""
    declared = fields_of(settings).get("view")
    return declared.choices(settings) if isinstance(declared, Choice) else ("",)


VIEWS = [(door, scene, view) for door, scene in SCENES for view in views(LESSONS[door].at_start(scene))]


def seen_as(settings, view: str):
    """Return settings looked at in a view, with what they hide until a guess in sight."""
    shown = {"reveal": True} if "reveal" in fields_of(settings) else {}
    return settings.changed(view=view, **shown) if view else settings.changed(**shown)
