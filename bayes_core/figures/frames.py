"""A film strip: what every named trace and readout shows at each position of one handle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray


@dataclass(frozen=True, eq=False)
class Frames:
    """Numbers {name: (V, n)} and words {name: V texts} for the V values of a handle.

    A numbers' name is "trace.y" or "trace.x" for a trace of the figure, or any key that a panel reads. One row, or
    one word, serves every position. trusted is the range of positions that existing draws may answer for.
    """

    handle: str
    values: FloatArray
    numbers: Mapping[str, FloatArray]
    words: Mapping[str, tuple[str, ...]]
    trusted: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        """Check that everything has one row, or one row per position."""
        allowed = (1, len(self.values))
        for name, array in self.numbers.items():
            if array.ndim != 2 or len(array) not in allowed:
                raise ValueError(f"frames {name!r} have shape {array.shape}: give (1, n) or ({allowed[1]}, n)")
        for name, texts in self.words.items():
            if len(texts) not in allowed:
                raise ValueError(f"words {name!r} have {len(texts)} entries: give 1 or {allowed[1]}")

    def at(self, position: int) -> dict[str, FloatArray]:
        """Return the numbers (n,) of one position."""
        return {name: array[min(position, len(array) - 1)] for name, array in self.numbers.items()}


def loop(lower: FloatArray, upper: FloatArray) -> FloatArray:
    """Return the outline (..., 2G) of a band: along the top, and back along the bottom.

    >>> loop(np.array([0.0, 1.0]), np.array([2.0, 3.0]))
    array([2., 3., 1., 0.])
    """
    return np.concatenate([upper, lower[..., ::-1]], axis=-1)


def broken(lines: FloatArray) -> FloatArray:
    """Return lines (V, M, L) as one trace (V, M (L + 1)) with a gap after each line."""
    gap = np.full((*lines.shape[:-1], 1), np.nan)
    return np.concatenate([lines, gap], axis=-1).reshape(len(lines), -1)
