"""Fits of the network page: kept for whoever asks next, two at a time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import replace

import streamlit as st

from bayes_core.inference import Step, fit_steps
from bayes_core.types import Fit

from .linear_fits import AT_WORK
from .network_settings import BUDGET, LEVELS, NetworkSettings

_MOST = 400  # fits kept: about 0.2 MB each


@st.cache_resource
def _kept() -> OrderedDict[NetworkSettings, Fit]:
    return OrderedDict()


def _question(settings: NetworkSettings) -> NetworkSettings:
    return replace(settings, level=LEVELS[0], along="bmi")  # how it is looked at plays no part in a fit


def kept_fit(settings: NetworkSettings) -> Fit | None:
    """Return the fit of these settings if it is still at hand."""
    return _kept().get(_question(settings))


def run(settings: NetworkSettings) -> Iterator[Step]:
    """Fit step by step and keep the finished fit."""
    with AT_WORK:
        for step in fit_steps(
            settings.dataset(), settings.model(), settings.method, settings.prior(), BUDGET, seed=settings.seed
        ):
            if step.fit is not None and step.fit.diagnostics.complete:
                kept = _kept()
                kept[_question(settings)] = step.fit
                while len(kept) > _MOST:
                    kept.popitem(last=False)
            yield step


def finished(settings: NetworkSettings) -> Fit:
    """Return the finished fit, from memory or made now."""
    known = kept_fit(settings)
    if known is not None:
        return known
    *_, last = run(settings)
    assert last.fit is not None
    return last.fit
