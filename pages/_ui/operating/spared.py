"""What Streamlit works out in every run though it is always the same: here it does so once.

- The theme, some two hundred options, in the first message of a run, on the one thread that serves all browsers.
- What a component's state looks like to a page: for every look a class of its own, which is garbage at once, and some
  native controls look at the whole state. Only a component that has just triggered something needs it.

Where Streamlit's functions are not those that are meant here, it goes on as it does.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import ModuleType
from typing import Any

from streamlit import config
from streamlit.components.v2 import presentation
from streamlit.components.v2.bidi_component import main
from streamlit.runtime import app_session

Present = Callable[[Any, Any], Any]


def spare() -> None:
    """Let Streamlit do less, once in a process."""
    _put(app_session, "_populate_theme_msg", app_session, ("msg", "section"), remembered)
    takes = ("aggregator_id", "component_id", "allowed_state_keys")
    _put(main, "make_bidi_component_presenter", presentation, takes, unless_triggered)


def _put(used: ModuleType, name: str, home: ModuleType, takes: tuple[str, ...], better: Callable[[Any], Any]) -> None:
    """Put what is made of a function of Streamlit's in its place, if it is that function."""
    found: Any = getattr(used, name, None)
    if not inspect.isfunction(found) or found.__module__ != home.__name__:
        return
    if tuple(inspect.signature(found).parameters) == takes:
        setattr(used, name, better(found))


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


def unless_triggered(make: Callable[..., Present]) -> Callable[..., Present]:
    """Return what makes presenters of components, which show the state as it is while nothing was triggered."""

    def made(aggregator_id: str, component_id: str | None = None, allowed_state_keys: Any = None) -> Present:
        present = make(aggregator_id, component_id, allowed_state_keys)

        def shown(value: Any, state: Any) -> Any:
            told = getattr(state, "_new_widget_state", None)
            return value if told is not None and not told.get(aggregator_id) else present(value, state)

        return shown

    return made


__all__ = ["spare"]
