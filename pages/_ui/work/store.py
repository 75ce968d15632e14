"""Slow fits: two at work at a time for the whole server, sent while they grow, and kept for whoever asks next."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterable, Iterator

import streamlit as st

from bayes_core.inference import Step
from bayes_core.types import Fit

_AT_WORK = threading.BoundedSemaphore(2)  # more fits at once than cores only makes all of them late


def idle() -> bool:
    """Return whether nobody's fit is at work just now."""
    taken = [_AT_WORK.acquire(blocking=False) for _ in range(2)]
    for one in taken:
        if one:
            _AT_WORK.release()
    return all(taken)


def breathe() -> None:
    """End this run here if the reader has moved on: whoever reads the session's state is told so, without a message."""
    _ = "breath" in st.session_state


class Kept:
    """The latest `most` finished fits, each under the question that it answers."""

    def __init__(self, most: int) -> None:
        """Start with none."""
        self.most = most
        self.fits: OrderedDict[Hashable, Fit] = OrderedDict()

    def get(self, question: Hashable) -> Fit | None:
        """Return the fit if it is still at hand."""
        return self.fits.get(question)

    def run(self, question: Hashable, steps: Iterable[Step]) -> Iterator[Step]:
        """Pass a fit's steps on, each when its turn has come, and keep the finished fit.

        Between steps others may work, so that a fit that is left, or a long one, keeps nobody waiting.
        """
        work = iter(steps)
        while True:
            with _AT_WORK:
                step = next(work, None)
            if step is None:
                return
            if step.fit is not None and step.fit.diagnostics.complete:
                self._keep(question, step.fit)
            yield step

    def _keep(self, question: Hashable, fit: Fit) -> None:
        self.fits[question] = fit
        while len(self.fits) > self.most:
            self.fits.popitem(last=False)


@st.cache_resource(show_spinner=False)
def kept(family: str, most: int = 64) -> Kept:
    """Return the fits of one family of pages, the same for all sessions."""
    return Kept(most)
