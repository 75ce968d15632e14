"""Where Streamlit meets the scheduler: a session's run, the moment its picture is sent, and its pauses."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequests

from .scheduler import SCHEDULER, Run
from .waiting import Kind

LET_GO = 0.05  # seconds in which the server's own thread sends the picture before anybody else takes the interpreter
T = TypeVar("T")


def heard() -> None:
    """End this run here if the reader has moved on: whoever looks at the address is told so, without a message."""
    _ = len(st.query_params)  # a look into the state costs three times as much


def breathe() -> None:
    """Between two steps of anything: end this run if the reader has moved on, and let others go first.

    A picture that is waited for is not interrupted by others, what follows it is.
    """
    run = SCHEDULER.here
    if run is None:
        heard()
    else:
        run.pause()


def at_work(kind: Kind = Kind.PICTURE) -> AbstractContextManager[Run]:
    """Return the scope of work on this thread, for the session that it belongs to."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        return SCHEDULER.run(threading.current_thread().name, lambda: None, kind)
    tell_of(context.script_requests, context.session_id)
    return SCHEDULER.run(context.session_id, heard, kind)


def tell_of(requests: ScriptRequests | None, session: str) -> None:
    """Let the scheduler hear when this session asks for another run, or is closed: else each run had to look."""
    if requests is None or "request_rerun" in vars(requests):
        return

    def and_tell(ask: Callable[..., Any]) -> Callable[..., Any]:
        def asked(*given: Any) -> Any:
            answer = ask(*given)
            SCHEDULER.moved_on(session)
            return answer

        return asked

    for name in ("request_rerun", "request_stop"):
        setattr(requests, name, and_tell(getattr(requests, name)))


def turn(elsewhere: bool) -> AbstractContextManager[object]:
    """Return the scope of one step of work: a turn, or none where it is computed somewhere else."""
    if not elsewhere:
        return at_work(Kind.FOLLOW)
    return SCHEDULER.here.aside() if SCHEDULER.here else nullcontext()


def shown() -> None:
    """Say that the picture is sent: what this run does from here on follows it."""
    run = SCHEDULER.here
    if run is None:
        time.sleep(LET_GO)
        return
    run.rest()
    run.linger(LET_GO)
    run.becomes(Kind.FOLLOW)


def in_spare_time(items: Iterable[T], at_least: int = 0) -> Iterator[T]:
    """Yield items to work on that nobody has asked for, while the server has time to spare, after the first few."""
    run, began = SCHEDULER.here, time.monotonic()
    kind = run.kind if run else None
    for n, item in enumerate(items):
        if n >= at_least:
            left = began + SCHEDULER.spare_seconds() - time.monotonic()
            if left <= 0 or (run and not run.becomes(Kind.SPARE, left)):
                break
        yield item
    if run and kind is not None:
        run.becomes(kind)
