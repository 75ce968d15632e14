"""Networks that a reader may choose next, made ready while nobody computes."""

from __future__ import annotations

from dataclasses import replace

from bayes_core.models.mlp import import_activations
from pages._ui.work.ahead import look_ahead as compile_ahead

from .settings import ACTIVATIONS, LAYERS, UNITS, NetworkSettings


def neighbours(settings: NetworkSettings) -> list[NetworkSettings]:
    """Return the settings whose network differs from this one by one choice."""
    return [
        *(replace(settings, units=units) for units in UNITS if units != settings.units),
        *(replace(settings, layers=layers) for layers in LAYERS if layers != settings.layers),
        *(replace(settings, activation=bend) for bend in ACTIVATIONS if bend != settings.activation),
    ]


def look_ahead(settings: NetworkSettings) -> None:
    """Compile neighbouring sizes in the background after a hmc fit."""
    if settings.method == "hmc":
        import_activations()
        here, *others = (one.question() for one in (settings, *neighbours(settings)))
        compile_ahead(here, others)
