"""What a room tells those who listen: a line for every change, the newest only, never more than ten a second."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any

from .keeper import Keeper
from .refused import Refused
from .told import Snapshot, gone

PACE = 0.1
HEARTBEAT = 15.0


async def lines(
    keeper: Keeper, code: str, tell: Callable[[], Awaitable[Snapshot]], beat: Callable[[], Awaitable[Any]]
) -> AsyncIterator[str]:
    """Yield snapshots as lines: one at once, then whenever what is told changes, until the room ends.

    `beat` is called before each heartbeat. A change wakes the loop from whatever thread it is made on. A listener that
    does not read is not told meanwhile: nothing piles up, and the next line is the newest.
    """
    loop, changed = asyncio.get_running_loop(), asyncio.Event()

    def wake() -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(changed.set)

    leave, last = keeper.watch(code, wake), ""
    try:
        while True:
            changed.clear()
            told = await _told(tell)
            seen = as_line({**told, "version": 0})
            if seen != last:
                yield as_line(told)
                last = seen
                if told["ended"]:
                    return
                await asyncio.sleep(PACE)
            try:
                await asyncio.wait_for(changed.wait(), HEARTBEAT)
            except TimeoutError:
                await beat()
                yield "\n"
    finally:
        leave()


async def _told(tell: Callable[[], Awaitable[Snapshot]]) -> Snapshot:
    try:
        return await tell()
    except Refused as refused:
        return gone(str(refused))


def as_line(told: Mapping[str, Any]) -> str:
    """Return a snapshot as one line of JSON, of plain letters only."""
    return json.dumps(told, separators=(",", ":"), allow_nan=False) + "\n"
