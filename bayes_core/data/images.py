"""Handwritten digits of 8 x 8 pixels, and what becomes of them when they are turned or blurred.

Source: Alpaydin and Kaynak (1998), Optical Recognition of Handwritten Digits, the copy that scikit-learn carries: 1,797
digits of 43 people, each pixel 0 to 16; here 0 to 1.
"""

from __future__ import annotations

import gzip
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.checks import FloatArray
from bayes_core.types import Dataset

SIDE = 8
FITTED = 1438  # of the 1,797; the other 359 judge
_SEED = 0


@lru_cache(maxsize=1)
def digits() -> tuple[Dataset, Dataset]:
    """Return 1,438 digits that are fitted and 359 that are not, parted at random, once and for all.

    Pixels (64) go row by row from the top and lie between 0, paper, and 1, ink.

    >>> fitted, rest = digits()
    >>> fitted.x.shape, rest.x.shape, fitted.classes[:3]
    ((1438, 64), (359, 64), ('0', '1', '2'))
    """
    rows = _rows()
    order = np.random.default_rng(_SEED).permutation(len(rows))
    return _named(rows[order[:FITTED]]), _named(rows[order[FITTED:]])


def _rows() -> FloatArray:
    """Return pixels and digit (1797, 65) from scikit-learn's own file, without the second that its import takes."""
    home = find_spec("sklearn")
    assert home is not None
    assert home.origin is not None
    with gzip.open(Path(home.origin).parent / "datasets" / "data" / "digits.csv.gz", "rt") as file:
        return np.loadtxt(file, delimiter=",")


def _named(rows: FloatArray) -> Dataset:
    names = tuple(f"pixel {i // SIDE + 1}, {i % SIDE + 1}" for i in range(SIDE * SIDE))
    told = "digit", "Handwritten digits", "Alpaydin and Kaynak (1998), by scikit-learn"
    return Dataset(rows[:, :-1] / 16.0, rows[:, -1], "classification", names, *told, tuple(map(str, range(10))))


def turned(x: ArrayLike, degrees: float) -> FloatArray:
    """Return pictures (N, 64) turned to the left about their middle; what comes in from outside is paper.

    Every new pixel is the mean of the four old ones around the place that comes to it, by distance (bilinear), so that
    at 90 degrees each is an old one. Turned about (3.5, 3.5); 0 degrees gives the picture itself.

    >>> corner = np.zeros((1, 64))
    >>> corner[0, 7] = 1.0
    >>> int(turned(corner, 90.0).argmax())
    0
    """
    seen = np.asarray(x, float).reshape(-1, SIDE * SIDE)
    angle = np.deg2rad(degrees)
    down, across = np.indices((SIDE, SIDE)).reshape(2, -1) - (SIDE - 1) / 2
    # a place (across, up) comes from where turning back to the right by the angle takes it
    came_across = np.cos(angle) * across - np.sin(angle) * down
    came_down = np.sin(angle) * across + np.cos(angle) * down
    mixed: FloatArray = seen @ _mixing(came_down + (SIDE - 1) / 2, came_across + (SIDE - 1) / 2).T
    return mixed


def _mixing(down: FloatArray, across: FloatArray) -> FloatArray:
    """Return how much every old pixel says at places (64,) each, (64, 64): bilinear, nothing beyond the edge."""
    at = np.arange(SIDE)
    rows = np.clip(1 - np.abs(np.round(down, 9)[:, None] - at), 0, None)
    columns = np.clip(1 - np.abs(np.round(across, 9)[:, None] - at), 0, None)
    mixed: FloatArray = (rows[:, :, None] * columns[:, None, :]).reshape(SIDE * SIDE, SIDE * SIDE)
    return mixed


def blurred(x: ArrayLike, width: float) -> FloatArray:
    """Return pictures (N, 64) blurred by a Gaussian of so many pixels' sd; ink that leaves the picture is lost.

    >>> one = np.zeros((1, 64))
    >>> one[0, 27] = 1.0
    >>> bool(blurred(one, 0.0)[0, 27] == 1.0), bool(0.3 < blurred(one, 0.6)[0, 27] < 0.5)
    (True, True)
    """
    seen = np.asarray(x, float).reshape(-1, SIDE, SIDE)
    if width <= 0:
        return seen.reshape(len(seen), -1)
    reach = int(4 * width + 0.5)
    steps = np.arange(-reach, reach + 1)
    kernel = np.exp(-0.5 * (steps / width) ** 2)
    kernel /= kernel.sum()
    gap = np.arange(SIDE)[:, None] - np.arange(SIDE) + reach
    inside = (gap >= 0) & (gap <= 2 * reach)
    matrix = np.where(inside, kernel[np.clip(gap, 0, 2 * reach)], 0.0)
    spread: FloatArray = (matrix @ seen @ matrix.T).reshape(len(seen), -1)
    return spread


_LEVELS = "0123456789abcdefg"  # inks 0 to 16


def as_ink(picture: ArrayLike) -> str:
    """Return a picture (64,) from 0 to 1 as 64 digits to the base 17.

    >>> as_ink(np.linspace(0, 1, 64))[:9]
    '001111222'
    """
    levels = np.round(16 * np.clip(np.asarray(picture, float), 0.0, 1.0)).astype(int)
    return "".join(_LEVELS[level] for level in levels.tolist())


def from_ink(text: str) -> FloatArray:
    """Return the picture (64,) from 0 to 1 that 64 digits to the base 17 stand for.

    >>> from_ink("g" + "0" * 63)[:2]
    array([1., 0.])

    Raises ValueError for anything else.
    """
    if len(text) != SIDE * SIDE or not set(text) <= set(_LEVELS):
        raise ValueError(f"a picture is {SIDE * SIDE} pixels, each from 0 to 9 or a to g")
    return np.array([_LEVELS.index(level) for level in text]) / 16.0
