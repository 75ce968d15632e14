"""Frames packed for the browser: uint16 numbers, each within 1/65534 of the range of its array, far below a pixel.

pack(frames) -> Film;  film.row(name, position), film.word(name, position)
"""

from __future__ import annotations

import json
import struct
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.figures.frames import Frames
from bayes_core.figures.packing import Codes, as_text, joined, named, opened, planes, sealed, shortest, undone

_WORTH = 0.7  # of a film's size, above which what differs from it is no smaller thing
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
    def places(self) -> tuple[int, ...] | None:
        """Return the positions whose numbers it holds, where not all: the others are those of an earlier film."""
        return _read(self.packed).places

    @property
    def trusted(self) -> tuple[int, int] | None:
        """Return the positions that existing draws may answer for, where not all."""
        return _read(self.packed).trusted

    def row(self, name: str, position: int) -> FloatArray | None:
        """Return the numbers (n,) of a name at a position, None if it has no such name."""
        rows = self.numbers.get(name)
        if rows is None:
            return None
        at = min(position, len(rows) - 1)
        if _read(self.packed).entries[name].get("some"):
            if self.places is None or position not in self.places:
                return None
            at = self.places.index(position)
        row: FloatArray = rows[at]
        return row

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

    def since(self, old: Film) -> Film:
        """Return a film of what differs from an old one: numbers at the positions where any does, and words.

        It is shown over the old one. Numbers differ by more than the rounding of both. What has other names, or
        would hardly be smaller, is returned whole.

        >>> values, y = np.arange(30.0), np.random.default_rng(1).normal(size=(30, 20))
        >>> first = pack(Frames("w", values, {"y": y}, {"a": ("one",)}))
        >>> other = pack(Frames("w", values, {"y": y + 5 * (values[:, None] == 2)}, {"a": ("one",)}))
        >>> since = other.since(first)
        >>> since.places, since.words, len(since.packed) < len(other.packed) / 2
        ((2,), {}, True)
        """
        here, there = _read(self.packed), _read(old.packed)
        if here.entries.keys() != there.entries.keys() or here.words.keys() != there.words.keys():
            return self
        changed = {name: here.differs(there, name) for name in here.entries}
        moving = [rows for name, rows in changed.items() if here.entries[name]["rows"] > 1]
        places = np.flatnonzero(np.any(moving, axis=0)) if moving else np.empty(0, np.intp)
        words = {name: texts for name, texts in here.words.items() if texts != there.words[name]}
        if here.trusted != there.trusted and "alt" in here.words:
            words["alt"] = here.words["alt"]  # who has it says what may be trusted
        kept = {name: here.coded(name, places) for name, rows in changed.items() if rows.any()}
        some = [name for name in kept if here.entries[name]["rows"] > 1]
        less = Film(self.handle, _sealed(self.handle, kept, words, here.trusted, places.tolist(), some))
        return less if len(less.packed) < _WORTH * len(self.packed) else self


def pack(frames: Frames) -> Film:
    """Quantise frames to uint16, name by name; NaN becomes a gap, and what does not move is sent once."""
    coded = {}
    for name, rows in frames.numbers.items():
        still = np.array_equal(rows[0], rows[-1], equal_nan=True)  # mostly not: then all need not be compared
        still = still and np.array_equal(rows, np.broadcast_to(rows[:1], rows.shape), equal_nan=True)
        coded[name] = _quantised(rows[:1] if still else rows)
    return Film(frames.handle, _sealed(frames.handle, coded, frames.words, frames.trusted))


Coded = tuple[Codes, float, float]
"""Codes (V, n), the value of code 0 and how much one code is worth."""


def _sealed(
    handle: str,
    coded: Mapping[str, Coded],
    words: Mapping[str, tuple[str, ...]],
    trusted: tuple[int, int] | None,
    places: list[int] | None = None,
    some: Collection[str] = (),
) -> bytes:
    """Return content sealed; of the names in `some` only the rows at `places` are there."""
    entries: dict[str, dict[str, Any]] = {}
    parts: list[Codes] = [np.empty(0, np.uint16)]
    start = 0
    for name, (codes, low, step) in coded.items():
        order, differences = shortest(codes)
        shape = {"start": start, "rows": len(codes), "size": codes.shape[1]}
        entries[name] = shape | {"low": low, "step": step, "order": order} | ({"some": True} if name in some else {})
        parts.append(differences.ravel())
        start += codes.size
    head = {"handle": handle, "numbers": entries, "words": words, "trusted": trusted}
    text = as_text(head if places is None else head | {"places": places})
    return sealed(struct.pack("<I", len(text)) + text + planes(np.concatenate(parts)))


def _quantised(rows: FloatArray) -> Coded:
    """Return rows coded: whole numbers are sent as they are."""
    known = np.isfinite(rows)
    finite = rows if known.all() else rows[known]
    low = float(finite.min()) if finite.size else 0.0
    span = float(finite.max()) - low if finite.size else 0.0
    whole = span < GAP and bool((finite == np.rint(finite)).all())
    step = float(span > 0) if whole else span / (GAP - 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        codes = np.rint((rows - low) / (step or 1.0))
    if finite is not rows:
        codes[~known] = GAP
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
        self.places = None if head.get("places") is None else tuple(head["places"])
        self._differences = joined(data[4 + size :])

    def codes(self, name: str) -> Codes:
        """Return the codes (V, n) of a name."""
        entry = self.entries[name]
        shape, start = (entry["rows"], entry["size"]), entry["start"]
        return undone(self._differences[start : start + shape[0] * shape[1]].reshape(shape), entry["order"])

    def coded(self, name: str, places: NDArray[np.intp]) -> Coded:
        """Return the codes of a name, at some places if it moves, with what they mean."""
        codes, entry = self.codes(name), self.entries[name]
        return codes[places] if len(codes) > 1 else codes, float(entry["low"]), float(entry["step"])

    def differs(self, other: _Reading, name: str) -> NDArray[np.bool_]:
        """Return at which positions (V,) numbers are others, by more than the rounding of both; (1,) where still."""
        one, two = self.numbers[name], other.numbers[name]
        if one.shape[1] != two.shape[1]:
            return np.ones(len(one), bool)
        near = 0.51 * (self.entries[name]["step"] + other.entries[name]["step"])
        with np.errstate(invalid="ignore"):
            apart = (np.abs(one - two) > near) | (np.isnan(one) != np.isnan(two))
        found: NDArray[np.bool_] = apart.any(1)
        return found

    @cached_property
    def numbers(self) -> dict[str, FloatArray]:
        """Return the numbers by name, read-only."""
        read = {}
        for name, entry in self.entries.items():
            codes = self.codes(name)
            values: FloatArray = np.where(codes == GAP, np.nan, entry["low"] + codes * entry["step"])
            values.flags.writeable = False
            read[name] = values
        return read


@lru_cache(maxsize=16)
def _read(packed: bytes) -> _Reading:
    return _Reading(packed)
