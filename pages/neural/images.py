"""From images: digits read by networks whose weights are distributions, turned, blurred, drawn and refused."""

from __future__ import annotations

from pages._ui.lesson import Lesson, Try, run
from pages.neural._images.code import PRINTS, script
from pages.neural._images.controls import controls
from pages.neural._images.look import look
from pages.neural._images.mathematics import mathematics
from pages.neural._images.settings import PAGE, RefusalSettings, SketchSettings, TwelveSettings, WidthSettings
from pages.neural._images.small import miniature
from pages.neural._images.work import work

LESSON = Lesson(
    key="images",
    page=PAGE,
    settings=(TwelveSettings, SketchSettings, WidthSettings, RefusalSettings),
    look=look,
    work=work,
    controls=controls,
    tries={
        "": (
            Try("twelve", {"angle": 30.0}, "angle"),
            Try("twelve", {"angle": 90.0}, "angle"),
            Try("twelve", {"width": 1.0}),
            Try("twelve", {"network": "filters"}),
        ),
        "sketch": (Try("sketch", {"angle": 90.0}, "angle"), Try("sketch", {"method": "map"})),
        "priors": (Try("prior_width", {"wide": 3.0}, "wide"), Try("prior_width", {"wide": 10.0}, "wide")),
        "refuse": (
            Try("refuse", {"answered": 80.0}, "answered"),
            Try("refuse", {"tilt": 30.0, "answered": 50.0}, "answered"),
            Try("refuse", {"by": "total", "answered": 50.0}, "answered"),
        ),
    },
    mathematics=mathematics,
    miniature=miniature,
    script=script,
    prints=PRINTS,
)

if __name__ == "__main__":
    run(LESSON)
