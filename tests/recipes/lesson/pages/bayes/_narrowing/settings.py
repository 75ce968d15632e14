"""What decides the picture: a prior's sd, the noise of one measurement, and who measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from bayes_core.checks import FloatArray
from pages._ui.fields import handle
from pages._ui.settings import PageSettings, Scene, log_spaced

SCENES = {
    "ruler": Scene("A ruler", {"width": 2.0, "noise": 1.0}, asked={"width": (0.2,), "noise": (0.3,)}),
    "scale": Scene("A scale", {"width": 5.0, "noise": 3.0}),
}


@dataclass(frozen=True, kw_only=True)
class NarrowingSettings(PageSettings):
    """Two handles."""

    width: float = handle("prior sd", "prior", lambda s: "{:.3g}".format, ends=("certain", "open"))
    noise: float = handle("noise", "aleatoric", lambda s: "{:.3g}".format, ends=("quiet", "loud"))
    SCENES: ClassVar[Mapping[str, Scene]] = SCENES
    FIRST: ClassVar[str] = "ruler"

    def spaced(self, handle: str) -> FloatArray:
        return log_spaced(0.1, 20.0, 33)
