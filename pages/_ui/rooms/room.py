"""A class room: who is in it, where everybody is sent, what is asked and guessed. A frozen value, and what follows it.

`room.after(do, who, said)` is the room after something was done in it; what cannot be done raises Refused. A room keeps
digests of credentials only, and whose guess a guess is by such a digest.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from .pooling import pooled
from .questions import Guess, Prior, Question, question, words
from .refused import Refused, shown

TEACHER = "teacher"
MOST_MEMBERS = 200
MOST_QUERY, LONGEST_VALUE = 60, 3000
Said = Mapping[str, Any]


@dataclass(frozen=True)
class At:
    """Where everybody is sent: a page's address and the state in its link; `number` counts how often anybody was."""

    page: str
    query: Mapping[str, str]
    number: int = 1


@dataclass(frozen=True)
class Room:
    """All that is known of a room; `version` grows with every change.

    `secret` and `members` are digests, `guesses` those of the question that is open, by member. `asked` counts
    questions. `salt` orders guesses, so that nobody can tell by their places whose they are.
    """

    code: str
    secret: str
    salt: str
    version: int = 1
    members: tuple[str, ...] = ()
    at: At | None = None
    frozen: bool = False
    question: Question | None = None
    asked: int = 0
    guesses: Mapping[str, Guess] = field(default_factory=dict)
    revealed: bool = False
    pooled: Mapping[str, float] | None = None
    ended: bool = False

    def who(self, digest: str) -> str:
        """Return who a credential's digest is here: TEACHER, a member, or "" for nobody."""
        if hmac.compare_digest(digest, self.secret):
            return TEACHER
        return digest if digest in self._seats else ""

    def joined(self, digest: str) -> Room:
        """Return the room with one member more; whoever has a seat keeps it."""
        if self.ended:
            raise Refused(f"The room {self.code} has ended: ask for the code of another.", 410)
        if digest in self._seats:
            return self
        if len(self.members) >= MOST_MEMBERS:
            raise Refused(
                f"The room {self.code} has {MOST_MEMBERS} members, the most that it holds: "
                "look on with somebody, or ask for a second room.",
                409,
            )
        return self._changed(members=(*self.members, digest))

    def after(self, do: str, who: str, said: Said) -> Room:
        """Return the room after TEACHER or a member did something."""
        if self.ended:
            raise Refused(f"The room {self.code} has ended: open another, or ask for its code.", 410)
        own, others = (_TEACHERS, _MEMBERS) if who == TEACHER else (_MEMBERS, _TEACHERS)
        if do in own:
            return own[do](self, who, said)
        if do in others:
            allowed = "the teacher" if who != TEACHER else "a member"
            raise Refused(f"Only {allowed} may {shown(do)} here. You can: {', '.join(own)}.", 403)
        raise Refused(f"{shown(do)} is nothing that is done here: choose one of {', '.join(own)}.")

    @cached_property
    def in_order(self) -> tuple[str, ...]:
        """Return who has guessed, in an order that belongs to the question and tells nothing of who it is."""
        key = f"{self.salt}.{self.asked}.".encode()
        return tuple(sorted(self.guesses, key=lambda one: hashlib.sha256(key + one.encode()).digest()))

    @cached_property
    def scores(self) -> tuple[dict[str, Any] | None, ...]:
        """Return what the guesses are worth, in that order."""
        asked = self.question
        return tuple(asked.score(self.guesses[one]) for one in self.in_order) if asked else ()

    @cached_property
    def _seats(self) -> frozenset[str]:
        return frozenset(self.members)

    def _changed(self, **changes: Any) -> Room:
        return replace(self, version=self.version + 1, **changes)


def _send(room: Room, who: str, said: Said) -> Room:
    page, query = said.get("page"), said.get("query", {})
    if not isinstance(page, str) or not re.fullmatch(r"[A-Za-z0-9_-]{0,60}", page):
        raise Refused(f"The page is {shown(page)}: give the last part of its address, such as updating.")
    if not isinstance(query, Mapping) or len(query) > MOST_QUERY:
        raise Refused(f"The state is {shown(query)}: an object of at most {MOST_QUERY} names and texts is needed.")
    for name in query:
        if not re.fullmatch(r"[A-Za-z0-9_.~-]{1,60}", name):
            raise Refused(f"{shown(name)} is no name in a link: use letters, digits, and the signs . _ ~ -")
    state = {name: words(value, f"the value of {name}", LONGEST_VALUE, 0) for name, value in query.items()}
    return room._changed(at=At(page, state, room.at.number + 1 if room.at else 1))


def _freeze(room: Room, who: str, said: Said) -> Room:
    if not isinstance(said.get("on"), bool):
        raise Refused(f"Freeze is {shown(said.get('on'))}: say true or false.")
    return room._changed(frozen=said["on"])


def _ask(room: Room, who: str, said: Said) -> Room:
    asked = question(said.get("question"))
    return room._changed(question=asked, asked=room.asked + 1, guesses={}, revealed=False, pooled=None)


def _open_question(room: Room, remedy: str) -> Question:
    if room.question is None:
        raise Refused(f"No question is open: {remedy}", 409)
    return room.question


def _guess(room: Room, who: str, said: Said) -> Room:
    asked = _open_question(room, "wait for the teacher to ask one.")
    if room.revealed:
        raise Refused("The answer is on the screen: guesses are closed. Wait for the next question.", 409)
    if said.get("number", room.asked) != room.asked:
        raise Refused(f"Question {shown(said['number'])} is closed: guess at the one on the screen.", 409)
    value = asked.read(said.get("value"))
    return room._changed(guesses={**room.guesses, who: value})


def _reveal(room: Room, who: str, said: Said) -> Room:
    _open_question(room, "ask one first.")
    return room._changed(revealed=True)


def _close(room: Room, who: str, said: Said) -> Room:
    _open_question(room, "there is nothing to close.")
    return room._changed(question=None, guesses={}, revealed=False, pooled=None)


def _pool(room: Room, who: str, said: Said) -> Room:
    asked = _open_question(room, "ask for priors first.")
    if not isinstance(asked, Prior):
        raise Refused(f"The question asks for {asked.kind}: only priors can be pooled. Ask for priors first.", 409)
    if not room.guesses:
        raise Refused("Nobody has given a prior yet: wait for the first.", 409)
    priors = [guess for guess in room.guesses.values() if isinstance(guess, tuple)]
    return room._changed(revealed=True, pooled=pooled(priors))


def _end(room: Room, who: str, said: Said) -> Room:
    return room._changed(
        ended=True, members=room.members, at=None, frozen=False, question=None, guesses={}, revealed=False, pooled=None
    )


def _leave(room: Room, who: str, said: Said) -> Room:
    left = {one: guess for one, guess in room.guesses.items() if one != who}
    return room._changed(members=tuple(one for one in room.members if one != who), guesses=left)


Doing = Callable[[Room, str, Said], Room]
_TEACHERS: Mapping[str, Doing] = {
    "send": _send, "freeze": _freeze, "ask": _ask, "reveal": _reveal, "close": _close, "pool": _pool, "end": _end
}  # fmt: skip
_MEMBERS: Mapping[str, Doing] = {"guess": _guess, "leave": _leave}
