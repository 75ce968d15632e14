"""Bayes' theorem: what follows from what is known, on two events, on a test, and on clue after clue."""

from __future__ import annotations

from pages._ui.lesson import Lesson, run
from pages.bayes._theorem.code import script
from pages.bayes._theorem.controls import KEY, controls
from pages.bayes._theorem.look import look
from pages.bayes._theorem.mathematics import mathematics
from pages.bayes._theorem.scenes import PAGE
from pages.bayes._theorem.settings import ClueSettings, EventSettings, TestSettings
from pages.bayes._theorem.small import miniature
from pages.bayes._theorem.tries import PRINTS, TRIES

LESSON = Lesson(
    key=KEY,
    page=PAGE,
    settings=(TestSettings, EventSettings, ClueSettings),
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
