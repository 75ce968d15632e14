"""Methods face to face: every approximation over the sampled posterior, on the same data."""

from __future__ import annotations

from pages._ui.lesson import Lesson, Try, run
from pages.neural._methods.code import script
from pages.neural._methods.controls import nuts
from pages.neural._methods.look import look
from pages.neural._methods.mathematics import mathematics
from pages.neural._methods.settings import PAGE, MethodsSettings
from pages.neural._methods.small import miniature
from pages.neural._methods.work import work

LESSON = Lesson(
    key="methods",
    page=PAGE,
    settings=(MethodsSettings,),
    look=look,
    work=work,
    controls=lambda settings: {"controls": ("width", "seed", nuts)},
    tries={
        "": (
            Try("between"),
            Try("beyond"),
            Try("many"),
            Try("beyond", {"rate": 0.6}, "rate"),
            Try("between", {"kl": 10.0}, "kl"),
        )
    },
    formulas="What each of them does",
    mathematics=mathematics,
    miniature=miniature,
    dataset=lambda settings: settings.network().source().dataset,
    script=script,
    prints={"": {"grid.laplace.2": r"covers +(\S+)", "grid.laplace.3": r"log score +(\S+)"}},
)

if __name__ == "__main__":
    run(LESSON)
