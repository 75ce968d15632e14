"""What no setting's own control can show on the updating page: heads and tails to add."""

from __future__ import annotations

import streamlit as st

from pages._ui.lesson import Control
from pages._ui.staging import locked
from pages._ui.visit import Visit

from .readouts import written
from .settings import UpdatingSettings
from .typed import LONGEST


def controls(settings: UpdatingSettings) -> dict[str, tuple[Control, ...]]:
    """Return the rows of controls below the picture."""
    looks = ("view", "level", "how", *(("close",) if settings.view in ("belief", "rivals") else ()))
    if settings.brought:  # what was counted is what it is
        return {"controls": looks}
    sizes = () if settings.data else ("points",)
    coins = (add,) if settings.story.family == "beta" else ()
    return {"controls": looks, "data": (*sizes, "seed", *coins), "own": ("data",)}


def add(visit: Visit, settings: UpdatingSettings) -> None:
    """Show two buttons that add one observation to those seen so far."""
    off = locked("data") or len(typed_so_far(settings)) >= LONGEST
    story = settings.story
    for sign, name in zip(story.letters, story.sides, strict=True):
        st.button(f"+ {name}", on_click=_add, args=(visit, sign), disabled=off)


def typed_so_far(settings: UpdatingSettings) -> str:
    """Return the sequence so far, as one would type it."""
    if settings.counted:
        return "H" * LONGEST  # counts have no order to add to
    return "".join(written(settings.story, settings.values()[: int(settings.seen)]))


def _add(visit: Visit, sign: str) -> None:
    """Add one observation: to the settings as they are now, not as they were when the button was drawn."""
    data = typed_so_far(visit.settings) + sign
    visit.change(data=data, seen=float(len(data)))
