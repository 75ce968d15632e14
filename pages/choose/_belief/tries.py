"""What the buttons of the belief network page lead to, and where its script prints the numbers of the picture."""

from __future__ import annotations

from pages._ui.lesson import Try

TRIES = {
    "": (  # what the buttons say is true of these scenes
        Try("lawn", {"known": "next door wet,my grass wet"}),
        Try("lawn", {"known": "!my grass wet", "about": "rain"}),
        Try("alarm", {"known": "earthquake,John calls,Mary calls"}),
        Try("chest", {"known": "~smoker,dark X-ray,short of breath"}),
    )
}
PRINTS = {"": {"answer": r"by hand: P\(.*\) (\S+)"}}
