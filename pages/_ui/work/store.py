"""The one store of fits: each is made when its turn has come (`scheduler.py`), and kept for whoever asks next."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import replace

import streamlit as st

from bayes_core.inference import Step, nearest_start
from bayes_core.inference.executor import elsewhere
from bayes_core.inference.executor import steps as answer_steps
from bayes_core.inference.sizes import Size
from bayes_core.types import Fit, Question
from pages._ui.operating.counted import fitted

from .scheduler import measured
from .turns import breathe, turn

_MOST_BYTES = 250_000_000
COMPILED: set[Size] = set()
"""What answers at once, for the whole server; everything else compiles for seconds first."""


class Store:
    """The latest finished fits, each under the question that it answers, up to `most` bytes of draws."""

    def __init__(self, most: int = _MOST_BYTES) -> None:
        """Start with none."""
        self.most = most
        self.bytes = 0
        self.fits: OrderedDict[Question, Fit] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, question: Question) -> Fit | None:
        """Return the fit if it is still at hand."""
        with self.lock:
            if question in self.fits:
                self.fits.move_to_end(question)
            return self.fits.get(question)

    def start(self, question: Question) -> Fit | None:
        """Return the kept fit from whose chains a question is best answered, if there is one."""
        with self.lock:
            kept = list(self.fits.values())
        return nearest_start(question, kept)

    def steps(self, question: Question, start: Fit | None = None) -> Iterator[Step]:
        """Answer a question step by step, each when its turn has come, and keep the finished fit.

        Between steps others may work, so that a fit that is left, or a long one, keeps nobody waiting. The chains of
        `start` go on, where it is given; the draws are others then, and just as good.
        """
        work = iter(answer_steps(question) if start is None else answer_steps(question, start))
        while True:
            with turn(elsewhere(work)):
                step = next(work, None)
            if step is None:
                return
            if step.fit is not None and step.fit.diagnostics.complete:
                self.keep(question, _for_others(step.fit))
                COMPILED.add(Size.of(question))
                fitted(step.fit)
            yield step

    def answer(self, question: Question, start: Fit | None = None) -> Fit:
        """Return the finished fit, from memory or made now unless the reader moves on; `start` as in `steps`."""
        known = self.get(question)
        if known is not None:
            return known
        fit = None
        for step in self.steps(question, start):
            breathe()
            fit = step.fit
        assert fit is not None
        return fit

    def keep(self, question: Question, fit: Fit) -> None:
        """Keep a finished fit; the oldest make room."""
        with self.lock:
            old = self.fits.pop(question, None)
            self.bytes += size(fit) - (size(old) if old else 0)
            self.fits[question] = fit
            while self.bytes > self.most and len(self.fits) > 1:
                self.bytes -= size(self.fits.popitem(last=False)[1])


def _for_others(fit: Fit) -> Fit:
    """Return a fit as it is kept: where it had to be made concerns whoever waited for it, and nobody later."""
    about = fit.diagnostics
    return replace(fit, diagnostics=replace(about, detour="")) if about.detour else fit


def size(fit: Fit) -> int:
    """Return how many bytes a fit's draws take."""
    return int(fit.noise.nbytes + sum(values.nbytes for values in fit.draws.values()))


@st.cache_resource(show_spinner=False)
def store() -> Store:
    """Return the store, the same for all sessions."""
    kept = Store()
    measured("fit_bytes", lambda: kept.bytes)
    measured("fits", lambda: len(kept.fits))
    return kept


measured("compiled_sizes", lambda: len(COMPILED))

__all__ = ["COMPILED", "Store", "breathe", "size", "store"]
