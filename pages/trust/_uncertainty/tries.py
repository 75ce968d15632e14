"""What to try on the page of the split, by the settings' kind."""

from __future__ import annotations

from pages._ui.lesson import Try

TRIES = {
    "": (
        Try("gap", {"test": "points", "tried": "points"}),
        Try("gap", {"test": "noise", "tried": "noise"}),
        Try("gap", {"here": 26.0}, "here"),
        Try("gap", {"test": "sensor", "tried": "sensor"}),
        Try("straight", {"test": "points", "tried": "points"}),
    ),
    "classes": (
        Try("sail", {"test": "points", "tried": "points"}),
        Try("sail", {"here": 26.0}, "here"),
        Try("sail", {"model": "line"}),
    ),
}
