"""Classes: how sure a classifier is where nobody measured, and of which kind its doubt is."""

from __future__ import annotations

from pages._ui.lesson import Lesson, Try, run
from pages.trust._classes.code import script
from pages.trust._classes.controls import controls
from pages.trust._classes.look import look
from pages.trust._classes.mathematics import mathematics
from pages.trust._classes.settings import PAGE, ClassesSettings
from pages.trust._classes.settings_tutorial import TutorialSettings
from pages.trust._classes.work import work

LESSON = Lesson(
    key="classes",
    page=PAGE,
    settings=(ClassesSettings, TutorialSettings),
    look=look,
    work=work,
    controls=controls,
    tries={
        "": (
            Try("line", {"model": "network"}),
            Try("moons", {"method": "map"}),
            Try("moons", {"method": "ensemble"}),
            Try("moons", {"mislabelled": 0.2}),
            Try("twelve", {"width": 3.0}, "width"),
        ),
        "tutorial": (
            Try("tutorial", {"counted": 1.0}, "counted"),
            Try("tutorial", {"inputs": "sd", "counted": 1.0, "width": 0.3}, "width"),
            Try("tutorial", {"flowers": "kept"}),
            Try("tutorial", {"seed": 2}),
        ),
    },
    mathematics=mathematics,
    script=script,
    prints={
        "": {"sure": r"one class has 97 % or more (\S+)", "mutual": r"of it mutual information +(\S+)"},
        "tutorial": {
            "one": r"one draw names right +(\S+)",
            "cross": r"cross-entropy of a draw +(\S+)",
            "kl": r"KL a weight, nats +(\S+)",
            "elbo": r"ELBO, nats +(\S+)",
        },
    },
)

if __name__ == "__main__":
    run(LESSON)
