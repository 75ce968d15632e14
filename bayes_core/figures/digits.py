"""Small pictures as a stage: each an 8 x 8 grid in ink, and beside it a bar for every class with its interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from bayes_core.checks import FloatArray

LEVELS = 16
"""Inks that a pixel can have, beside paper."""


def digits_stage(truth: Sequence[str], key: str, concept: str = "posterior") -> dict[str, Any]:
    """Return what stays: what every picture is, how to read it, and whose colour the bars have."""
    return {"type": "digits", "truth": list(truth), "key": key, "concept": concept}


def sketch_stage(ink: str, key: str, concept: str = "posterior") -> dict[str, Any]:
    """Return what stays of one picture that a reader paints: its pixels, 64 digits to the base 17, row by row."""
    return {"type": "sketch", "ink": ink, "key": key, "concept": concept}


def digits_numbers(
    x: FloatArray, mean: FloatArray, low: FloatArray, high: FloatArray
) -> Mapping[str, FloatArray]:  # fmt: skip
    """Return a stage's numbers along a handle: pixels (V, M, 64) from 0 to 1, probabilities (V, M, K) and their ends.

    >>> made = digits_numbers(np.ones((2, 1, 64)), *(np.full((2, 1, 10), p) for p in (0.1, 0.0, 0.2)))
    >>> made["pixels"][0, :3].tolist(), made["mean"].shape
    ([16.0, 16.0, 16.0], (2, 10))
    """
    positions = len(x)
    pixels = np.round(LEVELS * np.clip(x, 0.0, 1.0)).reshape(positions, -1)
    parts = {"mean": mean, "low": low, "high": high}
    return {"pixels": pixels, **{name: part.reshape(positions, -1) for name, part in parts.items()}}
