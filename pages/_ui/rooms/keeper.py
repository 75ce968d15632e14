"""Where rooms are kept: the protocol, and the keeper in this process's memory."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from .refused import Refused, shown
from .room import Room

MOST_ROOMS = 50
LIFE = 3 * 3600.0
"""Seconds that a room lives without its teacher."""
AFTERWARDS = 600.0
"""Seconds that a room which was ended still says so."""
Wake = Callable[[], None]


class Keeper(Protocol):
    """Keeps rooms by their codes, and tells when one changed."""

    @property
    def slow(self) -> bool:
        """Return whether asking it can take longer than a moment, so that it belongs on a thread."""
        ...

    def open(self, room: Room) -> None:
        """Keep a new room. Raises Refused where there are too many, and KeyError where its code is taken."""
        ...

    def get(self, code: str) -> Room:
        """Return a room; raises Refused (404) where there is none."""
        ...

    def change(self, code: str, step: Callable[[Room], Room]) -> Room:
        """Change a room at once, whoever else does; what `step` raises changes nothing."""
        ...

    def touch(self, code: str) -> None:
        """Hear that the teacher is there, so that the room lives on."""
        ...

    def watch(self, code: str, wake: Wake) -> Callable[[], None]:
        """Call `wake` after every change, on any thread; what is returned ends that."""
        ...


def no_room(code: str) -> Refused:
    """Return what is said of a code that no room has."""
    return Refused(f"No room is open under {shown(code)}: check the six letters, or ask the teacher.", 404)


def full() -> Refused:
    """Return what is said where no room more is opened."""
    return Refused(f"{MOST_ROOMS} rooms are open, the most that this server holds: end one, or try later.", 429)


@dataclass
class _Kept:
    room: Room
    until: float


class Memory:
    """Rooms in this process: bounded, and gone with it."""

    slow = False

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._rooms: dict[str, _Kept] = {}
        self._watching: defaultdict[str, set[Wake]] = defaultdict(set)

    def open(self, room: Room) -> None:
        with self._lock:
            now = self._clock()
            self._rooms = {code: kept for code, kept in self._rooms.items() if kept.until > now}
            if sum(not kept.room.ended for kept in self._rooms.values()) >= MOST_ROOMS:
                raise full()
            ended = [code for code, kept in self._rooms.items() if kept.room.ended]
            for code in ended[: max(0, len(self._rooms) - 2 * MOST_ROOMS + 1)]:
                del self._rooms[code]
            if room.code in self._rooms:
                raise KeyError(room.code)
            self._rooms[room.code] = _Kept(room, now + LIFE)

    def get(self, code: str) -> Room:
        with self._lock:
            return self._living(code).room

    def change(self, code: str, step: Callable[[Room], Room]) -> Room:
        with self._lock:
            kept = self._living(code)
            kept.room = step(kept.room)
            if kept.room.ended:
                kept.until = self._clock() + AFTERWARDS
            room, woken = kept.room, tuple(self._watching.get(code, ()))
        for wake in woken:
            wake()
        return room

    def touch(self, code: str) -> None:
        with self._lock:
            kept = self._rooms.get(code)
            if kept and not kept.room.ended:
                kept.until = self._clock() + LIFE

    def watch(self, code: str, wake: Wake) -> Callable[[], None]:
        def leave() -> None:
            with self._lock:
                self._watching[code].discard(wake)
                if not self._watching[code]:
                    del self._watching[code]

        with self._lock:
            self._watching[code].add(wake)
        return leave

    def _living(self, code: str) -> _Kept:
        kept = self._rooms.get(code)
        if kept is None or kept.until <= self._clock():
            self._rooms.pop(code, None)
            raise no_room(code)
        return kept
