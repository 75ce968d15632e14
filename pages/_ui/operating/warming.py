"""The first visitor after a start is our own, so that no reader pays for what a process does but once.

A lesson's first picture imports, packs and computes for one to three seconds, every later one for a twentieth of it.
The visitor opens pages as a browser does, in sessions of its own, and the proxy sends readers once /ready says 200.

A reader who comes sooner goes first: the visitor leaves its page at once and opens it anew when nobody else is at work.
So the two never import the same beside each other, which has been seen to hang.
"""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import SessionClient, get_instance
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

_LONGEST = 20.0  # seconds on a page: what a network works out beside what one sees is nothing to wait for
_PATIENCE = 60.0  # seconds for the readers that the visitor lets go first
_MOST = 600.0  # seconds for a page that readers end again and again
_TRIES = 30  # visits of one page that readers may end
_WAIT = 5.0  # seconds that a reader waits for the visitor to leave


class Visitor(SessionClient):
    """Whom Streamlit takes for a browser: it looks at nothing, and knows when a page is done."""

    def __init__(self) -> None:
        """Start without having seen anything."""
        self.done = asyncio.Event()

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        """Take a message of the page, on the server's own thread."""
        if msg.WhichOneof("type") == "script_finished":
            self.done.set()


class Warming:
    """Which pages are still to be visited, and whose turn it is meanwhile."""

    def __init__(self) -> None:
        """Start warm: only a server that visits its own pages says otherwise."""
        self.missing: tuple[str, ...] = ()
        self._turn = threading.Condition()
        self._readers = 0
        self._at_work = False
        self._whole = False
        self._session = ""
        self._leave: Callable[[], None] = lambda: None

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Run a page in its turn; `app.py` does so with every page of everybody."""
        if not self.missing:
            yield
            return
        here = get_script_run_ctx()
        with self._visitors_turn() if here and here.session_id == self._session else self._readers_turn():
            yield

    @contextmanager
    def _readers_turn(self) -> Iterator[None]:
        with self._turn:
            self._readers += 1
            if self._at_work:
                self._leave()
            self._turn.wait_for(lambda: not self._at_work, _WAIT)
        try:
            yield
        finally:
            with self._turn:
                self._readers -= 1
                self._turn.notify_all()

    @contextmanager
    def _visitors_turn(self) -> Iterator[None]:
        with self._turn:
            self._turn.wait_for(lambda: not self._readers, _PATIENCE)
            self._at_work = True
        try:
            yield
            self._whole = True
        except Exception:  # the page failed, and will fail its readers; what ends a visit early is no Exception
            self._whole = True
            raise
        finally:
            with self._turn:
                self._at_work = False
                self._turn.notify_all()

    async def visit(self, pages: Sequence[str]) -> None:
        """Open all pages, one after the other; what goes wrong is logged and keeps nobody from reading."""
        try:
            for number, page in enumerate(pages):
                self.missing = tuple(pages[number:])
                await asyncio.wait_for(self._open(page), _MOST)
        except Exception:
            logging.getLogger(__name__).exception("warm-up ended early; missing: %s", self.missing)
        finally:
            self.missing = ()

    async def _open(self, page: str) -> None:
        """Open a page until it was seen whole."""
        self._whole = False
        for _ in range(_TRIES):
            await self._look(page)
            if self._whole:
                return

    async def _look(self, page: str) -> None:
        runtime, loop, visitor = get_instance(), asyncio.get_running_loop(), Visitor()
        session = self._session = runtime.connect_session(visitor, {})
        asked, stop = BackMsg(), BackMsg(stop_script=True)
        asked.rerun_script.page_name = page
        self._leave = lambda: void(loop.call_soon_threadsafe(runtime.handle_backmsg, session, stop))
        try:
            runtime.handle_backmsg(session, asked)
            await asyncio.wait_for(visitor.done.wait(), _LONGEST + (_PATIENCE if self._readers else 0.0))
        except TimeoutError:
            self._whole = True
        finally:
            runtime.close_session(session)


def void(_: object) -> None:
    """Do nothing with it."""


_warming = Warming()
turn = _warming.turn


def missing() -> tuple[str, ...]:
    """Return the pages that are not warm yet, by their addresses."""
    return _warming.missing


def first_visit(usual: Sequence[str], every: Sequence[str]) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """Return what a server does beside serving: it visits its usual pages, all with BAYES_WARM=all, none with 0."""
    pages = {"0": (), "all": tuple(every)}.get(os.environ.get("BAYES_WARM", ""), tuple(usual))
    # Until a first run says otherwise, Streamlit takes the folder `pages` for its own kind of pages, and greets a deep
    # link with "Page not found". Nobody need be first.
    PagesManager.uses_pages_directory = False

    @asynccontextmanager
    async def lifespan(_: Any) -> AsyncIterator[None]:
        _warming.missing = pages
        visit = asyncio.create_task(_warming.visit(pages))
        yield
        visit.cancel()

    return lifespan
