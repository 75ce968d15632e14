"""A watchdog: work that makes no progress is given up, and said so, instead of hanging the one who asked for it.

jaxlib's kernels have been seen to wait for each other for ever when cores are few. Nothing here is known to hang, but a
page must not depend on that. The step runs on a thread of its own; one that never returns is left behind.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextvars import copy_context
from typing import Generic, TypeVar

T = TypeVar("T")

PATIENCE = 120.0
"""Seconds that one step may take, compiling included (about 10 s on two busy cores)."""


class Stuck(ValueError):
    """Raised when a fit makes no progress."""


def watched(work: Iterator[T], patience: float = PATIENCE) -> Iterator[T]:
    """Yield what `work` yields; raise Stuck where one item takes longer than `patience` seconds.

    >>> list(watched(iter([1, 2])))
    [1, 2]
    """
    while True:
        done, box = threading.Event(), _Box[T]()

        def step(box: _Box[T] = box, done: threading.Event = done) -> None:
            try:
                box.items.append(next(work))
            except StopIteration:
                pass
            except BaseException as error:  # handed to the one who waits
                box.error = error
            done.set()

        threading.Thread(target=copy_context().run, args=(step,), daemon=True).start()
        if not done.wait(patience):
            raise Stuck(f"no progress for {patience:g} seconds, so the fit was given up: try again, or a smaller model")
        if box.error is not None:
            raise box.error
        if not box.items:
            return
        yield box.items[0]


class _Box(Generic[T]):
    """What a step leaves behind."""

    def __init__(self) -> None:
        self.items: list[T] = []
        self.error: BaseException | None = None
