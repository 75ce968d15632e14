"""Bayesian linear regression: one line, or every line that fits?"""

from __future__ import annotations

from pages._ui.lesson import Lesson, Try, run
from pages.linear._posterior.code import script
from pages.linear._posterior.controls import own_data, reading
from pages.linear._posterior.look import look, work
from pages.linear._posterior.report import mathematics, report
from pages.linear._posterior.settings import PAGE, LinearSettings

LESSON = Lesson(
    key="linear",
    page=PAGE,
    settings=(LinearSettings,),
    stays=("level", "method"),  # whoever compares methods takes the method along from scene to scene
    look=look,
    work=work,
    controls=lambda settings: {"controls": ("points", "seed", "level", "method", own_data), "reading": (reading,)},
    tries={
        "": (
            Try("five", {"method": "exact", "width": 0.8}, "width"),
            Try("five", {"method": "exact", "noise": 35.0}, "noise"),
            Try("five", {"method": "exact", "points": 100}),
            Try("houses", {"method": "vi_meanfield"}),
        )
    },
    report=report,
    mathematics=mathematics,
    script=script,
    prints={"": {"slope": r"coef\[0\] +(\S+)", "intercept": r"intercept +(\S+)", "noise": r"sigma +(\S+)"}},
)

if __name__ == "__main__":
    run(LESSON)
