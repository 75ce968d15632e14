"""MAP is ridge: one penalty, two readings, and what a single best answer throws away."""

from __future__ import annotations

from pages._ui.lesson import Lesson, Try, run
from pages.linear._ridge.code import script
from pages.linear._ridge.look import look, work
from pages.linear._ridge.report import ask_posterior, mathematics, report
from pages.linear._ridge.settings import PAGE, RidgeSettings
from pages.linear._ridge.small import miniature

LESSON = Lesson(
    key="ridge",
    page=PAGE,
    settings=(RidgeSettings,),
    look=look,
    work=work,
    controls=lambda settings: {
        "controls": ("view", "family"),
        "data": ("points", *(("loud",) if settings.spec.story.renewed else ()), "seed", ask_posterior),
    },
    tries={
        "": (
            Try("weak", {"width": 3.0}, "width", 3000),
            Try("day", {"view": "bowl", "degree": 1.0, "width": 0.6}, "width", 3000),
            Try("day", {"view": "error", "degree": 14.0}, "degree", 3000),
            Try("diabetes", {"family": "laplace", "sample": True}),
        )
    },
    report=report,
    mathematics=mathematics,
    miniature=miniature,
    dataset=lambda settings: settings.source().dataset,
    script=script,
    prints={"": {"evidence": r"log evidence +(\S+)", "grid.0.1": r"MAP +\[ *([^\s\]]+)"}},
)

if __name__ == "__main__":
    run(LESSON)
