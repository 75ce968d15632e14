"""What is the same again is not made again: Streamlit makes, checks and hashes every element in every run.

    with place:
        again(place, name, lambda: component(data=...))       large: a browser that has it is told its name alone
        unchanged(place, name, lambda: ...)                    small: what was sent the first time is sent once more

Both are for what never changes under its name and hears nothing of the browser; `unchanged` is all that is in its
place. What a browser has it says itself with every run. Where Streamlit's insides are not these, all is made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from streamlit.delta_generator import DeltaGenerator
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

_MOST, _MOST_BLOCKS = 5_000, 500
_hashes: dict[Hashable, str] = {}
"""The hashes of messages by the names of what they send, for all sessions; the oldest go first."""
_blocks: dict[Hashable, tuple[ForwardMsg, ...]] = {}
"""The messages of what is in a place, by its name, with their paths from there."""


def again(place: DeltaGenerator, name: Hashable, send: Callable[[], object]) -> None:
    """Send one element that has a name into a place, or tell the browser that it has it."""
    context, cursor = _run_at(place)
    if context is None:
        send()
        return
    known = _hashes.get(name, "")
    if known not in context.cached_message_hashes:
        for message in _heard(context, send):
            _hashes[name] = message.ref_hash or message.hash
        _forget(_hashes, _MOST)
        return
    message = ForwardMsg(ref_hash=known)
    message.metadata.delta_path[:] = cursor.delta_path
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
        messages = [_from(len(above), message) for message in _heard(context, send)]
        if all(message.WhichOneof("type") == "delta" for message in messages):  # the browser may have had one of them
            _blocks[name] = tuple(messages)
            _forget(_blocks, _MOST_BLOCKS)
        return
    for kept in _blocks[name]:
        message = ForwardMsg()
        message.CopyFrom(kept)
        message.metadata.delta_path[:] = [*above, *kept.metadata.delta_path]
        if len(kept.metadata.delta_path) == 1:
            cursor.lock_element()
        context.enqueue(message)


def _run_at(place: DeltaGenerator) -> tuple[Any, Any]:
    """Return the run and where in a place it is; None where either cannot be seen."""
    context: Any = get_script_run_ctx(suppress_warning=True)
    cursor = getattr(place, "_cursor", None)
    return (context, cursor) if cursor is not None and callable(getattr(context, "_enqueue", None)) else (None, None)


def _heard(context: Any, send: Callable[[], object]) -> list[ForwardMsg]:
    """Send as ever, and return the messages."""
    enqueue, messages = context._enqueue, []

    def noted(message: ForwardMsg) -> None:
        messages.append(message)
        enqueue(message)

    context._enqueue = noted
    try:
        send()
    finally:
        context._enqueue = enqueue
    return messages


def _from(depth: int, message: ForwardMsg) -> ForwardMsg:
    kept = ForwardMsg()
    kept.CopyFrom(message)  # what was sent may yet be written to
    kept.metadata.delta_path[:] = message.metadata.delta_path[depth:]
    return kept


def _forget(kept: dict[Hashable, Any], most: int) -> None:
    while len(kept) > most:
        kept.pop(next(iter(kept)), None)


__all__ = ["again", "unchanged"]
