"""Which settings stand below the network's picture."""

from __future__ import annotations

from pages._ui.lesson import Control

from .settings import NetworkSettings


def controls(settings: NetworkSettings) -> dict[str, tuple[Control, ...]]:
    """Return the rows of controls: who answers, the network's size and how it is looked at, and how many points."""
    size = ("units", "layers", "activation", "fan_in", "heteroscedastic", "level", "along", "seed")
    return {"controls": ("method",), "size": size, "typed": () if settings.story.fixed else ("points",)}
