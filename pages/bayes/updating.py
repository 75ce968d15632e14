"""Updating beliefs: how data, one at a time, move what was believed before."""

from __future__ import annotations

from pages._ui.lesson import Lesson, Try, run
from pages.bayes._updating.code import script
from pages.bayes._updating.controls import controls
from pages.bayes._updating.look import look
from pages.bayes._updating.mathematics import mathematics
from pages.bayes._updating.settings import PAGE, UpdatingSettings

LESSON = Lesson(
    key="updating",
    page=PAGE,
    settings=(UpdatingSettings,),
    kept=("level", "how"),
    look=look,
    controls=controls,
    tries={
        "": (
            Try("coin", {"points": 1000, "worth": 200.0, "seen": 1000.0}, "seen", 6000),
            Try("coin", {"worth": 2.0, "data": "HHH", "seen": 3.0, "view": "predict"}),
            Try("coin", {"view": "order", "seen": 20.0}, "seen", 4000),
            Try("rivals", {"view": "evidence", "seen": 100.0}, "seen", 4000),
        )
    },
    mathematics=mathematics,
    script=script,
    prints={"": {"mean": r"mean, sd +(\S+)", "sd": r"mean, sd +\S+ (\S+)", "evidence": r"evidence +(\S+)"}},
)

if __name__ == "__main__":
    run(LESSON)
