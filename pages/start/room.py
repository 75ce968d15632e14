"""The page of a class room: open one, or join the one whose code is on the board."""

from __future__ import annotations

from pages.start._room.page import show

show()
