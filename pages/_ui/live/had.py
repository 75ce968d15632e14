"""What a browser still has when it hears of it: only that is named to it, all else is sent.

Streamlit names a message by its hash if the tab said, with its last wish, that it has it. But a tab forgets what no run
used for a while, and does so as it hears of a run's end: that may be on its way just when the tab says what it has. Its
frontend then waits for ever for what it was told to have. What the last whole run used it has not forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages._ui.staging import recalled, remember

_KEY = "had"


class Had:
    """The hashes of messages that a session's tab has heard of since its last whole run began."""

    def __init__(self) -> None:
        """Begin with none."""
        self.names: set[str] = set()


@contextmanager
def only_what_is_had() -> Iterator[None]:
    """Name to the browser, within a run, only what it cannot have forgotten meanwhile."""
    context: Any = get_script_run_ctx(suppress_warning=True)
    enqueue = getattr(context, "_enqueue", None)
    if not callable(enqueue):
        yield
        return
    had: Had = recalled(_KEY) or Had()
    remember(_KEY, had)
    used: set[str] = set()

    def noted(message: Any) -> None:
        name = message.ref_hash or (message.hash if message.metadata.cacheable else "")
        if name:
            used.add(name)
        enqueue(message)

    had.names &= context.cached_message_hashes
    context.cached_message_hashes = frozenset(had.names)
    context._enqueue = noted
    try:
        yield
        had.names = used
    finally:
        context._enqueue = enqueue
        had.names |= used  # of a run that was ended early, too: the tab does not count it


__all__ = ["only_what_is_had"]
