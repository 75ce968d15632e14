"""How a link wants a page shown, apart from the page's own settings; it goes along from page to page.

    ?present=1    the presenter view            ?lock=width,scene    controls that stay as they are, or lock=all
    ?ask=1        guess before you see          ?hide=truth          parts of the picture that stay out of sight

Streamlit empties the address when a reader goes to another page: what the last one was shown with is written back.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import streamlit as st

from .rooms import rooms
from .work.scheduler import SCHEDULER

HIDEABLE = ("truth", "answer", "numbers")
NAMES = ("present", "lock", "hide", "ask")
_KEY, _LEFT = "staging", "staging.left"
ROOM = "room"
"""Where a session remembers the class room that it is in: {"code": ..., "credential": ...}, or nothing."""


@dataclass(frozen=True)
class Staging:
    """What a session remembers of it.

    `said` is what the links said, `seen` whether the browser's address has said it since it was written there, `fresh`
    whether this page's own link said it, and nobody has noted yet what it cannot be.
    """

    page: str
    said: Mapping[str, str] = field(default_factory=dict)
    seen: bool = True
    fresh: bool = False

    def at(self, page: str, address: Mapping[str, str]) -> Staging:
        """Return what holds on a page that is opened, or run again, under an address.

        On another page what its address does not say comes along. On the same page the address holds, unless it is
        still on its way: a slow browser runs the page again before it heard what was written.
        """
        if page != self.page:
            said = {**self.said, **address}
            return Staging(page, said, said == address, bool(address))
        if address == self.said:
            return replace(self, seen=True)
        return Staging(page, address, True, True) if self.seen else self


def _now() -> Staging | None:
    """Return what holds now."""
    found: Staging | None = recalled(_KEY)
    return found


def _hold(now: Staging) -> None:
    remember(_KEY, now)


def recalled(name: str) -> Any:
    """Return what the session remembers by a name; a run looks it up but once, for it asks forty times."""
    return _once(name, lambda: st.session_state.get(name))


def _once(name: str, look: Callable[[], Any]) -> Any:
    """Return what a look finds, which a run takes but once under a name."""
    run = SCHEDULER.here
    if run is None:
        return look()
    if name not in run.notes:
        run.notes[name] = look()
    return run.notes[name]


def remember(name: str, value: Any) -> None:
    """Let the session remember a value, None for none."""
    if recalled(name) == value:
        return
    if value is None:
        del st.session_state[name]
    else:
        st.session_state[name] = value
    if SCHEDULER.here:
        SCHEDULER.here.notes[name] = value


def arrive(page: str) -> None:
    """Find out how this page is to be shown, and write it into the address if that does not say it."""
    every = st.query_params.to_dict()
    address = {name: every[name] for name in NAMES if name in every}
    before = _now()
    now = before.at(page, address) if before else Staging(page, address, True, bool(address))
    _hold(replace(now, seen=False) if recalled(_LEFT) else now)
    remember(_LEFT, False)
    if now.said != address:
        st.query_params.update(now.said)


def exactly(page: str, address: Mapping[str, str]) -> None:
    """Let a page that is gone to now be shown as its address says, without what the one before it was shown with."""
    said = {name: text for name, text in address.items() if name in NAMES}
    _hold(Staging(page, said, seen=False, fresh=bool(said)))


def _said(name: str) -> str:
    """Return what holds now: a callback runs before its page arrives, when the address may be behind."""
    now = _now()
    return (now.said if now else st.query_params).get(name, "")


def _words(name: str) -> tuple[str, ...]:
    return _parted(_said(name))


@lru_cache(maxsize=256)
def _parted(said: str) -> tuple[str, ...]:
    return tuple(word for word in said.split(",") if word)


def without_code() -> bool:
    """Return whether the link asks for a page without our JavaScript, `?live=0`."""
    return bool(_once("?live", lambda: st.query_params.get("live") == "0"))


def presenting() -> bool:
    """Return whether the presenter view is asked for, `?present=1`."""
    return _said("present") == "1"


def leave_presenting() -> None:
    """Take `present` out of the link, here and on the pages to come."""
    st.query_params.pop("present", None)
    now = _now()
    if now:
        left = {name: text for name, text in now.said.items() if name != "present"}
        _hold(replace(now, said=left))
        remember(_LEFT, True)  # until the browser's own address says so, an older one is behind


def locked(name: str) -> bool:
    """Return whether a control is locked: `?lock=width,method`, `?lock=all`, or a teacher who has frozen the room.

    A frozen room holds a member's page as `lock=all` does, and the teacher's not at all. What belongs to the room
    itself (its strip, a guess at what the teacher asks) does not ask this.
    """
    return not {name, "all"}.isdisjoint(_words("lock")) or frozen()


def frozen() -> bool:
    """Return whether this session is a member of a class room whose teacher has frozen it."""
    here = recalled(ROOM)
    return here is not None and rooms().frozen(here["code"], here["credential"])


def hidden(part: str) -> bool:
    """Return whether a part of the picture is to stay out of sight, one of HIDEABLE: `?hide=truth,numbers`."""
    return part in HIDEABLE and part in _words("hide")


def hides() -> tuple[str, ...]:
    """Return all parts of the picture that are to stay out of sight."""
    return tuple(part for part in HIDEABLE if hidden(part))


def asked() -> bool:
    """Return whether a scene is to ask before it shows, wherever it can: `?ask=1`."""
    return _said("ask") == "1"


def carried() -> dict[str, str]:
    """Return what a link to another page says, so that it is shown like this one."""
    now = _now()
    return dict(now.said) if now else {}


def new_notes(lockable: Collection[str]) -> list[str]:
    """Return, once, what this page's own link asks for that there is not; it may lock what is `lockable` here."""
    now = _now()
    if not now or not now.fresh:
        return []
    _hold(replace(now, fresh=False))
    return notes(now.said, lockable)


def notes(said: Mapping[str, str], lockable: Collection[str]) -> list[str]:
    """Return what a link's words cannot be.

    >>> notes({"lock": "wdith,scene", "hide": "all", "ask": "1"}, ["width", "scene", "all"])
    ['lock: “wdith” is not one of width, scene, all', 'hide: “all” is not one of truth, answer, numbers']
    """
    known = {"lock": tuple(lockable), "hide": HIDEABLE}
    found = []
    for name in NAMES:
        if name not in said:
            continue
        if name in known:
            wrong = [word for word in said[name].split(",") if word and word not in known[name]]
            found += [f"{name}: “{word[:40]}” is not one of {', '.join(known[name])}" for word in wrong]
        elif said[name] not in ("0", "1"):
            found.append(f"{name}: “{said[name][:40]}” is not 0 or 1")
    return found
