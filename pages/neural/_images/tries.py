"""What the buttons of the page of images try."""

from __future__ import annotations

from collections.abc import Mapping

from pages._ui.lesson import Try

TRIES: Mapping[str, tuple[Try, ...]] = {
    "": (
        Try("twelve", {"angle": 30.0}, "angle"),
        Try("twelve", {"angle": 90.0}, "angle"),
        Try("twelve", {"width": 1.0}),
        Try("twelve", {"network": "filters"}),
    ),
    "sketch": (Try("sketch", {"angle": 90.0}, "angle"), Try("sketch", {"method": "map"})),
    "priors": (Try("prior_width", {"wide": 3.0}, "wide"), Try("prior_width", {"wide": 10.0}, "wide")),
    "answers": (
        Try("tide", {"here": 0.4}, "here", 2000),
        Try("tide", {"head": "gaussian"}),
        Try("tide", {"head": "varying"}),
    ),
    "refuse": (
        Try("refuse", {"answered": 80.0}, "answered"),
        Try("refuse", {"tilt": 30.0, "answered": 50.0}, "answered"),
        Try("refuse", {"by": "total", "answered": 50.0}, "answered"),
    ),
}
