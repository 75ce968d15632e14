"""Aleatoric and epistemic: which part of an uncertainty would more data cure?"""

from __future__ import annotations

from pages._ui.lesson import Lesson, run
from pages.trust._uncertainty.code import script
from pages.trust._uncertainty.controls import controls
from pages.trust._uncertainty.look import look
from pages.trust._uncertainty.mathematics import mathematics
from pages.trust._uncertainty.settings import PAGE, SplitSettings
from pages.trust._uncertainty.settings_classes import ClassSettings
from pages.trust._uncertainty.small import miniature
from pages.trust._uncertainty.tries import TRIES
from pages.trust._uncertainty.work import work

LESSON = Lesson(
    key="uncertainty",
    page=PAGE,
    settings=(SplitSettings, ClassSettings),
    look=look,
    work=work,
    controls=controls,
    tries=TRIES,
    mathematics=mathematics,
    miniature=miniature,
    dataset=lambda settings: settings.source().dataset,
    script=script,
    prints={
        kind: {part: rf"{part}, {unit} +(\S+)" for part in ("epistemic", "aleatoric")}
        for kind, unit in (("", "min2"), ("classes", "bits"))
    },
)

if __name__ == "__main__":
    run(LESSON)
