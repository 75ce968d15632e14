"""Which controls stand below the pictures of the approximation page."""

from __future__ import annotations

from typing import Any

from pages._ui.lesson import Control

from .settings import ClimbSettings, HandSettings


def controls(settings: Any) -> dict[str, tuple[Control, ...]]:
    """Return the rows of controls below the picture."""
    if isinstance(settings, HandSettings):
        return {"controls": ("way",)}
    if isinstance(settings, ClimbSettings):
        return {"controls": ("draws", "batch", "weight"), "more": ("baseline", "seed")}
    return {"controls": ("family", "origin")}
