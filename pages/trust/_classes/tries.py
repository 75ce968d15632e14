"""What the buttons of the page of classes try, and where its scripts print the page's numbers."""

from __future__ import annotations

from collections.abc import Mapping

from pages._ui.lesson import Try

TRIES: Mapping[str, tuple[Try, ...]] = {
    "": (
        Try("line", {"model": "network"}),
        Try("moons", {"method": "map"}),
        Try("moons", {"method": "ensemble"}),
        Try("moons", {"mislabelled": 0.2}),
        Try("twelve", {"width": 3.0}, "width"),
    ),
    "tutorial": (
        Try("tutorial", {"counted": 1.0}, "counted"),
        Try("tutorial", {"inputs": "sd", "counted": 1.0, "width": 0.3}, "width"),
        Try("tutorial", {"flowers": "kept"}),
        Try("tutorial", {"seed": 2}),
    ),
}
PRINTS: Mapping[str, Mapping[str, str]] = {
    "": {"sure": r"one class has 97 % or more (\S+)", "mutual": r"of it mutual information +(\S+)"},
    "tutorial": {
        "one": r"one draw names right +(\S+)",
        "cross": r"cross-entropy of a draw +(\S+)",
        "kl": r"KL a weight, nats +(\S+)",
        "elbo": r"ELBO, nats +(\S+)",
    },
}
