"""Decide: what to do with a forecast, once mistakes have their costs."""

from __future__ import annotations

from pages._ui.lesson import Lesson, Try, run
from pages.yours._decide.code import PRINTS, script
from pages.yours._decide.controls import controls
from pages.yours._decide.look import look
from pages.yours._decide.mathematics import mathematics
from pages.yours._decide.settings import PAGE, DecideSettings
from pages.yours._decide.small import miniature

LESSON = Lesson(
    key="decide",
    page=PAGE,
    settings=(DecideSettings,),
    stays=("dots",),
    look=look,
    controls=controls,
    tries={
        "": (
            Try("house", {"action": 435.0}, "action"),
            Try("house", {"over": 1000.0, "under": 1000.0}, "over"),
            Try("kiosk", {"under": 10.0}, "under"),
            Try("patient", {"action": 52.0}, "action"),
        )
    },
    mathematics=mathematics,
    script=script,
    prints={"": PRINTS},
    miniature=miniature,
)

if __name__ == "__main__":
    run(LESSON)
