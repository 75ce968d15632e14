"""Memory goes back to the system after a busy spell: what sessions left in circles is collected, and the heap trimmed.

Streamlit's own collection after every run is off, since it holds up pictures; here it happens while nobody is at work.
glibc keeps what was freed between what is in use; `malloc_trim` gives it back, and the less lies there the fewer
heaps its threads have. What is there when a server first comes to rest, modules above all, stays until its end: no
later collection looks through it.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Any

from .scheduler import SCHEDULER, Scheduler

_M_ARENA_MAX, _ARENAS = -8, 2  # malloc.h; every run of every session is a thread, and has a heap of its own else
_LOOK = 5.0  # seconds between looks whether anybody was at work since the last
Lifespan = Callable[[Any], AbstractAsyncContextManager[None]]


def give_back() -> None:
    """Collect what is not reached any more, and trim the heap where the C library can."""
    gc.collect()
    if not gc.get_freeze_count():
        gc.freeze()
    with suppress(OSError, AttributeError):  # not glibc
        ctypes.CDLL(None).malloc_trim(0)


def few_heaps() -> None:
    """Let all threads share a few heaps, where the C library can: what they leave behind is found by others."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _ARENAS)


class Returned:
    """Knows when there is something to give back: once after every spell of work."""

    def __init__(self, scheduler: Scheduler) -> None:
        """Take whose work it is."""
        self.scheduler, self.given, self.seen = scheduler, 0, 0

    def due(self) -> bool:
        """Return whether there was work since the last time, but none since this was asked last, nor now."""
        turns, rests = self.scheduler.turns(), self.scheduler.idle()
        quiet, self.seen = turns == self.seen and rests, turns
        if not quiet or turns == self.given:
            return False
        self.given = turns
        return True


def returned_after(lifespan: Lifespan, look: float = _LOOK) -> Lifespan:
    """Return a server's lifespan in which memory goes back as well."""

    async def watch() -> None:
        memory = Returned(SCHEDULER)
        while True:
            await asyncio.sleep(look)
            if memory.due():
                await asyncio.to_thread(give_back)

    @asynccontextmanager
    async def both(app: Any) -> AsyncIterator[None]:
        few_heaps()
        async with lifespan(app):
            watching = asyncio.create_task(watch())
            yield
            watching.cancel()

    return both
