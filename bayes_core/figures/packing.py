"""Bytes for the browser: deflated, and named by their content, so that what did not change need not be sent again.

    sealed(content) = 8 bytes that name the content, zlib(content)
    letter(header, *parts) = length of the next, zlib(JSON header), the parts one after the other

assets/live/message.js and parts.js read them. Numbers travel as uint16 codes: see `coded`.
"""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

QUICK = 3
"""zlib's level: 3 % larger than the usual 6, in a quarter of its time or less (0.9 against 2 to 13 ms a film)."""
Codes = NDArray[np.uint16]
_NONE, _ONE, _ALL = np.uint16(0), np.uint16(1), np.uint16(65535)
_UNIT = np.float32(1)
NAME = 8
"""Bytes that name a content: two of a session's few hundred are the same with odds of 1 to 10^14."""


def sealed(content: bytes, level: int = QUICK) -> bytes:
    """Return content deflated, behind its name.

    >>> opened(sealed(b"one line, or every line that fits"))
    b'one line, or every line that fits'
    """
    return hashlib.blake2b(content, digest_size=NAME).digest() + zlib.compress(content, level)


def opened(seal: bytes) -> bytes:
    """Return what was sealed."""
    return zlib.decompress(seal[NAME:])


def named(seal: bytes) -> str:
    """Return the name of what was sealed, 16 hexadecimal digits."""
    return seal[:NAME].hex()


def as_text(header: Mapping[str, Any]) -> bytes:
    """Return JSON without blanks."""
    return json.dumps(header, separators=(",", ":")).encode()


def letter(header: Mapping[str, Any], *parts: bytes) -> bytes:
    """Return a header and parts as one byte string; the header must say how long each part is."""
    text = zlib.compress(as_text(header), QUICK)
    return struct.pack("<I", len(text)) + text + b"".join(parts)


def folded(steps: Codes) -> Codes:
    """Return steps with the sign in the last bit, so that small ones are small numbers: 0, -1, 1, -2 -> 0, 1, 2, 3.

    >>> folded(np.array([0, 65535, 1, 65534], np.uint16))
    array([0, 1, 2, 3], dtype=uint16)
    """
    return (steps << _ONE) ^ (steps.view(np.int16) >> 15).view(np.uint16)


def unfolded(folds: Codes) -> Codes:
    """Return steps from what `folded` made of them."""
    return (folds >> _ONE) ^ np.where(folds & _ONE, _ALL, _NONE)


def differences(codes: Codes) -> Iterator[Codes]:
    """Yield codes (V, n) as steps along the row, and as steps of these along the positions, once and twice: mod 2^16.

    What a curve has in common with its neighbours is left out of it, which deflates to half the size.
    """
    steps = codes.copy()
    steps[:, 1:] -= codes[:, :-1]
    yield folded(steps)
    for order in range(1, min(3, len(codes))):
        steps[order:] -= steps[order - 1 : -1].copy()
        yield folded(steps)


def undone(folds: Codes, order: int) -> Codes:
    """Return codes (V, n) from their differences."""
    codes = np.cumsum(unfolded(folds), axis=1, dtype=np.uint16)
    for done in reversed(range(order)):
        codes[done:] = np.cumsum(codes[done:], axis=0, dtype=np.uint16)
    return codes


def shortest(codes: Codes) -> tuple[int, Codes]:
    """Return the order of differences (0, 1 or 2) that takes fewest bits, and the differences."""
    return min(enumerate(differences(codes)), key=lambda one: float(np.log2(one[1] + _UNIT).sum()))


def planes(folds: Codes) -> bytes:
    """Return the high bytes of all numbers, mostly zero, and then the low ones."""
    pairs = folds.astype("<u2").view(np.uint8).reshape(-1, 2)
    return pairs[:, 1].tobytes() + pairs[:, 0].tobytes()


def joined(data: bytes) -> Codes:
    """Return numbers from their high and low bytes."""
    high, low = np.frombuffer(data, np.uint8).reshape(2, -1).astype(np.uint16)
    return high << np.uint16(8) | low
