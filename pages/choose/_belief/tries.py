"""What the buttons of the belief network page lead to, and where its script prints the numbers of the picture."""

from __future__ import annotations

from pages._ui.lesson import Try

TRIES = {
    "": (  # what the buttons say is true of these scenes
        Try("lawn", {"known": "..yy"}),
        Try("lawn", {"known": "...Y"}),
        Try("alarm", {"known": ".y.yy"}),
        Try("chest", {"known": ".n....yy"}),
    )
}
PRINTS = {"": {"answer": r"by hand: P\(.*\) (\S+)"}}
