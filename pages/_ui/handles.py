"""Handles under a picture, made from a page's settings."""

from __future__ import annotations

from collections.abc import Callable

from bayes_core.figures.picture import Handle

from .by_hand import PageSettings
from .settings import nearest
from .words import coloured


def handle(
    settings: PageSettings,
    name: str,
    label: tuple[str, str],
    concept: str,
    ends: tuple[str, str],
    text: Callable[[float], str],
    sentence: str,
    is_locked: Callable[[str], bool],
    player: bool = False,
) -> Handle:
    """Return one handle, marked where the scene starts; `text` words a position, `sentence` may hold colours."""
    values = settings.positions(name)
    start = nearest(values, getattr(type(settings).start(settings.scene), name))
    texts = tuple(text(v) for v in values)
    said = coloured(sentence)
    return Handle(name, label, concept, tuple(values.tolist()), texts, start, ends, said, is_locked(name), player)
