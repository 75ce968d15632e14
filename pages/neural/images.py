"""From images: digits read by networks whose weights are distributions, turned, blurred, drawn and refused."""

from __future__ import annotations

from pages._ui.lesson import Lesson, run
from pages.neural._images.code import PRINTS, script
from pages.neural._images.controls import controls
from pages.neural._images.look import look
from pages.neural._images.mathematics import mathematics
from pages.neural._images.settings import PAGE, RefusalSettings, SketchSettings, TwelveSettings, WidthSettings
from pages.neural._images.settings_answers import AnswersSettings
from pages.neural._images.small import miniature
from pages.neural._images.tries import TRIES
from pages.neural._images.work import work

LESSON = Lesson(
    key="images",
    page=PAGE,
    settings=(TwelveSettings, SketchSettings, WidthSettings, RefusalSettings, AnswersSettings),
    look=look,
    work=work,
    controls=controls,
    tries=TRIES,
    mathematics=mathematics,
    miniature=miniature,
    script=script,
    prints=PRINTS,
)

if __name__ == "__main__":
    run(LESSON)
