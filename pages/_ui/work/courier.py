"""What follows a picture: fits sent while they grow."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

import streamlit as st

from bayes_core.inference import Step
from bayes_core.types import Fit

from .store import breathe


def grow(steps: Iterable[Step], send: Callable[[Step, Fit], None], pace: float = 0.3, at_once: bool = True) -> Fit:
    """Send what there is of a fit every `pace` seconds and at its end, each time in place of the last; return it.

    With `at_once` the first draws are sent as they come; without it a fit that is done within the pace is sent once.
    Raises ValueError if there never was a draw.
    """
    slot, fit, last = st.empty(), None, 0.0 if at_once else time.perf_counter()
    for step in steps:
        breathe()
        if step.fit is None or (time.perf_counter() - last < pace and not step.fit.diagnostics.complete):
            continue
        fit, last = step.fit, time.perf_counter()
        with slot:
            send(step, fit)
    if fit is None:
        raise ValueError("it ended without a draw: change the settings")
    return fit


def progress(title: str, step: Step) -> str:
    """Return what the picture says while a fit is under way; nothing once it is complete."""
    return "" if step.fit and step.fit.diagnostics.complete else f"{title}: {step.done:,} of {step.total:,}"
