"""A room as JSON, as it is kept outside of this process; digests of credentials are all that it holds of them."""

from __future__ import annotations

import json
from typing import Any

from .questions import question
from .room import At, Room


def as_json(room: Room) -> str:
    """Return a room as a text that `from_json` reads."""
    told: dict[str, Any] = {
        "code": room.code,
        "secret": room.secret,
        "salt": room.salt,
        "version": room.version,
        "members": room.members,
        "at": [room.at.page, dict(room.at.query)] if room.at else None,
        "frozen": room.frozen,
        "question": room.question.told if room.question else None,
        "asked": room.asked,
        "guesses": dict(room.guesses),
        "revealed": room.revealed,
        "pooled": dict(room.pooled) if room.pooled else None,
        "ended": room.ended,
    }
    return json.dumps(told, separators=(",", ":"), allow_nan=False)


def from_json(text: str) -> Room:
    """Return the room that a text holds."""
    told = json.loads(text)
    asked = question(told["question"]) if told["question"] else None
    guesses = {who: tuple(value) if isinstance(value, list) else value for who, value in told["guesses"].items()}
    return Room(
        **{
            **told,
            "members": tuple(told["members"]),
            "at": At(*told["at"]) if told["at"] else None,
            "question": asked,
            "guesses": guesses,
        }
    )
