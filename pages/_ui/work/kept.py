"""The store as it was, for the lessons that have not moved yet; it goes when the last one has."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterable, Iterator

import streamlit as st

from bayes_core.inference import Step
from bayes_core.types import Fit

from .store import _AT_WORK, breathe, idle


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
        """Pass a fit's steps on, each when its turn has come, and keep the finished fit."""
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


__all__ = ["Kept", "breathe", "idle", "kept"]
