"""What a server hears from Redis of the rooms that it shares: every change, and whether Redis is there at all."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import redis

from .keeper import MOST_ROOMS, Watchers
from .refused import Refused
from .room import Room
from .written import from_json

FRESH = 10.0
"""Seconds for which what was heard of a room counts: a key that expires does so in silence."""
NONE = 1.0
"""Seconds for which a room that there is not is not asked for again."""
MOST_HEARD = 4 * MOST_ROOMS
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Heard:
    """What was last heard of a room, read only if somebody wants to know; "" if there is none."""

    text: str
    until: float

    @property
    def version(self) -> int:
        """Return the room's version."""
        return int(self.text.partition(" ")[0] or 0)

    @cached_property
    def room(self) -> Room | None:
        """Return the room, or None if there is none."""
        return from_json(self.text.partition(" ")[2]) if self.text else None


class Hearing:
    """Listens to a channel on a thread of its own, for as long as the process lives, and again after every loss.

    `era` numbers the times that the line was found. What is known counts for one era only, for changes between two of
    them were not heard.
    """

    def __init__(self, line: Any, channels: str, pause: float, patience: float, clock: Callable[[], float]) -> None:
        self._redis, self._channels, self._pause, self._patience = line, channels, pause, patience
        self._clock = clock
        self._lock = threading.Lock()
        self._heard: dict[str, Heard] = {}
        self._there, self._tried, self._closed = threading.Event(), threading.Event(), threading.Event()
        self._listener: threading.Thread | None = None
        self.watchers = Watchers()
        self.era = 0

    @property
    def there(self) -> bool:
        """Return whether changes are heard."""
        return self._there.is_set()

    def of(self, code: str) -> Heard | None:
        """Return what is known of a room, if that still counts."""
        heard = self._heard.get(code)
        return heard if heard and self.there and heard.until > self._clock() else None

    def last(self, code: str) -> Room | None:
        """Return a room as it was when it was last heard of."""
        heard = self._heard.get(code)
        return heard.room if heard else None

    def hear(self, code: str, text: str, era: int) -> Heard:
        """Return what is known of a room after this was heard of it in some era, unless something newer was."""
        heard = Heard(text, self._clock() + (FRESH if text else NONE))
        with self._lock:
            if era != self.era:  # the line was lost meanwhile, and this may be of before
                return heard
            known = self._heard.get(code)
            if known and text and known.version > heard.version:
                return known
            self._heard.pop(code, None)
            if len(self._heard) >= MOST_HEARD:
                del self._heard[next(iter(self._heard))]
            self._heard[code] = heard
        return heard

    @contextmanager
    def reached(self) -> Iterator[None]:
        """Ask Redis inside; raises Refused (503), at once while it is known to be gone."""
        self._begin()
        if not self.there:
            raise out_of_reach()
        try:
            yield
        except redis.RedisError:
            self._lost()
            raise out_of_reach() from None

    def close(self) -> None:
        """Stop listening."""
        self._closed.set()
        if self._listener:
            self._listener.join()

    def _begin(self) -> None:
        """Begin to listen, once; nobody goes on before that was tried."""
        with self._lock:
            if not self._listener:
                self._listener = threading.Thread(target=self._listen, name="rooms", daemon=True)
                self._listener.start()
        self._tried.wait(2 * self._patience)

    def _listen(self) -> None:
        while not self._closed.is_set():
            try:
                with self._redis.pubsub() as channel:
                    channel.psubscribe(self._channels)
                    self._follow(channel)
            except (redis.RedisError, OSError):
                self._lost()
            self._closed.wait(self._pause)

    def _follow(self, channel: Any) -> None:
        """Hear of changes until the line is lost; a line that is silent is asked whether it is there."""
        found, heard, asked = False, time.monotonic(), time.monotonic()
        while not self._closed.is_set():
            message = channel.get_message(timeout=self._pause / 2)
            now = time.monotonic()
            if now - heard > 3 * self._patience or (found and not self.there):  # or somebody else has seen it lost
                raise redis.ConnectionError("no answer")
            if now - asked > self._patience:
                asked = now
                channel.ping()
            if message is None:
                continue
            heard = now
            if message["type"] == "psubscribe":
                found = True
                self._found()
            elif message["type"] == "pmessage":
                code = message["channel"].rpartition(":")[2]
                self.hear(code, message["data"], self.era)
                self.watchers.wake(code)

    def _found(self) -> None:
        with self._lock:
            self.era += 1
            self._heard.clear()
        self._there.set()
        self._tried.set()
        self.watchers.wake()

    def _lost(self) -> None:
        if self.there or not self._tried.is_set():
            _log.warning("The Redis of the class rooms is out of reach; rooms say so until it is back.")
        self._there.clear()
        self._tried.set()
        self.watchers.wake()


def out_of_reach() -> Refused:
    """Return what is said while Redis is gone."""
    return Refused(
        "The class rooms cannot be reached just now: pages go on, and the room comes back by itself when they can.", 503
    )
