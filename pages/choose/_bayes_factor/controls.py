"""Which settings have a control under the picture."""

from __future__ import annotations

from pages._ui.lesson import Control

from .settings_mean import MeanSettings
from .settings_share import ShareSettings
from .settings_stop import StopSettings


def controls(settings: ShareSettings | MeanSettings | StopSettings) -> dict[str, tuple[Control, ...]]:
    """Return the rows of controls below the picture."""
    match settings:
        case ShareSettings():
            order: tuple[Control, ...] = ("seed",) if settings.view == "along" else ()
            own: dict[str, tuple[Control, ...]] = {} if settings.brought else {"own": ("data",)}
            return {"controls": ("view", "null", "side"), "data": ("tosses", *order)} | own
        case MeanSettings():
            return {"controls": ("view", "side")} | ({} if settings.brought else {"own": ("data",)})
        case _:
            return {"controls": ("level", "looks")}
