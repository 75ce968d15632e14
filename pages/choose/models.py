"""How complicated may the answer be? Polynomials of rising degree, judged by evidence and by leave-one-out."""

from __future__ import annotations

from pages._ui.lesson import Lesson, Try, run
from pages.choose._models.code import PRINTS, script
from pages.choose._models.controls import controls
from pages.choose._models.look import look
from pages.choose._models.mathematics import mathematics
from pages.choose._models.settings import PAGE, ModelSettings
from pages.choose._models.small import miniature
from pages.choose._models.work import work

LESSON = Lesson(
    key="models",
    page=PAGE,
    settings=(ModelSettings,),
    stays=("top",),
    look=look,
    work=work,
    controls=controls,
    tries={
        "": (
            Try("day", {"width": 10000.0}, "width"),
            Try("day", {"width": 4.0}, "width"),
            Try("few"),
            Try("many", {"width": 10000.0}, "width"),
        )
    },
    mathematics=mathematics,
    script=script,
    prints={"": PRINTS},
    miniature=miniature,
)

if __name__ == "__main__":
    run(LESSON)
