"""How a chain finds its way: two samplers on one posterior, move by move, at the same number of evaluations."""

from __future__ import annotations

from pages._ui.lesson import Lesson, Try, run
from pages.approx._samplers.code import PRINTS, TRIAL_PRINTS, script
from pages.approx._samplers.controls import controls
from pages.approx._samplers.look import seen
from pages.approx._samplers.mathematics import mathematics
from pages.approx._samplers.settings import PAGE, ChainSettings
from pages.approx._samplers.small import miniature
from pages.approx._samplers.trials import TrialSettings

LESSON = Lesson(
    key="samplers",
    page=PAGE,
    settings=(ChainSettings, TrialSettings),
    look=seen,
    controls=controls,
    tries={
        "": (
            Try("line", {"spent": 40.0}, "spent", 6000),
            Try("line", {"spent": 40.0, "size_a": 1.5}, "size_a", 2500),
            Try("funnel", {"size_a": 0.05}, "size_a", 2500),
            Try("humps", {"spent": 1600.0}, "spent", 3000),
        ),
        "trust": (
            Try("trust", {"spent": 100.0}, "spent", 2000),
            Try("trust", {"spent": 800.0}, "spent", 2000),
            Try("humps", {"spent": 1600.0}, "spent", 3000),
        ),
    },
    mathematics=mathematics,
    script=script,
    prints={"": PRINTS, "trust": TRIAL_PRINTS},
    miniature=miniature,
)

if __name__ == "__main__":
    run(LESSON)
