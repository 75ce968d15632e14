"""What the buttons of the Bayes factor's page try, by the settings' kind."""

from __future__ import annotations

from pages._ui.lesson import Try

TRIES = {
    "share": (
        Try("coin", {"view": "width", "worth": 200.0}, "worth", 3000),
        Try("coin", {"view": "width", "worth": 0.1}, "worth", 3000),
        Try("coin", {"view": "along", "seen": 200.0}, "seen", 6000),
        Try("nearly", {"view": "heights", "margin": 0.0}, "margin", 2500),
    ),
    "mean": (
        Try("sleep", {"view": "heights", "width": 5.0}, "width", 2500),
        Try("sleep", {"view": "along", "seen": 10.0}, "seen", 4000),
        Try("sleep", {"side": "above", "view": "heights"}),
        Try("sleep", {"data": "t=3.5 n=20+20", "t": 3.5, "view": "predict"}),
    ),
    "stop": (
        Try("peek", {"demand": 3.0}, "demand", 2500),
        Try("peek", {"real": 0.6}, "real", 2500),
        Try("peek", {"level": 0.005}),
    ),
}
