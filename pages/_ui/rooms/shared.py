"""Rooms that several servers share: the keeper in Redis.

    bayes:1:room:<code>     the room as JSON after its version; expires by itself
    bayes:1:rooms           the codes of rooms that have not ended
    bayes:1:changed:<code>  a channel: every change tells the whole room, so that nobody has to ask for it

A room is changed under WATCH: whoever was overtaken begins again with what is there now.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from .hearing import Hearing
from .keeper import AFTERWARDS, LIFE, MOST_ROOMS, UNUSED, Wake, full, no_room
from .refused import Refused
from .room import Room
from .written import as_json, from_json

MOST_TURNS = 200


class Redis:
    """Rooms in a Redis that several processes share.

    `pause` seconds pass between two attempts to find it again; one that is silent for `patience` seconds is lost.
    """

    far = True

    def __init__(
        self,
        address: str,
        prefix: str = "bayes:1:",
        pause: float = 1.0,
        patience: float = 2.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._redis: Any = redis.Redis.from_url(  # whose own types name bytes where texts are decoded
            address,
            decode_responses=True,
            socket_connect_timeout=patience,
            socket_timeout=patience,
            retry=Retry(NoBackoff(), 1),
        )
        self._prefix, self._index, self._turn = prefix, f"{prefix}rooms", threading.Lock()
        self.hearing = Hearing(self._redis, f"{prefix}changed:*", pause, patience, clock)
        self.watchers = self.hearing.watchers

    def open(self, room: Room) -> None:
        with self.hearing.reached(), self._turn:
            for _ in range(MOST_TURNS):
                if self._opened(room):
                    return
        raise _crowded()

    def get(self, code: str) -> Room:
        with self.hearing.reached():
            heard = self.hearing.of(code)
            if heard is None:
                with self._turn:
                    heard = self.hearing.of(code)  # somebody else may have asked meanwhile
                    if heard is None:
                        era = self.hearing.era
                        heard = self.hearing.hear(code, self._redis.get(self.key(code)) or "", era)
        if heard.room is None:
            raise no_room(code)
        return heard.room

    def at_hand(self, code: str) -> Room | None:
        heard = self.hearing.of(code)
        return heard.room if heard else None

    def last(self, code: str) -> Room | None:
        return self.hearing.last(code)

    def change(self, code: str, step: Callable[[Room], Room]) -> Room:
        with self.hearing.reached(), self._turn:
            for _ in range(MOST_TURNS):
                after = self._stepped(code, step)
                if after is not None:
                    return after
        raise _crowded()

    def touch(self, code: str) -> None:
        room = self.get(code)
        with self.hearing.reached():
            if not room.ended:
                self._redis.pexpire(self.key(code), int(LIFE * 1000))

    def watch(self, code: str, wake: Wake) -> Wake:
        return self.watchers.add(code, wake)

    def close(self) -> None:
        """Stop listening, and let go of all connections."""
        self.hearing.close()
        self._redis.close()

    def key(self, code: str) -> str:
        """Return the key of a room."""
        return f"{self._prefix}room:{code}"

    def _opened(self, room: Room) -> bool:
        """Keep a new room; returns False if somebody else was faster."""
        era, text = self.hearing.era, f"{room.version} {as_json(room)}"
        with self._redis.pipeline() as pipe:
            pipe.watch(self._index, self.key(room.code))
            codes = sorted(pipe.smembers(self._index))
            *there, taken = pipe.mget([self.key(code) for code in (*codes, room.code)])
            gone = [code for code, one in zip(codes, there, strict=True) if one is None]
            if len(codes) - len(gone) >= MOST_ROOMS:
                gone.append(self._unused(pipe, codes, there))
            if taken is not None:
                raise KeyError(room.code)
            pipe.multi()
            for code in gone:
                pipe.srem(self._index, code)
                pipe.delete(self.key(code))
            pipe.sadd(self._index, room.code)
            pipe.set(self.key(room.code), text, px=int(LIFE * 1000))
            try:
                pipe.execute()
            except redis.WatchError:
                return False
        self.hearing.hear(room.code, text, era)
        return True

    def _unused(self, pipe: Any, codes: list[str], there: list[str | None]) -> str:
        """Return the code of a room that nobody uses; raises Refused if there is none."""
        left = {code: pipe.pttl(self.key(code)) for code, one in zip(codes, there, strict=True) if one and _empty(one)}
        oldest = min(left, key=left.__getitem__, default="")
        if not oldest or left[oldest] > (LIFE - UNUSED) * 1000:
            raise full()
        return oldest

    def _stepped(self, code: str, step: Callable[[Room], Room]) -> Room | None:
        """Return the room after a step; None if somebody else was faster."""
        key, era = self.key(code), self.hearing.era
        with self._redis.pipeline() as pipe:
            pipe.watch(key)
            text = pipe.get(key)
            if text is None:
                raise no_room(code)
            before = from_json(text.partition(" ")[2])
            after = step(before)
            if after is before:
                return after
            text = f"{after.version} {as_json(after)}"
            pipe.multi()
            if after.ended:
                pipe.set(key, text, px=int(AFTERWARDS * 1000))
                pipe.srem(self._index, code)
            else:
                pipe.set(key, text, keepttl=True)
            pipe.publish(f"{self._prefix}changed:{code}", text)
            try:
                pipe.execute()
            except redis.WatchError:
                return None
        self.hearing.hear(code, text, era)
        self.watchers.wake(code)
        return after


def _empty(text: str) -> bool:
    return not from_json(text.partition(" ")[2]).members


def _crowded() -> Refused:
    return Refused("Too many changes came at once: say it again.", 503)
