"""One server for the faults of this folder, without a browser; what is done to it must leave it well."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator

import pytest
from client import Reader
from driver import Server
from loops import apart


@pytest.fixture(scope="module")
def house() -> Iterator[Server]:
    running = Server()
    try:
        apart(works(running.url))
        yield running
        apart(works(running.url))  # whatever was done to it, it still serves
    finally:
        running.stop()


async def works(url: str, path: str = "/theorem?reveal=1") -> None:
    """A reader comes, lets go of a handle, and has picture and all that follows."""
    async with Reader(url, path) as reader:
        await reader.rest()
        await reader.release()
        await reader.rest()
        assert reader.errors == []


async def until(there: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait for a state; fail where it does not come."""
    end = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < end, "it did not come about"
        await asyncio.sleep(0.05)
