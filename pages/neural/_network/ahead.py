"""Sizes compiled ahead: while nobody computes, the networks that a reader may choose next are made ready.

jax compiles every size once (4 to 5 seconds on two cores, 1 from the cache on disk). Units, layers and activations come
from short lists, so after a finished fit one thread walks through the neighbours of the size on screen, one at a time.
It imports nothing: a thread that imports beside a page that imports the same has been seen to wait for ever.
"""

from __future__ import annotations

import atexit
import os
import threading
import time
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import streamlit as st

from bayes_core.inference import fit_steps
from bayes_core.models import Mlp
from bayes_core.models.mlp import activate
from bayes_core.types import Dataset, Prior
from pages._ui.work.store import idle

from . import fits as network_fits
from .fits import Size
from .settings import ACTIVATIONS, LAYERS, UNITS, NetworkSettings

_LOOK = 0.3  # seconds between looks whether anybody computes
_PATIENCE = 120.0  # seconds of waiting for a quiet moment, after which the thread ends
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

    def start(self, settings: NetworkSettings) -> None:
        """Make the neighbours of these settings ready, unless a thread is at it already; call it after a hmc fit."""
        here = network_fits.size(settings)
        with self.lock:
            self.ready.add(here)
            near = (here._replace(network=model) for model in neighbours(settings))
            queue = [size for size in near if size not in self.ready]
            if not queue or (self.thread is not None and self.thread.is_alive()):
                return
            activate("erf", np.zeros(1))  # imports what the thread may not
            task = (queue, settings.dataset(), settings.prior())
            self.thread = threading.Thread(target=self._work, args=task, name="ahead", daemon=True)
            self.thread.start()

    def _work(self, queue: Iterable[Size], data: Dataset, prior: Prior) -> None:
        for size in queue:
            if not self._quiet():
                return
            try:
                next(step for step in fit_steps(data, size.network, size.method, prior) if step.fit is not None)
            except ValueError:
                continue  # the reader who chooses this size is told why it has no answer
            self.ready.add(size)

    def _quiet(self) -> bool:
        """Wait until no reader's fit is at work; return whether that came in time, before the process ends."""
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until and not self.stop.wait(_LOOK):
            if idle():
                return True
        return False


def neighbours(settings: NetworkSettings) -> list[Mlp]:
    """Return the networks that differ from these settings by one choice."""
    changed = [
        *(replace(settings, units=units) for units in UNITS if units != settings.units),
        *(replace(settings, layers=layers) for layers in LAYERS if layers != settings.layers),
        *(replace(settings, activation=bend) for bend in ACTIVATIONS if bend != settings.activation),
    ]
    return [other.model() for other in changed]


@st.cache_resource(show_spinner=False)
def _ahead() -> Ahead:
    return Ahead(network_fits.COMPILED)


def look_ahead(settings: NetworkSettings) -> None:
    """Compile neighbouring sizes in the background; BAYES_AHEAD=0 turns it off."""
    if settings.method == "hmc" and os.environ.get("BAYES_AHEAD", "1") != "0":
        _ahead().start(settings)
