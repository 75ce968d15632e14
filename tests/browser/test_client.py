"""The reader without a browser hears what a browser hears: without this, measured bytes and times would mean little."""

from __future__ import annotations

from client import Reader
from loops import apart


async def _bytes(url: str, path: str, handle: str, position: int) -> tuple[int, int, str]:
    async with Reader(url, path) as reader:
        await reader.rest()
        opened = reader.heard
        await reader.release(handle, position)
        await reader.rest()
        assert reader.errors == []
        return opened, reader.heard - opened, reader.query


def test_it_hears_as_many_bytes_as_a_browser(visit, server):
    first = visit("/theorem?reveal=1&prevalence=0.02")  # what it asks is at hand for both of the others
    first.settle()
    first.release("sensitivity", 3)
    page = visit("/theorem?reveal=1&prevalence=0.02")
    page.settle()
    opened = page.heard
    page.release("sensitivity", 3)
    moved, at = page.heard - opened, page.live("live.positions.sensitivity")
    mine = apart(_bytes(server.url, "/theorem?reveal=1&prevalence=0.02", "sensitivity", at))
    assert abs(mine[0] - opened) < 0.02 * opened, (mine, opened)
    assert abs(mine[1] - moved) < 0.02 * moved, (mine, moved)
    assert f"?{mine[2]}" == page.js("location.search")
