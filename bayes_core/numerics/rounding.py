"""Round numbers: marks for an axis, and ends that hold what must be seen."""

from __future__ import annotations

import numpy as np


def ticks(low: float, high: float) -> tuple[float, ...]:
    """Return about five round numbers between low and high.

    >>> ticks(0.0, 1.0)
    (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
    """
    rough = (high - low) / 5
    unit = 10.0 ** np.floor(np.log10(rough))
    step = unit * next(k for k in (1, 2, 5, 10) if k * unit >= 0.8 * rough)
    marks = np.arange(np.ceil(low / step - 1e-9), np.floor(high / step + 1e-9) + 1) * step
    return tuple(float(f"{m:.12g}") + 0.0 for m in marks)  # + 0.0: no minus zero


def round_ends(low: float, high: float) -> tuple[float, float]:
    """Return the nearest ends outside [low, high] that are whole tenths of its size, rounded to one digit.

    >>> round_ends(0.13, 9.6)
    (0.0, 10.0)
    """
    unit = 10.0 ** np.floor(np.log10(max(high - low, 1e-300) / 2))
    ends = np.floor(low / unit) * unit, np.ceil(high / unit) * unit
    first, last = (float(f"{end:.12g}") + 0.0 for end in ends)
    return first, last


def round_up(need: float) -> float:
    """Return the next of 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten: where an axis from zero ends.

    Raises ValueError unless there is something to hold.

    >>> round_up(0.62), round_up(1.04), round_up(970.0)
    (0.8, 1.5, 1000.0)
    """
    if not (np.isfinite(need) and need > 0):
        raise ValueError(f"an axis cannot end at {need:g}: give a finite number more than 0")
    unit = 10 ** np.floor(np.log10(need))
    return float(unit * next(k for k in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if k * unit >= need))
