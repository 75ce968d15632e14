"""What all sessions share: results by what they answer, bounded by their bytes, each made once.

    SHARED.get(key, make)      the value of a key, made now unless it is at hand or somebody is at it

A value is handed out as it is, to many threads: it must not be changed. Whoever asks for what another session is just
making waits for it, and takes up nobody's place meanwhile.
"""

from __future__ import annotations

import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, TypeVar, cast

import numpy as np

from .scheduler import LOOK, SCHEDULER, measured

MOST = 200_000_000
T = TypeVar("T")


@dataclass
class _Making:
    """A value that is being made; `error` is why there is none, for whoever waits."""

    done: threading.Event = field(default_factory=threading.Event)
    made: bool = False
    value: Any = None
    error: Exception | None = None


class Shared:
    """The values asked for last, up to `most` bytes."""

    def __init__(self, most: int = MOST) -> None:
        """Start with none."""
        self.most, self.bytes = most, 0
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._making: dict[Hashable, _Making] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """Return how many values are kept."""
        return len(self._kept)

    def __contains__(self, key: Hashable) -> bool:
        """Return whether a value is at hand."""
        return key in self._kept

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the value of a key; what `make` raises reaches all who asked, and is not kept.

        A maker whose session moves on leaves the making to the next who waits.
        """
        while True:
            with self._lock:
                if key in self._kept:
                    self._kept.move_to_end(key)
                    return cast(T, self._kept[key][0])
                making, mine = self._making.get(key), False
                if making is None:
                    making, mine = self._making.setdefault(key, _Making()), True
            if mine:
                return self._make(key, make, making)
            self._wait(making)
            if making.error is not None:
                raise making.error
            if making.made:
                return cast(T, making.value)

    def _make(self, key: Hashable, make: Callable[[], T], making: _Making) -> T:
        weight = 0
        try:
            value = make()
            weight = weigh(value) + weigh(key)  # before the lock, for it walks through all that a value holds
            making.value, making.made = value, True
        except Exception as error:
            making.error = error
            raise
        finally:
            with self._lock:
                del self._making[key]
                if making.made:
                    self._keep(key, making.value, weight)
            making.done.set()
        return value

    def _wait(self, making: _Making) -> None:
        run = SCHEDULER.here
        with run.aside() if run else nullcontext():
            while not making.done.wait(LOOK):
                if run:
                    run.check()

    def _keep(self, key: Hashable, value: Any, weight: int) -> None:
        if weight > self.most:
            return
        self._kept[key] = value, weight
        self.bytes += weight
        while self.bytes > self.most:
            self.bytes -= self._kept.popitem(last=False)[1][1]

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._kept.clear()
            self.bytes = 0


def weigh(value: Any) -> int:
    """Return about how many bytes a value takes, with all that it holds.

    >>> weigh(np.zeros(1000)) > 8000, weigh(("a" * 500, b"b" * 500)) > 1000
    (True, True)
    """
    own = sys.getsizeof(value, 64)
    if isinstance(value, np.ndarray):
        return own if value.base is None else own + value.nbytes
    if isinstance(value, str | bytes | int | float | type | None):
        return own
    if isinstance(value, Mapping):
        return own + sum(weigh(name) + weigh(part) for name, part in value.items())
    if isinstance(value, list | tuple | set | frozenset):
        return own + sum(map(weigh, value))
    if is_dataclass(value):
        return own + sum(weigh(getattr(value, one.name)) for one in fields(value))
    return own


SHARED = Shared()
measured("shared_bytes", lambda: SHARED.bytes)
measured("shared_results", lambda: len(SHARED))
