"""A Bayesian neural network: every curve that a small network may draw through the data."""

from __future__ import annotations

from pages._ui.lesson import Lesson, Try, run
from pages.neural._network.code import script
from pages.neural._network.controls import controls
from pages.neural._network.look import look
from pages.neural._network.report import mathematics, report
from pages.neural._network.settings import PAGE, NetworkSettings
from pages.neural._network.small import miniature
from pages.neural._network.work import work

LESSON = Lesson(
    key="network",
    page=PAGE,
    settings=(NetworkSettings,),
    stays=("level",),
    look=look,
    work=work,
    controls=controls,
    tries={
        "": (
            Try("gap"),
            Try("sine", {"method": "prior"}),
            Try("gap", {"method": "ensemble"}),
            Try("sine", {"activation": "relu"}),
            Try("swelling", {"heteroscedastic": True, "points": 100}),
        )
    },
    report=report,
    mathematics=mathematics,
    miniature=miniature,
    script=script,
    prints={"": {"noise": r"sigma, median +(\S+)"}},
)

if __name__ == "__main__":
    run(LESSON)
