"""Which settings stand below the picture of classes."""

from __future__ import annotations

from pages._ui.lesson import Control

from .settings import ClassesSettings
from .settings_tutorial import TutorialSettings


def controls(settings: ClassesSettings | TutorialSettings) -> dict[str, tuple[Control, ...]]:
    """Return the rows of controls: which model and who answers, then the data; of the tutorial, which flowers."""
    if isinstance(settings, TutorialSettings):
        return {"controls": ("inputs", "flowers"), "size": ("steps", "seed")}
    data: tuple[Control, ...] = (
        ("mislabelled", "seed") if settings.story.world else ("seed",) if settings.story.sampled else ()
    )
    return {"controls": ("model", "units", "method"), "size": data}
