"""Calibration: does a forecast keep its word, how many days tell, and what a turn of the temperature mends."""

from __future__ import annotations

from pages._ui.lesson import Lesson, Try, run
from pages.trust._calibration.code import script
from pages.trust._calibration.controls import recalibrate
from pages.trust._calibration.look import look
from pages.trust._calibration.mathematics import mathematics
from pages.trust._calibration.settings import PAGE, CalibrationSettings
from pages.trust._calibration.small import miniature
from pages.trust._calibration.work import work

LESSON = Lesson(
    key="calibration",
    page=PAGE,
    settings=(CalibrationSettings,),
    look=look,
    work=work,
    controls=lambda settings: {"controls": ("method", recalibrate, "seed")},
    tries={
        "": (
            Try("loud", {"temperature": 3.0}, "temperature", 3000),
            Try("loud", {"method": "hmc"}),
            Try("loud", {"cases": 60.0}, "cases", 3000),
            Try("loud", {"bins": 30.0}, "bins", 2000),
            Try("noise", {"temperature": 2.0}, "temperature", 3000),
        )
    },
    mathematics=mathematics,
    miniature=miniature,
    script=script,
    prints={"": {"kept": r"kept +(\S+)", "log": r"log score +(\S+)"}},
)

if __name__ == "__main__":
    run(LESSON)
