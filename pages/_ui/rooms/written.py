"""A room as JSON, as it is kept outside of this process; digests of credentials are all that it holds of them."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from typing import Any

from .questions import question
from .room import At, Room


def as_json(room: Room) -> str:
    """Return a room as a text that `from_json` reads."""
    told: dict[str, Any] = {one.name: getattr(room, one.name) for one in fields(room)}
    told["at"] = asdict(room.at) if room.at else None
    told["question"] = room.question.told if room.question else None
    return json.dumps(told, separators=(",", ":"), allow_nan=False)


def from_json(text: str) -> Room:
    """Return the room that a text holds."""
    told = json.loads(text)
    told["members"] = tuple(told["members"])
    told["at"] = At(**told["at"]) if told["at"] else None
    told["question"] = question(told["question"]) if told["question"] else None
    guesses = told["guesses"].items()
    told["guesses"] = {who: tuple(value) if isinstance(value, list) else value for who, value in guesses}
    return Room(**told)
