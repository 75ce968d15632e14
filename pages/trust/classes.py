"""Classes: how sure a classifier is where nobody measured, and of which kind its doubt is."""

from __future__ import annotations

from pages._ui.lesson import Lesson, run
from pages.trust._classes.code import script
from pages.trust._classes.controls import controls
from pages.trust._classes.look import look
from pages.trust._classes.mathematics import mathematics
from pages.trust._classes.settings import PAGE, ClassesSettings
from pages.trust._classes.settings_tutorial import TutorialSettings
from pages.trust._classes.small import miniature
from pages.trust._classes.tries import PRINTS, TRIES
from pages.trust._classes.work import work

LESSON = Lesson(
    key="classes",
    page=PAGE,
    settings=(ClassesSettings, TutorialSettings),
    look=look,
    work=work,
    controls=controls,
    tries=TRIES,
    mathematics=mathematics,
    miniature=miniature,
    dataset=lambda settings: settings.dataset(),
    script=script,
    prints=PRINTS,
)

if __name__ == "__main__":
    run(LESSON)
