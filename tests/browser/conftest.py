"""One server for all browser tests; killed with everything it started. Their one Chromium is in tests/conftest.py."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from driver import Server, Tabs, Visit


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


@pytest.fixture(scope="session")
def tabs(chromium) -> Tabs:
    return Tabs(chromium)


@pytest.fixture
def visit(chromium, server, tabs):
    """Open pages of the shared server; at the end every one must have been without trouble.

    The tabs are used again; `fresh` opens one of its own, for a test that changes what every page of it runs.
    """
    opened: list[Visit] = []

    def go(path: str, fresh: bool = False, **settings) -> Visit:
        opened.append(Visit(chromium, server.url, path, tabs=None if fresh else tabs, **settings))
        return opened[-1]

    yield go
    for one in opened:
        trouble = one.trouble
        one.close()
        assert not trouble, trouble
