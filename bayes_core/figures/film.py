"""Frames packed for the browser: uint16 numbers, each within 1/65534 of the range of its array, far below a pixel."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bayes_core.figures.frames import Frames

GAP = 65535


@dataclass(frozen=True)
class Film:
    """Frames packed for the browser, made where the handles stand at `home` positions."""

    spec: dict[str, Any]
    codes: bytes

    def named(self, stamp: str, home: Mapping[str, int], part: str) -> tuple[dict[str, Any], bytes]:
        """Return header entry and numbers, addressed to a picture."""
        return self.spec | {"stamp": stamp, "home": dict(home), "part": part}, self.codes


def pack(frames: Frames) -> Film:
    """Quantise frames to uint16, name by name; NaN becomes a gap, and what does not move is sent once."""
    numbers, parts, start = {}, [], 0
    for name, rows in frames.numbers.items():
        array = rows[:1] if np.array_equal(rows, np.broadcast_to(rows[:1], rows.shape), equal_nan=True) else rows
        finite = array[np.isfinite(array)]
        low = float(finite.min()) if finite.size else 0.0
        step = (float(finite.max()) - low) / (GAP - 1) if finite.size else 0.0
        with np.errstate(invalid="ignore", divide="ignore"):
            codes = np.where(np.isfinite(array), np.round((array - low) / (step or 1.0)), GAP)
        parts.append(codes.astype("<u2").tobytes())
        numbers[name] = {"start": start, "rows": len(array), "size": array.shape[1], "low": low, "step": step}
        start += array.size
    spec = {"handle": frames.handle, "numbers": numbers, "words": frames.words, "trusted": frames.trusted}
    return Film(spec, b"".join(parts))


def message(header: dict[str, Any], films: Sequence[tuple[dict[str, Any], bytes]]) -> bytes:
    """Join a header and films into one byte string, numbers aligned to four bytes."""
    body, specs, offset = [], [], 0
    for spec, codes in films:
        moved = {name: entry | {"start": entry["start"] + offset} for name, entry in spec["numbers"].items()}
        specs.append(spec | {"numbers": moved})
        body.append(codes)
        offset += len(codes) // 2
    text = json.dumps(header | {"films": specs}, separators=(",", ":")).encode()
    text += b" " * (-(4 + len(text)) % 4)
    return struct.pack("<I", len(text)) + text + b"".join(body)


def row_of(film: Film, name: str, position: int) -> list[float | None] | None:
    """Return what a film shows under a name at a position, with None for gaps; None where it has no such name."""
    entry = film.spec["numbers"].get(name)
    if entry is None:
        return None
    codes = np.frombuffer(film.codes, "<u2")[entry["start"] : entry["start"] + entry["rows"] * entry["size"]]
    row = codes.reshape(entry["rows"], entry["size"])[min(position, entry["rows"] - 1)]
    return [None if code == GAP else entry["low"] + float(code) * entry["step"] for code in row]
