"""Learning without forgetting: what was believed after one task is the prior of the next."""

from __future__ import annotations

from pages._ui.lesson import Lesson, Try, run
from pages.choose._continual.code import script
from pages.choose._continual.look import look
from pages.choose._continual.mathematics import mathematics
from pages.choose._continual.scenes import PAGE
from pages.choose._continual.settings import TurnSettings

LESSON = Lesson(
    key="continual",
    page=PAGE,
    settings=(TurnSettings,),
    look=look,
    controls=lambda settings: {"controls": ("view", "keeps", "order", "seed")},
    tries={
        "": (
            Try("bumps", {"seen": 5.0, "order": "mixed"}),
            Try("tuned", {"trust": 1.0}, "trust", 2500),
            Try("tangent", {"keeps": "each"}),
            Try("vi", {"trust": 30.0}, "trust", 2500),
            Try("tuned", {"view": "known", "seen": 5.0}),
        )
    },
    mathematics=mathematics,
    script=script,
    prints={"": {"error": r"task 1 now +(\S+)"}},
)

if __name__ == "__main__":
    run(LESSON)
