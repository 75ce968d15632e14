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
UNUSED = 600.0
"""Seconds after which a room that nobody has joined and no teacher looks at makes way, if there are too many."""
AFTERWARDS = 600.0
"""Seconds that a room which was ended still says so."""
Wake = Callable[[], None]


class Keeper(Protocol):
    """Keeps rooms by their codes, and tells when one changed."""

    @property
    def far(self) -> bool:
        """Return whether rooms are kept elsewhere, so that asking belongs on a thread and can fail (503)."""
        ...

    @property
    def watchers(self) -> Watchers:
        """Return who watches at this server."""
        ...

    def open(self, room: Room) -> None:
        """Keep a new room. Raises Refused where there are too many, and KeyError where its code is taken."""
        ...

    def get(self, code: str) -> Room:
        """Return a room as it is now; raises Refused (404) where there is none."""
        ...

    def at_hand(self, code: str) -> Room | None:
        """Return a room as it is now, if that is known here without asking elsewhere."""
        ...

    def last(self, code: str) -> Room | None:
        """Return a room as it was when it was last heard of, whether that still counts or not."""
        ...

    def change(self, code: str, step: Callable[[Room], Room]) -> Room:
        """Change a room at once, whoever else does; what `step` raises changes nothing, and it may be called twice."""
        ...

    def touch(self, code: str) -> None:
        """Hear that the teacher is there, so that the room lives on."""
        ...

    def watch(self, code: str, wake: Wake) -> Wake:
        """Call `wake` after every change, on any thread; what is returned ends that."""
        ...


def no_room(code: str) -> Refused:
    """Return what is said of a code that no room has."""
    return Refused(f"No room is open under {shown(code)}: check the six letters, or ask the teacher.", 404)


def full() -> Refused:
    """Return what is said where no room more is opened."""
    return Refused(f"{MOST_ROOMS} rooms are open, the most that this server holds: end one, or try later.", 429)


class Watchers:
    """Who wants to hear of changes, by room."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._of: defaultdict[str, list[Wake]] = defaultdict(list)

    def add(self, code: str, wake: Wake) -> Wake:
        """Add one who hears of changes; what is returned takes it away again."""
        with self._lock:
            self._of[code].append(wake)

        def leave() -> None:
            with self._lock:
                if wake in self._of[code]:
                    self._of[code].remove(wake)
                if not self._of[code]:
                    del self._of[code]

        return leave

    def wake(self, code: str = "") -> None:
        """Wake all who watch a room, or all."""
        with self._lock:
            codes = [code] if code else list(self._of)
            woken = [wake for one in codes for wake in self._of.get(one, ())]
        for wake in woken:
            wake()

    @property
    def count(self) -> int:
        """Return how many watch."""
        with self._lock:
            return sum(map(len, self._of.values()))

    @property
    def rooms(self) -> int:
        """Return how many rooms are watched."""
        with self._lock:
            return len(self._of)


@dataclass
class _Kept:
    room: Room
    until: float


class Memory:
    """Rooms in this process: bounded, and gone with it."""

    far = False

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._rooms: dict[str, _Kept] = {}
        self.watchers = Watchers()

    def open(self, room: Room) -> None:
        with self._lock:
            now = self._clock()
            self._rooms = {code: kept for code, kept in self._rooms.items() if kept.until > now}
            ended = [code for code, kept in self._rooms.items() if kept.room.ended]
            if len(self._rooms) - len(ended) >= MOST_ROOMS:
                del self._rooms[self._unused(now)]
            for code in ended[MOST_ROOMS:]:
                del self._rooms[code]
            if room.code in self._rooms:
                raise KeyError(room.code)
            self._rooms[room.code] = _Kept(room, now + LIFE)

    def _unused(self, now: float) -> str:
        """Return the code of a room that nobody uses; raises Refused if there is none."""
        empty = [code for code, kept in self._rooms.items() if not (kept.room.members or kept.room.ended)]
        oldest = min(empty, key=lambda code: self._rooms[code].until, default="")
        if not oldest or self._rooms[oldest].until > now + LIFE - UNUSED:
            raise full()
        return oldest

    def get(self, code: str) -> Room:
        with self._lock:
            return self._living(code).room

    def at_hand(self, code: str) -> Room | None:
        return self.get(code)

    def last(self, code: str) -> Room | None:
        with self._lock:
            kept = self._rooms.get(code)
            return kept.room if kept else None

    def change(self, code: str, step: Callable[[Room], Room]) -> Room:
        with self._lock:
            kept = self._living(code)
            kept.room = step(kept.room)
            if kept.room.ended:
                kept.until = self._clock() + AFTERWARDS
            room = kept.room
        self.watchers.wake(code)
        return room

    def touch(self, code: str) -> None:
        with self._lock:
            kept = self._rooms.get(code)
            if kept and not kept.room.ended:
                kept.until = self._clock() + LIFE

    def watch(self, code: str, wake: Wake) -> Wake:
        return self.watchers.add(code, wake)

    def _living(self, code: str) -> _Kept:
        kept = self._rooms.get(code)
        if kept is None or kept.until <= self._clock():
            self._rooms.pop(code, None)
            raise no_room(code)
        return kept
