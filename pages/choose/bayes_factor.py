"""Is it fair? Two hypotheses about one number, and how well each predicted what was seen."""

from __future__ import annotations

from pages._ui.lesson import Lesson, Try, run
from pages.choose._bayes_factor.code import PRINTS, script
from pages.choose._bayes_factor.controls import controls
from pages.choose._bayes_factor.look import look
from pages.choose._bayes_factor.mathematics import mathematics
from pages.choose._bayes_factor.settings import PAGE
from pages.choose._bayes_factor.settings_mean import MeanSettings
from pages.choose._bayes_factor.settings_share import ShareSettings
from pages.choose._bayes_factor.settings_stop import StopSettings
from pages.choose._bayes_factor.small import miniature

LESSON = Lesson(
    key="bayes_factor",
    page=PAGE,
    settings=(ShareSettings, MeanSettings, StopSettings),
    look=look,
    controls=controls,
    tries={
        "share": (
            Try("coin", {"view": "width", "worth": 200.0}, "worth", 3000),
            Try("coin", {"view": "width", "worth": 0.1}, "worth", 3000),
            Try("coin", {"view": "along", "seen": 200.0}, "seen", 6000),
            Try("nearly", {"view": "heights", "margin": 0.0}, "margin", 2500),
        ),
        "mean": (
            Try("sleep", {"view": "heights", "width": 5.0}, "width", 2500),
            Try("sleep", {"view": "along", "seen": 10.0}, "seen", 4000),
            Try("sleep", {"side": "above", "view": "heights"}),
            Try("sleep", {"data": "t=3.5 n=20+20", "t": 3.5, "view": "predict"}),
        ),
        "stop": (
            Try("peek", {"demand": 3.0}, "demand", 2500),
            Try("peek", {"real": 0.6}, "real", 2500),
            Try("peek", {"level": 0.005}),
        ),
    },
    mathematics=mathematics,
    script=script,
    prints=PRINTS,
    miniature=miniature,
)

if __name__ == "__main__":
    run(LESSON)
