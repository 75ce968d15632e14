"""What is the same again is not made again: Streamlit makes, checks and hashes every element in every run.

    with place:
        again(place, name, lambda: component(data=...))        one element, of which a browser may be told the hash
        unchanged(place, name, lambda: ...)                    all that is in the place

Both are for what never changes under its name and hears nothing of the browser. It says itself with every run what it
has; what is small it does not keep, and is sent as it was. Where Streamlit's insides are not these, all is made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from streamlit.delta_generator import DeltaGenerator
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

_MOST, _MOST_BLOCKS = 2_000, 500
_elements: dict[Hashable, ForwardMsg] = {}
"""Messages by the names of what they send, for all sessions: small ones, and the hashes of those that browsers keep."""
_blocks: dict[Hashable, tuple[ForwardMsg, ...]] = {}
"""The messages of what is in a place, by its name, with their paths from there."""


def again(place: DeltaGenerator, name: Hashable, send: Callable[[], object]) -> None:
    """Send one element that has a name into a place, or tell the browser that it has it."""
    context, cursor = _run_at(place)
    if context is None:
        send()
        return
    kept = _elements.get(name)
    if kept is None or (kept.ref_hash and kept.ref_hash not in context.cached_message_hashes):
        for message in _sent(context, send):
            known = hash_of(message)
            _elements[name] = ForwardMsg(ref_hash=known) if known else _copied(message, [])
        _forget(_elements, _MOST)
        return
    message = _copied(kept, cursor.delta_path)
    cursor.lock_element()
    context.enqueue(message)


def unchanged(place: DeltaGenerator, name: Hashable, send: Callable[[], object]) -> None:
    """Send all that is in a place and has a name."""
    context, cursor = _run_at(place)
    if context is None or cursor.delta_path[-1] != 0:
        send()
        return
    above = list(cursor.delta_path[:-1])
    if name not in _blocks:
        heard = _sent(context, send)
        messages = [_copied(message, message.metadata.delta_path[len(above) :]) for message in heard]
        if all(message.WhichOneof("type") == "delta" for message in messages):  # the browser may have had one of them
            _blocks[name] = tuple(messages)
            _forget(_blocks, _MOST_BLOCKS)
        return
    for kept in _blocks[name]:
        message = _copied(kept, [*above, *kept.metadata.delta_path])
        if len(kept.metadata.delta_path) == 1:
            cursor.lock_element()
        context.enqueue(message)


def _run_at(place: DeltaGenerator) -> tuple[Any, Any]:
    """Return the run and where in a place it is; None where either cannot be seen."""
    context, cursor = run_here(), getattr(place, "_cursor", None)
    return (context, cursor) if context is not None and cursor is not None else (None, None)


def _sent(context: Any, send: Callable[[], object]) -> list[ForwardMsg]:
    """Send as ever, and return the messages."""
    messages: list[ForwardMsg] = []
    with overheard(context, messages.append):
        send()
    return messages


@contextmanager
def overheard(context: Any, hear: Callable[[ForwardMsg], object]) -> Iterator[None]:
    """Let a run send as ever, and hear every message."""
    enqueue = context._enqueue

    def both(message: ForwardMsg) -> None:
        hear(message)
        enqueue(message)

    context._enqueue = both
    try:
        yield
    finally:
        context._enqueue = enqueue


def hash_of(message: ForwardMsg) -> str:
    """Return the name by which a browser keeps what a message sends or names; "" where it keeps nothing."""
    return str(message.ref_hash or (message.hash if message.metadata.cacheable else ""))


def run_here() -> Any:
    """Return the context of this run where it can be overheard, else None."""
    context: Any = get_script_run_ctx(suppress_warning=True)
    return context if callable(getattr(context, "_enqueue", None)) else None


def _copied(message: ForwardMsg, path: Sequence[int]) -> ForwardMsg:
    made = ForwardMsg()
    made.CopyFrom(message)  # what was sent may yet be written to
    made.metadata.delta_path[:] = path
    return made


def _forget(kept: dict[Hashable, Any], most: int) -> None:
    while len(kept) > most:
        kept.pop(next(iter(kept)), None)


__all__ = ["again", "hash_of", "overheard", "run_here", "unchanged"]
