"""What decides a picture of cells: how many parameters, how many cells an axis, how much the data tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Source
from bayes_core.evaluation.monte_carlo import Evidence
from pages._ui.asking import Asking
from pages._ui.fields import handle
from pages._ui.settings import PageSettings, Scene, log_spaced

from .scenes import on as draws_on

MOST = 20
_RANGES = {"parameters": (1.0, float(MOST)), "cells": (2.0, 60.0), "told": (0.05, 0.8)}

SCENES = {
    "three": Scene(
        "A line’s three parameters",
        {"parameters": 3.0, "cells": 40.0, "told": 0.1},
        _RANGES,
        asked={"parameters": (12.0,)},
    ),
    "network": Scene(
        "A network’s sixteen weights",
        {"parameters": 16.0, "cells": 10.0, "told": 0.4},
        _RANGES,
        asked={"cells": (3.0,)},
    ),
}


@dataclass(frozen=True, kw_only=True)
class CellsSettings(PageSettings):
    """Parameters, cells an axis, and the posterior's sd as a share of the prior's."""

    parameters: float = handle(
        ("parameters", ""), "data", lambda s: "{:.0f}".format, ends=("one", "twenty"), whole=True
    )
    cells: float = handle(("cells", " on each axis"), "reference", lambda s: "{:.0f}".format, ends=("coarse", "fine"),
                          whole=True)  # fmt: skip
    told: float = handle(
        ("posterior sd", ", in prior sds"), "posterior", lambda s: "{:.4g}".format, ends=("much was learned", "little")
    )
    SCENES: ClassVar[Mapping[str, Scene]] = SCENES
    FIRST: ClassVar[str] = "tutorial"  # of the page
    kind: ClassVar[str] = "cells"

    @classmethod
    def on(cls, source: Source) -> Scene:
        """Leave a reader's own data to the draws, and say why where they cannot take them either."""
        draws_on(source)
        raise ValueError("These scenes count cells, whatever the data.")

    @property
    def asking(self) -> Asking | None:
        return None

    def spaced(self, handle: str) -> FloatArray:
        low, high = self.spec.ranges[handle]
        if handle == "told":
            return log_spaced(low, high, 21)
        return np.arange(low, high + 1)

    def evidence(self, told: float) -> Evidence:
        """Return the integrals over one to twenty parameters."""
        return Evidence(told, MOST)

    def along(self, handle: str) -> dict[str, FloatArray]:
        """Return the three (V,) at every position of a handle."""
        values = self.positions(handle)
        return {name: values if name == handle else np.full(len(values), getattr(self, name)) for name in self.handles}


@lru_cache(maxsize=256)
def enough_cells(told: float) -> FloatArray:
    """Return the cells an axis that an evidence to one per cent takes, for 1 to 20 parameters."""
    return Evidence(told, MOST).enough_cells()
