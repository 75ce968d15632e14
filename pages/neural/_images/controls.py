"""Which settings stand below the picture of images."""

from __future__ import annotations

from pages._ui.lesson import Control

from .settings import RefusalSettings, WidthSettings
from .settings_answers import AnswersSettings
from .work import Settings


def controls(settings: Settings | AnswersSettings) -> dict[str, tuple[Control, ...]]:
    """Return the rows of controls: what is done to the digits and which network reads them, then who answers for it."""
    if isinstance(settings, AnswersSettings):
        return {"controls": ("head", "seed")}
    if isinstance(settings, WidthSettings):
        return {"controls": ("seed",)}
    own: tuple[Control, ...] = ("by", "tilt") if isinstance(settings, RefusalSettings) else ("way",)
    return {"controls": (*own, "network"), "size": ("method", "width", "seed")}
