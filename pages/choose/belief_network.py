"""What causes what: belief networks of a few events, what is seen in them, and what is done to them."""

from __future__ import annotations

from pages._ui.lesson import Lesson, run
from pages.choose._belief.code import script
from pages.choose._belief.controls import KEY, controls
from pages.choose._belief.look import look
from pages.choose._belief.mathematics import mathematics
from pages.choose._belief.scenes import PAGE
from pages.choose._belief.settings import NetSettings
from pages.choose._belief.small import miniature
from pages.choose._belief.tries import PRINTS, TRIES

LESSON = Lesson(
    key=KEY,
    page=PAGE,
    settings=(NetSettings,),
    look=look,
    controls=controls,
    tries=TRIES,
    mathematics=mathematics,
    miniature=miniature,
    script=script,
    prints=PRINTS,
)

if __name__ == "__main__":
    run(LESSON)
