"""One server for all browser tests; killed with everything it started. Their one Chromium is in tests/conftest.py."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from driver import Server, Visit


@pytest.fixture(scope="session")
def server(chromium) -> Iterator[Server]:
    running = Server()
    yield running
    running.stop()


@pytest.fixture
def fresh_server(chromium) -> Iterator[Server]:
    running = Server()
    yield running
    running.stop()


@pytest.fixture
def open_page() -> type[Visit]:
    return Visit


@pytest.fixture
def visit(chromium, server):
    """Open pages of the shared server; at the end every one must have been without trouble."""
    opened: list[Visit] = []

    def go(path: str, **settings) -> Visit:
        opened.append(Visit(chromium, server.url, path, **settings))
        return opened[-1]

    yield go
    for one in opened:
        trouble = one.trouble
        one.close()
        assert not trouble, trouble
