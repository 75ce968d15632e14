"""One server and one Chromium for all browser tests; killed with everything they started."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from driver import FLAGS, Server, Visit, browser_path


@pytest.fixture(scope="session")
def chromium() -> Iterator:
    path = browser_path()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


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
