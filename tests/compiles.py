"""Counts what jax compiles, or fetches compiled from its cache, while it is entered.

What is to be found compiled must be asked for in the test itself: an answer that a fixture or a cache kept says nothing
about its programs, which `make_room` may have forgotten since.
"""

from __future__ import annotations

import jax

from bayes_core.inference import _jax


class Compilations:
    """Counts programs: `with Compilations() as seen: ...; seen.count`."""

    def __enter__(self):
        self.count = 0
        _jax._news.clear()  # else `make_room` may forget, just now, what a long run of tests has compiled
        jax.monitoring.register_event_duration_secs_listener(self._hear)
        return self

    def _hear(self, name: str, _: float, **__: object) -> None:
        self.count += name == "/jax/core/compile/backend_compile_duration"

    def __exit__(self, *_: object) -> None:
        jax.monitoring.unregister_event_duration_listener(self._hear)
