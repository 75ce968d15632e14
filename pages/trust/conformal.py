"""Conformal prediction: a promise that no model has to keep, and what it leaves out."""

from __future__ import annotations

from pages._ui.lesson import Lesson, Try, run
from pages.trust._conformal.code import script
from pages.trust._conformal.look import look, work
from pages.trust._conformal.report import mathematics
from pages.trust._conformal.settings import PAGE, ConformalSettings

LESSON = Lesson(
    key="conformal",
    page=PAGE,
    settings=(ConformalSettings,),
    look=look,
    work=work,
    controls=lambda settings: {"controls": ("forecaster", "score", "own", "seed")},
    tries={
        "": (
            Try("terrible"),
            Try("good", {"forecaster": "learns", "score": "normalised", "own": True}),
            Try("drift", {"drift": 5.0}, "drift"),
            Try("good", {"days": 50.0, "level": 0.99}, "level"),
        )
    },
    mathematics=mathematics,
    script=script,
    prints={"": {"half": r"half-width +(\S+)", "inside": r"new days inside +(\S+)"}},
)

if __name__ == "__main__":
    run(LESSON)
