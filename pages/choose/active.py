"""Where to look next: which measurement would tell most, and where that is the wrong question."""

from __future__ import annotations

from pages._ui.lesson import Lesson, Try, run
from pages.choose._active.code import PRINTS, script
from pages.choose._active.controls import controls
from pages.choose._active.look import look
from pages.choose._active.mathematics import mathematics
from pages.choose._active.settings import PAGE, ActiveSettings

LESSON = Lesson(
    key="active",
    page=PAGE,
    settings=(ActiveSettings,),
    look=look,
    controls=controls,
    tries={
        "": (
            Try("gap", {"here": 9.0}, "here", 2500),
            Try("gap", {"view": "many", "seen": 10.0}),
            Try("noise", {"view": "many", "seen": 20.0}, "seen", 2500),
            Try("cliff", {"seen": 30.0}, "seen", 4000),
            Try("rock", {"strategy": "information"}),
        )
    },
    mathematics=mathematics,
    script=script,
    prints={"": PRINTS},
)

if __name__ == "__main__":
    run(LESSON)
