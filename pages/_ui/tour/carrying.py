"""How a tour travels: in a link (`?steps=1.eJy…`: JSON, deflated, base64url) or in a file of plain JSON.

Both are read by the same checks, for anybody can make either: no more is unpacked than a tour may hold.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Collection
from typing import Any

from .nouns import MOST, NOTE, QUERY, TITLE, Step, Tour

VERSION = 1
LONGEST_LINK = 7_000
"""Signs of a tour in a link: proxies refuse a longer address (nginx beyond 8 kB), so that the tour goes into a file."""
LARGEST = 2_000_000
"""Bytes of a file, and of what a link unpacks to: more than any tour has, each sign written as an escape of six."""
_ADDRESS = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
_AGAIN = "copy the whole link once more, or ask for the file"


def to_link(tour: Tour) -> str:
    """Return what stands behind `?steps=`.

    >>> from_link(to_link(Tour("One", (Step("theorem", "scene=fog", "Look!"),))), ["theorem"]).steps[0].note
    'Look!'
    """
    rows = [[step.page, step.query, step.note, step.title] for step in tour.steps]
    text = json.dumps([tour.title, rows], ensure_ascii=False, separators=(",", ":"))
    packed = base64.urlsafe_b64encode(zlib.compress(text.encode(), level=9))
    return f"{VERSION}.{packed.decode().rstrip('=')}"


def from_link(text: str, pages: Collection[str]) -> Tour:
    """Return the tour of a link. Raises ValueError that names the value, the rule and the remedy."""
    version, found, packed = text.partition(".")
    if not found or not packed or not version.isdecimal():
        raise ValueError(f"“{text[:40]}” is no tour: one begins with {VERSION}. and a sign more; {_AGAIN}")
    if version != str(VERSION):
        raise ValueError(f"this tour is of version {version[:10]}, and this server reads {VERSION}: ask for a new link")
    return _read(lambda: _tour(*_pair(_parsed(_unpacked(packed)))), "the link").on(pages)


def to_file(tour: Tour) -> str:
    """Return a tour as a file that people can read and change."""
    steps = [{"page": one.page, "query": one.query, "title": one.title, "note": one.note} for one in tour.steps]
    return json.dumps({"tour": VERSION, "title": tour.title, "steps": steps}, ensure_ascii=False, indent=2) + "\n"


def from_file(text: str | bytes, pages: Collection[str]) -> Tour:
    """Return the tour of a file. Raises ValueError that names the value, the rule and the remedy."""
    if len(text) > LARGEST:
        raise ValueError(f"a file of {len(text):,} signs is larger than any tour ({LARGEST:,}): open another")
    try:
        said = text.decode("utf-8-sig") if isinstance(text, bytes) else text.removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise ValueError("the file is no text in UTF-8: save it so, or open another") from error
    return _read(lambda: _whole(_parsed(said)), "the file").on(pages)


def _read(make: Any, what: str) -> Tour:
    try:
        made: Tour = make()
    except (TypeError, KeyError) as error:
        raise ValueError(f"{what} holds no tour: it is a title and steps of page, query, note; {_AGAIN}") from error
    return made


def _unpacked(packed: str) -> str:
    if len(packed) > LONGEST_LINK:
        raise ValueError(f"a link of {len(packed):,} signs is longer than {LONGEST_LINK:,}: ask for the file instead")
    strange = next((sign for sign in packed if sign not in _ADDRESS), "")
    if strange:
        raise ValueError(f"“{strange}” is no sign of a tour’s link, which has letters, digits, - and _: {_AGAIN}")
    opening = zlib.decompressobj()
    try:
        raw = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
        text = opening.decompress(raw, LARGEST)
        if opening.unconsumed_tail:
            raise ValueError(f"the link unpacks to more than the {LARGEST:,} bytes of any tour: it is none")
        if not opening.eof or opening.unused_data:
            raise ValueError(f"the link is not whole (some chats cut long ones): {_AGAIN}")
        return text.decode()
    except (zlib.error, base64.binascii.Error, UnicodeDecodeError) as error:  # type: ignore[attr-defined]
        raise ValueError(f"the link is not as it was made (“…{packed[-12:]}” at its end): {_AGAIN}") from error


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"“{text[:40]}” is not the JSON of a tour: open the file as it was saved") from error


def _pair(told: Any) -> tuple[str, Any]:
    title, rows = told if isinstance(told, list) and len(told) == 2 else (None, None)
    if not isinstance(title, str) or not isinstance(rows, list):
        raise TypeError
    return title, [dict(zip(("page", "query", "note", "title"), row, strict=False)) for row in rows]


def _whole(told: Any) -> Tour:
    if told["tour"] != VERSION:
        raise ValueError(f"this tour is of version {told['tour']!r:.10}, and this server reads {VERSION}: save it anew")
    return _tour(told["title"], told["steps"])


def _tour(title: str, rows: Any) -> Tour:
    if not isinstance(rows, list):
        raise TypeError
    if len(rows) > MOST:
        raise ValueError(f"{len(rows)} steps are more than the {MOST} of a tour: make two of it")
    steps = []
    for number, row in enumerate(rows, start=1):
        try:
            said = {name: row.get(name, "") for name in ("query", "note", "title")}
            steps.append(Step(row["page"], **said))
        except (TypeError, KeyError, AttributeError) as error:
            raise ValueError(f"step {number} names no page: give it one, or take it out") from error
        except ValueError as error:
            raise ValueError(f"step {number}: {error}") from error
    return Tour(title, tuple(steps))


__all__ = ["LARGEST", "LONGEST_LINK", "NOTE", "QUERY", "TITLE", "from_file", "from_link", "to_file", "to_link"]
