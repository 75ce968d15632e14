"""What a browser has is named to it by its hash, without being made: Streamlit makes and hashes it in every run.

    with place:
        again(place, name, lambda: component(data=...))

For elements that never change under their name and hear nothing of the browser. Which messages a browser has it says
itself with every run; what it has not is sent as ever, and so is everything where Streamlit's insides are not these.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from streamlit.delta_generator import DeltaGenerator
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

_MOST = 5_000
_hashes: dict[Hashable, str] = {}
"""The hashes of messages by the names of what they send, for all sessions; the oldest go first."""


def again(place: DeltaGenerator, name: Hashable, send: Callable[[], object]) -> None:
    """Send what has a name into a container, or tell the browser that it has it."""
    context: Any = get_script_run_ctx(suppress_warning=True)
    cursor = getattr(place, "_cursor", None)
    if cursor is None or not callable(getattr(context, "_enqueue", None)):
        send()
        return
    known = _hashes.get(name, "")
    if known not in context.cached_message_hashes:
        _noting(context, name, send)
        return
    message = ForwardMsg(ref_hash=known)
    message.metadata.delta_path[:] = cursor.delta_path
    cursor.lock_element()
    context.enqueue(message)


def _noting(context: Any, name: Hashable, send: Callable[[], object]) -> None:
    """Send it as ever, and keep the hash that its message has."""
    enqueue = context._enqueue

    def noted(message: ForwardMsg) -> None:
        _hashes[name] = message.ref_hash or message.hash
        enqueue(message)

    context._enqueue = noted
    try:
        send()
    finally:
        context._enqueue = enqueue
    while len(_hashes) > _MOST:
        _hashes.pop(next(iter(_hashes)), None)


__all__ = ["again"]
