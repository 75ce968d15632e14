"""Be the approximation: a Gaussian under the hand, the evidence that it lacks, and what an optimiser makes of it."""

from __future__ import annotations

from pages._ui.lesson import Lesson, run
from pages.approx._by_hand.code import PRINTS, script
from pages.approx._by_hand.controls import controls
from pages.approx._by_hand.look import look
from pages.approx._by_hand.mathematics import mathematics
from pages.approx._by_hand.scenes import PAGE
from pages.approx._by_hand.settings import ClimbSettings, HandSettings, PairSettings
from pages.approx._by_hand.small import miniature
from pages.approx._by_hand.tries import TRIES

LESSON = Lesson(
    key="by_hand",
    page=PAGE,
    settings=(HandSettings, ClimbSettings, PairSettings),
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
