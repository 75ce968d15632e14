"""What a room tells those who listen: a line for every change, the newest only, never more than ten a second."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Mapping
from contextlib import aclosing, contextmanager, suppress
from typing import Any

from starlette.responses import StreamingResponse
from starlette.types import Send

from .keeper import Keeper
from .refused import Refused
from .told import Snapshot

PACE = 0.1
HEARTBEAT = 15.0
PATIENCE = 60.0
"""Seconds that a listener may leave unread what it was sent, before it is given up."""
MOST_LISTENERS = 6
"""How many windows of one person are told."""


class Ears:
    """Who listens, so that nobody opens lines without end: of one person's the newest few are told."""

    def __init__(self) -> None:
        self._of: defaultdict[str, list[asyncio.Event]] = defaultdict(list)

    @contextmanager
    def listening(self, who: str) -> Iterator[asyncio.Event]:
        """Know of one line more; gives what is set when it has to end, because the same person opened too many."""
        end = asyncio.Event()
        self._of[who].append(end)
        for old in self._of[who][:-MOST_LISTENERS]:
            old.set()
        try:
            yield end
        finally:
            self._of[who].remove(end)
            if not self._of[who]:
                del self._of[who]

    @property
    def count(self) -> int:
        """Return how many lines are open."""
        return sum(map(len, self._of.values()))

    def end_all(self) -> None:
        """End all lines: the server stops, and waits for them."""
        for ends in self._of.values():
            for end in ends:
                end.set()


class Changes:
    """Wakes one listener, from whatever thread a change is made on."""

    def __init__(self, keeper: Keeper, code: str, end: asyncio.Event) -> None:
        self._loop, self._changed, self._end = asyncio.get_running_loop(), asyncio.Event(), end
        self.leave = keeper.watch(code, self._wake)

    def _wake(self) -> None:
        with suppress(RuntimeError):  # the loop was closed meanwhile
            self._loop.call_soon_threadsafe(self._changed.set)

    async def wait(self, seconds: float) -> str:
        """Wait for a change; returns "changed", "quiet" if there was none for so long, or "end"."""
        waiting = [asyncio.ensure_future(one.wait()) for one in (self._changed, self._end)]
        try:
            await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waiting:
                one.cancel()
        return "end" if self._end.is_set() else "changed" if self._changed.is_set() else "quiet"

    def seen(self) -> None:
        """Know of all changes until now."""
        self._changed.clear()


async def lines(
    changes: Changes, tell: Callable[[], Awaitable[Snapshot]], beat: Callable[[], Awaitable[None]]
) -> AsyncGenerator[str, None]:
    """Yield snapshots as lines: one at once, then whenever what is told changes, until the room ends.

    `beat` is called before each heartbeat. A listener that does not read is not told meanwhile: nothing piles up, and
    the next line is the newest.
    """
    last: Snapshot = {}
    while True:
        changes.seen()
        told = await tell()
        seen = {**told, "version": 0}
        if seen != last:
            yield as_line(told)
            last = seen
            if told["ended"]:
                return
            await asyncio.sleep(PACE)
        heard = await changes.wait(HEARTBEAT)
        if heard == "end":
            return
        if heard == "quiet":
            with suppress(Refused):
                await beat()
            yield "\n"


def as_line(told: Mapping[str, Any]) -> str:
    """Return a snapshot as one line of JSON, of plain letters only."""
    return json.dumps(told, separators=(",", ":"), allow_nan=False) + "\n"


class Lines(StreamingResponse):
    """A response of lines, each sent as it comes; a client that does not read is given up."""

    def __init__(self, content: AsyncGenerator[str, None], headers: dict[str, str]) -> None:
        super().__init__(content, media_type="application/x-ndjson", headers=headers)
        self._lines = content

    async def stream_response(self, send: Send) -> None:
        """Send all lines, and close what makes them in any case."""
        async with aclosing(self._lines):
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            with suppress(TimeoutError):
                async for line in self._lines:
                    message = {"type": "http.response.body", "body": line.encode(), "more_body": True}
                    await asyncio.wait_for(send(message), PATIENCE)
                await asyncio.wait_for(send({"type": "http.response.body", "body": b"", "more_body": False}), PATIENCE)
