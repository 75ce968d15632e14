"""How long a fit was at work: not how long its programs took to compile, and not what its reader did between steps.

A program is compiled once for each size of data and model and then serves every fit of that size, so a time that
holds it tells nothing about the method.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")


@dataclass
class Stopwatch:
    """Runs while steps of a fit are computed, on whatever threads; these must carry its context (`copy_context`)."""

    total: float = 0.0
    compiled: list[tuple[float, float]] = field(default_factory=list)

    def timed(self, work: Iterable[T]) -> Iterator[T]:
        """Yield what `work` yields, and count the seconds in which it was made.

        >>> list(Stopwatch().timed([1, 2]))
        [1, 2]
        """
        steps = iter(work)
        while True:
            mine, started = _RUNNING.set(self), time.perf_counter()
            try:
                item = next(steps)
            except StopIteration:
                return
            finally:
                self.total += time.perf_counter() - started
                _RUNNING.reset(mine)
            yield item

    @property
    def compiling(self) -> float:
        """Return the seconds in which programs were compiled."""
        return covered(self.compiled)

    @property
    def seconds(self) -> float:
        """Return the seconds of all other work."""
        return max(self.total - self.compiling, 0.0)


_RUNNING: ContextVar[Stopwatch | None] = ContextVar("stopwatch", default=None)


def compiled(seconds: float) -> None:
    """Note that something was compiled for so many seconds until now: jax tells so on the thread that did it."""
    watch = _RUNNING.get()
    if watch is not None:
        now = time.perf_counter()
        watch.compiled.append((now - seconds, now))


def covered(spans: Iterable[tuple[float, float]]) -> float:
    """Return how much of the time line spans (start, end) cover: inner compilations lie within outer ones.

    >>> covered([(1.0, 2.0), (0.0, 3.0), (5.0, 6.0)])
    4.0
    """
    length, reached = 0.0, float("-inf")
    for start, end in sorted(spans):
        length += max(end - max(start, reached), 0.0)
        reached = max(reached, end)
    return length


__all__ = ["Stopwatch", "compiled", "covered"]
