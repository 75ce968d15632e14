"""What a browser still has when it hears of it: only that is named to it, all else is sent.

Streamlit names a message by its hash if the tab said, with its last wish, that it has it. But a tab forgets what no run
used for a while, and does so as it hears of a run's end: that may be on its way just when the tab says what it has. Its
frontend then waits for ever for what it was told to have. What the last whole run used it has not forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pages._ui.staging import recalled, remember

from .again import hash_of, overheard, run_here

_KEY = "had"


class Had:
    """The hashes of messages that a session's tab has heard of since its last whole run began."""

    def __init__(self) -> None:
        """Begin with none."""
        self.names: set[str] = set()


@contextmanager
def only_what_is_had() -> Iterator[None]:
    """Name to the browser, within a run, only what it cannot have forgotten meanwhile."""
    context = run_here()
    if context is None:
        yield
        return
    had: Had = recalled(_KEY) or Had()
    remember(_KEY, had)
    had.names &= context.cached_message_hashes
    context.cached_message_hashes = frozenset(had.names)
    used: set[str] = set()  # of a run that is ended early, too: the tab does not count it
    with overheard(context, lambda message: used.add(hash_of(message))):
        try:
            yield
            had.names = used
        finally:
            had.names |= used


__all__ = ["only_what_is_had"]
