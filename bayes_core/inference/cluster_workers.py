"""A cluster's workers as a server sees them, and which of them makes a fit."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from bayes_core.inference.sizes import Size

SPILL = 2  # more fits than the least busy worker's, from which on one that has to compile first is asked


@dataclass(eq=False)
class Worker:
    """A worker: what it has compiled, and how busy it is.

    `refused` is why it is not used, `fits` are ours there, `waiting` chunks that wait or are computed there and `held`
    fits that it holds, other servers' too. It has `gone` once the scheduler misses it, and is `silent` while it does
    not say what it was asked `since` then.
    """

    address: str
    refused: str = ""
    sizes: frozenset[Size] = frozenset()
    fits: int = 0
    waiting: int = 0
    held: int = 0
    gone: bool = False
    silent: bool = False
    known: bool = False
    saying: Future[Any] | None = None
    since: float = 0.0

    @property
    def load(self) -> int:
        """Return how many fits compete for it, as far as we know: ours, or all that wait there."""
        return max(self.fits, self.waiting)

    @property
    def usable(self) -> bool:
        """Return whether it computes as we do, and speaks."""
        return self.known and not (self.refused or self.gone or self.silent)


def chosen(workers: Sequence[Worker], size: Size) -> Worker | None:
    """Return who should make a fit: whoever has its programs compiled, unless others have far less to do.

    >>> busy, free = Worker("busy", fits=2), Worker("free")
    >>> chosen([busy, free], None).address
    'free'
    >>> busy.sizes, busy.fits = frozenset([None]), 1
    >>> chosen([busy, free], None).address, chosen([], None)
    ('busy', None)
    """
    if not workers:
        return None
    least = min(worker.load for worker in workers)
    ready = [worker for worker in workers if size in worker.sizes and worker.load < least + SPILL]
    return min(ready or workers, key=lambda worker: (worker.load, worker.address))


__all__ = ["SPILL", "Worker", "chosen"]
