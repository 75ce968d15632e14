"""What a server has done since it started, in numbers that Prometheus reads.

Nothing is about persons, and labels are methods and kinds of work only, so that there are never more of them.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Histogram

from bayes_core.types import Fit

_SECONDS = (0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0)

REGISTRY = CollectorRegistry()
"""Ours alone: what another part of the process counts, or counts twice, is not in it."""
_RUNS = Histogram("bayes_run_seconds", "Runs of a page, until all that follows its picture is sent", buckets=_SECONDS,
                  registry=REGISTRY)  # fmt: skip
_DETOURS = Counter("bayes_detours", "Finished fits that a cluster should have made", registry=REGISTRY)
_FITS = Counter("bayes_fits", "Finished fits", ["method"], registry=REGISTRY)
_FIT_SECONDS = Counter("bayes_fit_seconds", "Seconds at work of finished fits", ["method"], registry=REGISTRY)


@contextmanager
def run() -> Iterator[None]:
    """Count one run of a page."""
    begun = time.monotonic()
    try:
        yield
    finally:
        _RUNS.observe(time.monotonic() - begun)


def fitted(fit: Fit) -> None:
    """Count a finished fit."""
    _FITS.labels(fit.method).inc()
    _FIT_SECONDS.labels(fit.method).inc(fit.diagnostics.seconds)
    if fit.diagnostics.detour:
        _DETOURS.inc()
