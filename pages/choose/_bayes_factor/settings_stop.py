"""What decides what is shown of stopping when one likes: the real coin, what one waits for, and H1's prior."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Source
from pages._ui.fields import choice, handle
from pages._ui.settings import PageSettings, Scene, log_spaced

from .scenes import FIRST, STOPS
from .settings import improper, size_of

LOOKS = (50, 100, 200, 500)
NULL = 0.5


def _plain(value: float) -> str:
    return f"{value:,.7g}"


@dataclass(frozen=True, kw_only=True)
class StopSettings(PageSettings):
    """A coin that is tossed again and again, and two people who look after every toss."""

    real: float = handle("real share of heads", "truth", lambda s: _plain, ends=("fair", "bent"))
    demand: float = handle("stop at a Bayes factor of", "posterior", lambda s: _plain, ends=("little", "much"))
    worth: float = handle(
        ("H₁’s prior worth", ", in tosses"), "prior", lambda s: _plain, ends=("wide", "narrow"),
        read=size_of("0", "0.0"), refused=improper("0", "0.0"),
    )  # fmt: skip
    looks: int = choice(LOOKS, "Tosses at most", str, 500)
    level: float = choice((0.05, 0.01, 0.005), "Stop at p below", "{:g}".format, 0.05)
    SCENES: ClassVar[Mapping[str, Scene]] = STOPS
    FIRST: ClassVar[str] = FIRST
    kind: ClassVar[str] = "stop"

    @classmethod
    def on(cls, source: Source) -> Scene:
        """Say why data that are there already cannot be stopped."""
        raise ValueError("This lesson tosses a coin whose share it knows, which your data do not tell.")

    def spaced(self, handle: str) -> FloatArray:
        if handle == "real":
            return np.round(np.linspace(0.5, 0.8, 31), 3)
        if handle == "demand":
            return log_spaced(2.0, 100.0, 31)
        return log_spaced(0.1, 1000.0, 31)

    def slots(self, handle: str) -> Mapping[str, str]:
        return {"looks": str(self.looks), "level": f"{self.level:g}"}

    def at(self, name: str, handle: str) -> FloatArray:
        """Return the values (V,) or (1,) of one setting along a handle."""
        return self.positions(name) if name == handle else np.array([getattr(self, name)])
