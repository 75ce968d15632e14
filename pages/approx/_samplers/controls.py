"""Which controls stand under the picture of the samplers page."""

from __future__ import annotations

from bayes_core.samplers import SAMPLERS
from pages._ui.lesson import Control

from .settings import ChainSettings
from .trials import TrialSettings


def controls(settings: ChainSettings | TrialSettings) -> dict[str, tuple[Control, ...]]:
    """Return the rows of controls below the picture: only what one of the two samplers reads."""
    if isinstance(settings, TrialSettings):
        return {"controls": ("warm", "seed")}
    reads = {name for side in (settings.left, settings.right) for name in SAMPLERS[side].reads}
    more = tuple(name for name in ("metric", "leaps") if name in reads)
    return {"controls": ("left", "right", *more, "target"), "data": ("begin", "warm", "trace", "seed")}
