"""Two kinds of scenes on one page: bands around numbers, and sets of classes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bayes_core.figures.view import View
from bayes_core.types import Fit
from pages._ui.lesson import Try
from pages._ui.work.store import store

from . import code, code_rows, code_sets, look_rows, look_sets, report
from . import look as look_bands
from .settings_rows import RowSettings
from .settings_sets import SetSettings

_BANDS = (
    Try("terrible"),
    Try("good", {"forecaster": "learns", "score": "normalised", "own": True}),
    Try("drift", {"drift": 5.0}, "drift"),
    Try("good", {"days": 50.0, "level": 0.99}, "level"),
)
TRIES = {
    "": _BANDS,
    "rows": _BANDS,
    "sets": (
        Try("moons", {"classifier": "swapped"}),
        Try("moons", {"noise": 0.9}, "noise"),
        Try("rare", {"by_class": True}),
        Try("rare", {"share": 0.6}, "share"),
        Try("rare", {"by_class": True, "points": 20.0}, "points"),
        Try("iris", {"scoring": "aps"}),
    ),
}
PRINTS = {
    "": {"half": r"half-width +(\S+)", "inside": r"new days inside +(\S+)"},
    "rows": {"half": r"half-width +(\S+)", "inside": r"others inside +(\S+)"},
    "sets": {"inside": r"in their set +(\S+)", "size": r"classes in a set +(\S+)"},
}


def look(settings: Any, handle: str, fit: Fit | None) -> View:
    """Return what is seen along a handle."""
    if isinstance(settings, RowSettings):
        return look_rows.look(settings, handle, fit)
    if isinstance(settings, SetSettings):
        return look_sets.look(settings, handle, fit)
    return look_bands.look(settings, handle, fit)


def of_known(settings: Any, handle: str, _: None) -> View:
    """Return what is seen of a forecast that is known: a film of it depends on the settings alone, and is kept."""
    return look(settings, handle, store().answer(settings.question()))


def controls(settings: Any) -> Mapping[str, tuple[str, ...]]:
    """Return the row of controls."""
    if isinstance(settings, SetSettings):
        return {"controls": ("classifier", "scoring", "by_class", "seed")}
    return {"controls": ("forecaster", "score", "own", "seed")}


def mathematics(text: Mapping[str, str], settings: Any) -> None:
    """Show the score, its k-th smallest, the promise and the law."""
    if isinstance(settings, SetSettings):
        report.mathematics_sets(text, settings)
    else:
        told = report.in_rows(text, settings) if isinstance(settings, RowSettings) else text
        report.mathematics(told, settings)


def script(settings: Any) -> str:
    """Return a runnable script for exactly these settings."""
    if isinstance(settings, RowSettings):
        return code_rows.script(settings)
    return code_sets.script(settings) if isinstance(settings, SetSettings) else code.script(settings)
