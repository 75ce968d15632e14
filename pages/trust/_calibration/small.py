"""The lesson's miniature on the map: what a network said and what happened, its inner weights fixed."""

from __future__ import annotations

import numpy as np

from bayes_core.evaluation.calibration import ClassForecasts, judge_classes
from bayes_core.figures.calibration import joined_marks
from bayes_core.figures.miniature import Frame, Miniature
from bayes_core.models import Linear
from bayes_core.models.frozen import Frozen
from bayes_core.summaries.stand_ins import logit_mode
from pages._ui.miniature import along
from pages._ui.words import words

from .settings import LEVEL, PAGE, CalibrationSettings


def miniature() -> Miniature:
    """Return the first scene's marks along the temperature."""
    settings = CalibrationSettings.at_start()
    temperatures, home = along(settings)
    width, test = settings.story.prior.width, settings.days("test")
    f, _ = logit_mode(settings.days("train"), Linear(Frozen(width=width)), width, test.x)
    sizes = (np.full(len(temperatures), settings.bins), np.full(len(temperatures), settings.cases))
    said, happened = joined_marks(judge_classes(ClassForecasts.of(f, test.y), temperatures, *sizes, LEVEL))
    frame = Frame((0, 100), (0, 103))
    layers = (
        frame.line("truth", np.array([0.0, 100]), np.array([[0.0, 100]]), "60,50"),
        frame.line("map", said, happened, opacity=0.6),
        frame.dots("map", said, happened),
    )
    alt = f"{words(PAGE)['thread']} Simplified: the inner weights of this network stay as they were drawn."
    return Miniature(layers, alt, home)
