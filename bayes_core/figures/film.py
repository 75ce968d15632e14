"""Frames packed for the browser: uint16 numbers, each within 1/65534 of the range of its array, far below a pixel.

pack(frames) -> Film;  film.row(name, position), film.word(name, position)
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.figures.frames import Frames
from bayes_core.figures.packing import Codes, as_text, joined, named, opened, planes, sealed, shortest, undone

GAP = 65535
"""Stands for "nothing here": a break in a line, or a position nobody may answer for."""


@dataclass(frozen=True)
class Film:
    """What every named trace and readout shows at each position of one handle, packed for the browser.

    Two films with the same `id` show the same.
    """

    handle: str
    packed: bytes

    @property
    def id(self) -> str:
        """Return the name of its content."""
        return named(self.packed)

    @property
    def numbers(self) -> Mapping[str, FloatArray]:
        """Return the numbers (V, n), or (1, n) where they stay the same, by name; a gap is NaN."""
        return _read(self.packed).numbers

    @property
    def words(self) -> Mapping[str, tuple[str, ...]]:
        """Return the texts (V,), or (1,) where they stay the same, by name."""
        return _read(self.packed).words

    @property
    def trusted(self) -> tuple[int, int] | None:
        """Return the positions that existing draws may answer for, where not all."""
        return _read(self.packed).trusted

    def row(self, name: str, position: int) -> FloatArray | None:
        """Return the numbers (n,) of a name at a position, None if it has no such name."""
        rows = self.numbers.get(name)
        return None if rows is None else rows[min(position, len(rows) - 1)]

    def word(self, name: str, position: int) -> str | None:
        """Return the text of a name at a position, None if it has no such name."""
        texts = self.words.get(name)
        return None if texts is None else texts[min(position, len(texts) - 1)]

    def step(self, name: str) -> float:
        """Return how far apart two neighbouring values of a name are: numbers are exact to half of it."""
        return float(_read(self.packed).entries[name]["step"])

    def sent(self, stamp: str, home: Mapping[str, int], part: str) -> dict[str, Any]:
        """Return what a message says of it: the question it belongs to, and where it is valid."""
        return {"id": self.id, "handle": self.handle, "stamp": stamp, "home": dict(home), "part": part}


def pack(frames: Frames) -> Film:
    """Quantise frames to uint16, name by name; NaN becomes a gap, and what does not move is sent once."""
    entries: dict[str, dict[str, Any]] = {}
    parts: list[Codes] = [np.empty(0, np.uint16)]
    start = 0
    for name, rows in frames.numbers.items():
        still = np.array_equal(rows, np.broadcast_to(rows[:1], rows.shape), equal_nan=True)
        codes, low, step = _quantised(rows[:1] if still else rows)
        order, differences = shortest(codes)
        shape = {"start": start, "rows": len(codes), "size": codes.shape[1]}
        entries[name] = shape | {"low": low, "step": step, "order": order}
        parts.append(differences.ravel())
        start += codes.size
    head = as_text(
        {"handle": frames.handle, "numbers": entries, "words": frames.words, "trusted": frames.trusted},
    )
    return Film(frames.handle, sealed(struct.pack("<I", len(head)) + head + planes(np.concatenate(parts))))


def _quantised(rows: FloatArray) -> tuple[Codes, float, float]:
    """Return codes, the value of code 0 and how much one code is worth: whole numbers are sent as they are."""
    finite = rows[np.isfinite(rows)]
    low = float(finite.min()) if finite.size else 0.0
    span = float(finite.max()) - low if finite.size else 0.0
    whole = span < GAP and bool((finite == np.round(finite)).all())
    step = float(span > 0) if whole else span / (GAP - 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        codes = np.where(np.isfinite(rows), np.round((rows - low) / (step or 1.0)), GAP)
    return codes.astype(np.uint16), low, step


class _Reading:
    """A packed film, read."""

    def __init__(self, packed: bytes) -> None:
        data = opened(packed)
        (size,) = struct.unpack_from("<I", data)
        head = json.loads(data[4 : 4 + size])
        self.entries: dict[str, dict[str, Any]] = head["numbers"]
        self.words = {name: tuple(texts) for name, texts in head["words"].items()}
        self.trusted = None if head["trusted"] is None else (int(head["trusted"][0]), int(head["trusted"][1]))
        self._differences = joined(data[4 + size :])

    @cached_property
    def numbers(self) -> dict[str, FloatArray]:
        """Return the numbers by name, read-only."""
        read = {}
        for name, entry in self.entries.items():
            shape, start = (entry["rows"], entry["size"]), entry["start"]
            codes = undone(self._differences[start : start + shape[0] * shape[1]].reshape(shape), entry["order"])
            values: FloatArray = np.where(codes == GAP, np.nan, entry["low"] + codes * entry["step"])
            values.flags.writeable = False
            read[name] = values
        return read


@lru_cache(maxsize=16)
def _read(packed: bytes) -> _Reading:
    return _Reading(packed)
