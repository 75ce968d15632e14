"""Fits of the network page: kept for whoever asks next, two at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bayes_core.inference import Step, answer_steps, ask
from bayes_core.inference.sizes import Size
from bayes_core.types import Fit, Question
from pages._ui.work.ahead import COMPILED
from pages._ui.work.kept import breathe, kept

from .settings import BUDGET, LEVELS, NetworkSettings

_MOST = 400  # fits kept: about 0.2 MB each


def question(settings: NetworkSettings) -> Question:
    """Return what is asked of a method."""
    s = settings
    return ask(s.dataset(), s.model(), s.method, s.prior(), BUDGET, s.seed)


def size(settings: NetworkSettings) -> Size:
    """Return the size of the programs that answer these settings."""
    return Size.of(question(settings))


def _question(settings: NetworkSettings) -> NetworkSettings:
    return replace(settings, level=LEVELS[0], along="bmi")  # how it is looked at plays no part in a fit


def kept_fit(settings: NetworkSettings) -> Fit | None:
    """Return the fit of these settings if it is still at hand."""
    return kept("network", _MOST).get(_question(settings))


def run(settings: NetworkSettings) -> Iterator[Step]:
    """Fit step by step and keep the finished fit."""
    for step in kept("network", _MOST).run(_question(settings), answer_steps(question(settings))):
        if step.fit is not None and step.fit.diagnostics.complete:
            COMPILED.add(size(settings))
        yield step


def finished(settings: NetworkSettings) -> Fit:
    """Return the finished fit, from memory or made now unless the reader moves on."""
    known = kept_fit(settings)
    if known is not None:
        return known
    fit = None
    for step in run(settings):
        breathe()
        fit = step.fit
    assert fit is not None
    return fit


__all__ = ["COMPILED", "finished", "kept_fit", "question", "run", "size"]
