"""What a room tells: one snapshot, as the teacher or a member may see it.

    {"version": 7, "role": "teacher" | "member", "members": 23, "at": {"page", "query", "number"} | null,
     "frozen": false,
     "question": {"kind", "text", ..., "number": 2, "answer": only after the reveal, or to the teacher} | null,
     "guesses": [...], "scores": [...] beside them, "guessed": how many, "mine": value | null, "score": {...} | null,
     "revealed": false, "pooled": {"a", "b", "mean", "sd", "worth", "of"} | null, "ended": false, "trouble": ""}

Guesses are the teacher's at any time (to count and to see arrive), a member's own once revealed; they carry no names,
in an order of the question's own. `trouble` says in words what is wrong when the room cannot be reached.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .room import TEACHER, Room

Snapshot = Mapping[str, Any]


def snapshot(room: Room, who: str, trouble: str = "") -> Snapshot:
    """Return the room as TEACHER or a member may see it."""
    teacher = who == TEACHER
    seen = teacher or room.revealed
    order = room.in_order if seen else ()
    asked, mine = room.question, room.guesses.get(who)
    scored = asked is not None and room.revealed
    return {
        "version": room.version,
        "role": TEACHER if teacher else "member",
        "members": len(room.members),
        "at": {"page": room.at.page, "query": dict(room.at.query), "number": room.at.number} if room.at else None,
        "frozen": room.frozen,
        "question": _question(room, seen),
        "guesses": [room.guesses[one] for one in order],
        "scores": list(room.scores) if scored else [],
        "guessed": len(room.guesses) if seen else int(mine is not None),
        "mine": mine,
        "score": asked.score(mine) if asked and scored and mine is not None else None,
        "revealed": room.revealed,
        "pooled": dict(room.pooled) if room.pooled and seen else None,
        "ended": room.ended,
        "trouble": trouble,
    }


def _question(room: Room, seen: bool) -> dict[str, Any] | None:
    if room.question is None:
        return None
    told = {**room.question.told, "number": room.asked}
    return told if seen else {**told, "answer": None}


def no_snapshot(words: str, ended: bool) -> Snapshot:
    """Return what is told where there is no room to tell of: it is no more, or it cannot be reached."""
    return {**_NOTHING, "ended": ended, "trouble": words}


_NOTHING = {**snapshot(Room("", "", ""), ""), "version": 0, "role": ""}
