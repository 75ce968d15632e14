"""Is it fair? Two hypotheses about one number, and how well each predicted what was seen."""

from __future__ import annotations

from pages._ui.lesson import Lesson, run
from pages.choose._bayes_factor.code import PRINTS, script
from pages.choose._bayes_factor.controls import controls
from pages.choose._bayes_factor.look import look
from pages.choose._bayes_factor.mathematics import mathematics
from pages.choose._bayes_factor.settings import PAGE
from pages.choose._bayes_factor.settings_mean import MeanSettings
from pages.choose._bayes_factor.settings_share import ShareSettings
from pages.choose._bayes_factor.settings_stop import StopSettings
from pages.choose._bayes_factor.small import miniature
from pages.choose._bayes_factor.tries import TRIES

LESSON = Lesson(
    key="bayes_factor",
    page=PAGE,
    settings=(ShareSettings, MeanSettings, StopSettings),
    look=look,
    controls=controls,
    tries=TRIES,
    mathematics=mathematics,
    script=script,
    prints=PRINTS,
    miniature=miniature,
)

if __name__ == "__main__":
    run(LESSON)
