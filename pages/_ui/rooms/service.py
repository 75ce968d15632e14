"""What can be asked of the rooms of this server, by HTTP and by a page's session alike: one `rooms()` for all."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Callable
from functools import cache

from .credentials import digest, is_code, new_code, new_secret
from .keeper import Keeper, Memory, no_room
from .limits import Limit
from .refused import Refused
from .room import TEACHER, Room, Said
from .told import Snapshot, snapshot

SHARED = "BAYES_ROOMS"


class Rooms:
    """The rooms that a keeper keeps, and how often anybody may do what."""

    def __init__(self, keeper: Keeper, clock: Callable[[], float] = time.monotonic) -> None:
        self.keeper = keeper
        self.wrong = Limit(30, 60, clock)  # codes and credentials that are none, by address
        self.opened = Limit(20, 600, clock)  # rooms, by address
        self.says = Limit(20, 1, clock)  # by credential

    def open(self, address: str) -> tuple[str, str]:
        """Open a room; return its code and the secret that controls it, which nobody can be told again."""
        if not self.opened.take(address):
            raise Refused("20 rooms were opened from here within ten minutes: use one of them, or wait.", 429)
        secret = new_secret()
        while True:
            room = Room(new_code(), digest(secret), secrets.token_hex(16))
            try:
                self.keeper.open(room)
            except KeyError:
                continue
            return room.code, secret

    def join(self, code: str, credential: str, address: str) -> str:
        """Take a seat, or the same seat again with its token; return the token."""
        room, who = self._room(code, credential, address)
        if who and who != TEACHER and not room.ended:
            return credential
        if who == TEACHER:
            raise Refused("This browser holds the teacher's secret of the room: it needs no seat.", 409)
        if credential:
            self.wrong.take(address)
            raise Refused("This token has no seat in the room: join again without it.", 401)
        token = new_secret()
        self.keeper.change(code, lambda room: room.joined(digest(token)))
        return token

    def say(self, code: str, credential: str, said: Said, address: str) -> Snapshot:
        """Do something in a room; return it as whoever did it may see it now."""
        _, who = self.known(code, credential, address)
        if not self.says.take(digest(credential)):
            raise Refused("More than 20 things a second were said from here: wait a second.", 429)
        do = said.get("do")
        if not isinstance(do, str):
            raise Refused("Nothing is to be done: say what, as {“do”: …}.")
        room = self.keeper.change(code, lambda room: room.after(do, who, said))
        if who == TEACHER:
            self.keeper.touch(code)
        return snapshot(room, who)

    def listener(self, code: str, credential: str, address: str) -> str:
        """Return who listens from now on."""
        _, who = self.known(code, credential, address)
        if not self.says.take(digest(credential)):
            raise Refused("More than 20 lines a second were opened from here: wait a second.", 429)
        return who

    def known(self, code: str, credential: str, address: str) -> tuple[Room, str]:
        """Return a room and who this is in it; raises Refused for anybody else."""
        room, who = self._room(code, credential, address)
        if not who:
            self.wrong.take(address)
            words = "is not of this room" if credential else "is missing"
            raise Refused(f"The credential {words}: join the room by its code.", 401)
        return room, who

    def see(self, code: str, credential: str) -> Snapshot | None:
        """Return a room as its teacher or a member may see it; None where there is none, or this is neither.

        While rooms cannot be reached it is what was last heard of it, and says so in `trouble`.
        """
        trouble = ""
        try:
            room = self.keeper.get(code) if is_code(code) else None
        except Refused as refused:
            trouble = str(refused)
            room = None if refused.status == 404 else self.keeper.last(code)
        who = room.who(digest(credential)) if room else ""
        return snapshot(room, who, trouble) if room and who else None

    def frozen(self, code: str, credential: str) -> bool:
        """Return whether a member's handles are frozen now; the teacher's never are, nor is a room out of reach."""
        try:
            room = self.keeper.get(code) if is_code(code) else None
        except Refused:
            return False
        return room is not None and room.frozen and room.who(digest(credential)) not in ("", TEACHER)

    def _room(self, code: str, credential: str, address: str) -> tuple[Room, str]:
        """Return a room and who this is in it, or ""; whoever tried too many codes hears no more which are right."""
        room: Room | None = None
        if is_code(code):
            try:
                room = self.keeper.get(code)
            except Refused as refused:
                if refused.status != 404:
                    raise
        who = room.who(digest(credential)) if room and credential else ""
        if not who and self.wrong.spent(address):
            raise Refused("30 wrong codes came from here within a minute: wait a minute, then check the letters.", 429)
        if room is None:
            self.wrong.take(address)
            raise no_room(code)
        return room, who


@cache
def rooms() -> Rooms:
    """Return the rooms of this server: in its memory, or in the Redis that BAYES_ROOMS names."""
    return Rooms(keeper(os.environ.get(SHARED, "")))


def keeper(address: str) -> Keeper:
    """Return the keeper at an address, such as redis://host:6379/0; in memory without one.

    Raises ValueError where it can be none. The address is not quoted: a password may be in it.
    """
    if not address:
        return Memory()
    try:
        from .shared import Redis  # noqa: PLC0415 (only who shares rooms has it installed)

        return Redis(address)
    except ImportError as error:
        raise ValueError(
            f"{SHARED} names a Redis, and its client is missing: install bayes-dashboard[scale]"
        ) from error
    except ValueError:
        raise ValueError(f"{SHARED} names no Redis: write redis://host:6379/0, or rediss:// with TLS") from None
