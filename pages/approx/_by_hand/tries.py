"""What the buttons of the approximation page lead to, by the kind of scene."""

from __future__ import annotations

from pages._ui.lesson import Try

TRIES = {
    "hand": (
        Try("humps", {"step": 120.0}, "step", 2600),
        Try("humps", {"mean": 75.16, "width": 0.46}, "mean"),
        Try("humps", {"way": "forward", "step": 120.0}, "step", 2600),
        Try("humps", {"mean": 74.0, "step": 120.0}, "mean"),
    ),
    "climb": (
        Try("noise", {"step": 240.0}, "step", 3200),
        Try("noise", {"step": 240.0, "weight": "forgotten"}, "step", 3200),
        Try("noise", {"step": 240.0, "weight": "batch", "batch": 10}, "step", 3200),
        Try("noise", {"step": 240.0, "batch": 2}, "step", 3200),
    ),
    "pair": (
        Try("tilt", {"wide": 1.25, "tall": 4.22}, "wide"),
        Try("tilt", {"origin": "middle", "wide": 2.13, "tall": 4.22}, "wide"),
        Try("tilt", {"family": "full", "tilt": -0.8}, "tilt"),
        Try("tilt", {"family": "lowrank", "tilt": -0.8}, "tilt"),
    ),
}
