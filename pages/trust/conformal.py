"""Conformal prediction: a promise that no model has to keep, and what it leaves out."""

from __future__ import annotations

from pages._ui.lesson import Lesson, run
from pages.trust._conformal.kinds import PRINTS, TRIES, controls, look, mathematics, script
from pages.trust._conformal.settings import PAGE, ConformalSettings
from pages.trust._conformal.settings_rows import RowSettings
from pages.trust._conformal.settings_sets import SetSettings
from pages.trust._conformal.work import work

LESSON = Lesson(
    key="conformal",
    page=PAGE,
    settings=(ConformalSettings, SetSettings, RowSettings),
    look=look,
    work=work,
    controls=controls,
    tries=TRIES,
    mathematics=mathematics,
    script=script,
    prints=PRINTS,
)

if __name__ == "__main__":
    run(LESSON)
