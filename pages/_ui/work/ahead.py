"""Sizes compiled ahead: while nobody computes, the questions that a reader may ask next are made ready.

jax compiles every size once (4 to 5 seconds on two cores, 1 from the cache on disk). After a finished fit one thread
walks through the neighbours of the size on screen, one at a time. It imports nothing: a thread that imports beside a
page that imports the same has been seen to wait for ever.
"""

from __future__ import annotations

import atexit
import threading
import time
from collections.abc import Iterable
from functools import partial

import streamlit as st

from bayes_core.inference.executor import steps as answer_steps
from bayes_core.inference.sizes import Size
from bayes_core.types import Question

from .scheduler import SCHEDULER
from .store import COMPILED
from .waiting import Kind

_PATIENCE = 120.0  # seconds of waiting for a quiet moment, after which the thread ends
_COMPILES = 5.0  # seconds of a size, which a crowded server has not to spare
_LONGEST = 15.0  # seconds that an ending process waits


class Ahead:
    """The sizes that are ready, and the one thread that makes others so."""

    def __init__(self, ready: set[Size]) -> None:
        """Start with the sizes that are ready already."""
        self.ready = ready
        self.thread: threading.Thread | None = None
        self.lock = threading.Lock()
        self.stop = threading.Event()
        atexit.register(self.end)

    def end(self) -> None:
        """Let a compilation under way finish: a process that exits in the middle of one aborts."""
        self.stop.set()
        if self.thread is not None:
            self.thread.join(_LONGEST)

    def start(self, here: Question, others: Iterable[Question]) -> None:
        """Make other questions' sizes ready, unless a thread is at it already; call it when `here` is answered.

        Whatever those may import must have been imported.
        """
        with self.lock:
            self.ready.add(Size.of(here))
            queue = [question for question in others if Size.of(question) not in self.ready]
            if not queue or (self.thread is not None and self.thread.is_alive()):
                return
            self.thread = threading.Thread(target=self._work, args=(queue,), name="ahead", daemon=True)
            self.thread.start()

    def _work(self, queue: Iterable[Question]) -> None:
        """Compile one size after the other, each when nobody computes; give up where no such moment comes."""
        for question in queue:
            until = time.monotonic() + _PATIENCE
            try:
                with SCHEDULER.run("ahead", partial(self._wait_on, until), Kind.SPARE):
                    next(step for step in answer_steps(question) if step.fit is not None)
            except TimeoutError:
                return
            except ValueError:
                continue  # the reader who chooses this size is told why it has no answer
            self.ready.add(Size.of(question))

    def _wait_on(self, until: float) -> None:
        """Raise TimeoutError where waiting has taken too long, or the process ends."""
        if self.stop.is_set() or time.monotonic() > until:
            raise TimeoutError("no quiet moment came: this size is compiled when a reader chooses it")


@st.cache_resource(show_spinner=False)
def _ahead() -> Ahead:
    return Ahead(COMPILED)


def look_ahead(here: Question, others: Iterable[Question]) -> None:
    """Compile other questions' programs in the background, where the server has time to spare."""
    if SCHEDULER.spare_seconds() >= _COMPILES:
        _ahead().start(here, others)
