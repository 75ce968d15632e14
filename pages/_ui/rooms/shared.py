"""Rooms that several servers share: the keeper in Redis.

    bayes:1:room:<code>     the room as JSON after its version; expires by itself
    bayes:1:rooms           the codes of rooms that have not ended
    bayes:1:changed:<code>  a channel: every change tells the whole room, so that nobody has to ask for it

A room is changed under WATCH: whoever was overtaken begins again with what is there now. What a server has heard of a
room counts for as long as it listens, and is asked for once more after FRESH seconds, for a key expires in silence.
"""

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
from redis.backoff import NoBackoff
from redis.retry import Retry

from .keeper import AFTERWARDS, LIFE, MOST_ROOMS, Wake, Watchers, full, no_room
from .refused import Refused
from .room import Room
from .written import as_json, from_json

FRESH = 10.0
SILENT = 6.0
"""Seconds after which a line that says nothing, not even that it is there, is lost."""
MOST_TURNS = 200
MOST_HEARD = 4 * MOST_ROOMS
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Heard:
    """What was last heard of a room, read only if somebody wants to know; "" if there is none."""

    text: str
    until: float

    @property
    def version(self) -> int:
        return int(self.text.partition(" ")[0] or 0)

    @cached_property
    def room(self) -> Room | None:
        return from_json(self.text.partition(" ")[2]) if self.text else None


