"""The theme that Streamlit tells with every run, told from memory: a server's theme does not change while it runs.

Streamlit reads some two hundred options of its configuration for the first message of every run, on the one thread that
serves all browsers. Where its function is not the one that is meant here, it goes on doing so.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from streamlit import config
from streamlit.runtime import app_session

_NAME, _TAKES = "_populate_theme_msg", ("msg", "section")


def remembered(fill: Callable[..., None]) -> Callable[..., None]:
    """Return what fills a message with a section of the theme, as `fill` did the first time.

    It asks anew once Streamlit has read its configuration anew.
    """
    known: dict[str, Any] = {}
    read: list[Any] = [None]

    def filled(msg: Any, section: str = "theme") -> None:
        options = config.get_config_options()
        if options is not read[0]:
            read[0] = options
            known.clear()
        if section not in known:
            fresh = type(msg)()
            fill(fresh, section)
            known[section] = fresh
        if known[section].ByteSize():  # a section without options is not told at all
            msg.MergeFrom(known[section])

    return filled


def remember() -> None:
    """Let Streamlit tell its theme from memory, once in a process."""
    fill: Any = getattr(app_session, _NAME, None)
    if not inspect.isfunction(fill) or fill.__module__ != app_session.__name__:
        return
    if tuple(inspect.signature(fill).parameters) == _TAKES:
        setattr(app_session, _NAME, remembered(fill))
