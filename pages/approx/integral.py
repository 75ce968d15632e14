"""The integral you cannot do: averages over draws, what they are worth, and why the evidence is harder."""

from __future__ import annotations

from pages._ui.lesson import Lesson, Try, run
from pages.approx._integral.code import PRINTS, script
from pages.approx._integral.look import look
from pages.approx._integral.mathematics import mathematics
from pages.approx._integral.settings import PAGE, DrawsSettings
from pages.approx._integral.settings_cells import CellsSettings
from pages.approx._integral.small import miniature

LESSON = Lesson(
    key="integral",
    page=PAGE,
    settings=(DrawsSettings, CellsSettings),
    look=look,
    controls=lambda settings: {"controls": ("quantity", "seed")} if isinstance(settings, DrawsSettings) else {},
    tries={
        "draws": (
            Try("tutorial", {"draws": 1000.0}, "draws", 2000),
            Try("tutorial", {"quantity": "upper"}),
            Try("tutorial", {"correlation": 0.9}, "correlation", 2000),
            Try("rare", {"draws": 4000.0}, "draws", 2000),
        ),
        "cells": (
            Try("three", {"parameters": 12.0}, "parameters", 2500),
            Try("three", {"told": 0.05}, "told", 2000),
            Try("network", {"cells": 3.0}, "cells", 2000),
        ),
    },
    mathematics=mathematics,
    script=script,
    prints=PRINTS,
    miniature=miniature,
)

if __name__ == "__main__":
    run(LESSON)
