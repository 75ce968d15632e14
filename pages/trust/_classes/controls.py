"""Which settings stand below the picture of classes."""

from __future__ import annotations

from pages._ui.lesson import Control

from .settings import ClassesSettings


def controls(settings: ClassesSettings) -> dict[str, tuple[Control, ...]]:
    """Return the rows of controls: which model and who answers, then the data."""
    data: tuple[Control, ...] = ("mislabelled", "seed") if settings.story.world else ()
    return {"controls": ("model", "units", "method"), "size": data}