class Redis:
    """Rooms in a Redis that several processes share."""

    far = True

    def __init__(
        self, address: str, clock: Callable[[], float] = time.monotonic, prefix: str = "bayes:1:", pause: float = 1.0
    ) -> None:
        self._redis: Any = redis.Redis.from_url(  # whose own types name bytes where texts are decoded
            address, decode_responses=True, socket_connect_timeout=2, socket_timeout=2, retry=Retry(NoBackoff(), 1)
        )
        self._clock, self._prefix, self._pause = clock, prefix, pause
        self._lock, self._turn = threading.Lock(), threading.Lock()
        self._heard: dict[str, _Heard] = {}
        self.watchers = Watchers()
        self._there, self._tried, self._closed = threading.Event(), threading.Event(), threading.Event()
        self._listener: threading.Thread | None = None
        self._since = 0

    # -------------------------------------------------------------------------------------------------- the protocol
    def open(self, room: Room) -> None:
        rooms, text = f"{self._prefix}rooms", f"{room.version} {as_json(room)}"
        with self._reached():
            for _ in range(MOST_TURNS):
                with self._redis.pipeline() as pipe:
                    pipe.watch(rooms, self._key(room.code))
                    codes = sorted(pipe.smembers(rooms))
                    there = pipe.mget([self._key(code) for code in (*codes, room.code)])
                    gone = [code for code, text in zip(codes, there, strict=False) if text is None]
                    if len(codes) - len(gone) >= MOST_ROOMS:
                        raise full()
                    if there[-1] is not None:
                        raise KeyError(room.code)
                    pipe.multi()
                    if gone:
                        pipe.srem(rooms, *gone)
                    pipe.sadd(rooms, room.code)
                    pipe.set(self._key(room.code), text, px=int(LIFE * 1000))
                    try:
                        pipe.execute()
                    except redis.WatchError:
                        continue
                    self._hear(room.code, text, self._since)
                    return
        raise _crowded()

    def get(self, code: str) -> Room:
        room = self.at_hand(code)
        if room is not None:
            return room
        with self._reached(), self._turn:
            heard = self._heard.get(code)
            if heard is None or heard.until <= self._clock():  # nobody else has asked meanwhile
                since = self._since
                heard = self._hear(code, self._redis.get(self._key(code)) or "", since)
        if heard.room is None:
            raise no_room(code)
        return heard.room

    def at_hand(self, code: str) -> Room | None:
        heard = self._heard.get(code)
        return heard.room if heard and self._there.is_set() and heard.until > self._clock() else None

    def change(self, code: str, step: Callable[[Room], Room]) -> Room:
        with self._reached(), self._turn:
            for _ in range(MOST_TURNS):
                after = self._stepped(code, step)
                if after is not None:
                    return after
        raise _crowded()

    def touch(self, code: str) -> None:
        room = self.get(code)
        with self._reached():
            if not room.ended:
                self._redis.pexpire(self._key(code), int(LIFE * 1000))

    def watch(self, code: str, wake: Wake) -> Wake:
        return self.watchers.add(code, wake)

    def close(self) -> None:
        """Stop listening, and let go of all connections."""
        self._closed.set()
        if self._listener:
            self._listener.join()
        self._redis.close()

    # ------------------------------------------------------------------------------------------------------- changing
    def _stepped(self, code: str, step: Callable[[Room], Room]) -> Room | None:
        """Return the room after a step; None if somebody else was faster."""
        key = self._key(code)
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
                pipe.srem(f"{self._prefix}rooms", code)
            else:
                pipe.set(key, text, keepttl=True)
            pipe.publish(f"{self._prefix}changed:{code}", text)
            try:
                pipe.execute()
            except redis.WatchError:
                return None
        self._hear(code, text, self._since)
        self.watchers.wake(code)
        return after

    def _key(self, code: str) -> str:
        return f"{self._prefix}room:{code}"

    # ------------------------------------------------------------------------------------------------------ listening
    def _hear(self, code: str, text: str, since: int) -> _Heard:
        """Return what is known of a room after this was heard of it, unless something newer was."""
        heard = _Heard(text, self._clock() + (FRESH if text else 1.0))
        with self._lock:
            if since != self._since:  # the line was lost meanwhile, and this may be of before
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
    def _reached(self) -> Iterator[None]:
        """Ask Redis inside; raises Refused (503), at once while it is known to be gone."""
        self._begin()
        if not self._there.is_set():
            raise out_of_reach()
        try:
            yield
        except redis.RedisError:
            self._lost()
            raise out_of_reach() from None

    def _begin(self) -> None:
        """Begin to listen, once; nobody goes on before that was tried."""
        with self._lock:
            if not self._listener:
                self._listener = threading.Thread(target=self._listen, name="rooms", daemon=True)
                self._listener.start()
        self._tried.wait(3)

    def _listen(self) -> None:
        while not self._closed.is_set():
            try:
                with self._redis.pubsub() as channel:
                    channel.psubscribe(f"{self._prefix}changed:*")
                    self._follow(channel)
            except (redis.RedisError, OSError):
                self._lost()
            self._closed.wait(self._pause)

    def _follow(self, channel: Any) -> None:
        """Hear of changes until the line is lost; a line that is silent is asked whether it is there."""
        found, heard, asked = False, self._clock(), self._clock()
        while not self._closed.is_set():
            message = channel.get_message(timeout=self._pause / 2)
            now = self._clock()
            if now - heard > SILENT or (found and not self._there.is_set()):  # or somebody else has seen it lost
                raise redis.ConnectionError("no answer")
            if now - asked > SILENT / 3:
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
                self._hear(code, message["data"], self._since)
                self.watchers.wake(code)

    def _found(self) -> None:
        """Know that changes are heard from now on: what was known before may have changed unheard."""
        with self._lock:
            self._since += 1
            self._heard.clear()
        self._there.set()
        self._tried.set()
        self.watchers.wake()

    def _lost(self) -> None:
        if self._there.is_set() or not self._tried.is_set():
            _log.warning("The Redis of the class rooms is out of reach; rooms say so until it is back.")
        self._there.clear()
        self._tried.set()
        self.watchers.wake()


def out_of_reach() -> Refused:
    """Return what is said while Redis is gone."""
    return Refused(
        "The class rooms cannot be reached just now: pages go on, and the room comes back by itself when they can.", 503
    )


def _crowded() -> Refused:
    return Refused("Too many changes came at once: say it again.", 503)
