"""Fits of the network page: kept for whoever asks next, two at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from bayes_core.inference import METHODS, Step, fit_steps, padded_size
from bayes_core.models import Mlp
from bayes_core.types import Fit
from pages._ui.work.store import breathe, kept

from .settings import BUDGET, LEVELS, NetworkSettings

_MOST = 400  # fits kept: about 0.2 MB each


class Size(NamedTuple):
    """What programs are compiled for; rows are rounded up."""

    method: str
    network: Mlp
    inputs: int
    rows: int


COMPILED: set[Size] = set()  # what answers at once; everything else compiles for seconds first


def size(settings: NetworkSettings) -> Size:
    """Return the size of the programs that answer these settings."""
    data = settings.dataset()
    return Size(settings.method, settings.model(), data.x.shape[1], padded_size(len(data.y)))


def _question(settings: NetworkSettings) -> NetworkSettings:
    return replace(settings, level=LEVELS[0], along="bmi")  # how it is looked at plays no part in a fit


def kept_fit(settings: NetworkSettings) -> Fit | None:
    """Return the fit of these settings if it is still at hand."""
    return kept("network", _MOST).get(_question(settings))


def run(settings: NetworkSettings) -> Iterator[Step]:
    """Fit step by step and keep the finished fit."""
    method = settings.method
    budget = BUDGET.only(METHODS[method].reads)
    steps = fit_steps(settings.dataset(), settings.model(), method, settings.prior(), budget, seed=settings.seed)
    for step in kept("network", _MOST).run(_question(settings), steps):
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
