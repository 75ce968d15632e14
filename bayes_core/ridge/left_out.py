"""Cross-validation of ridge regression: the error on rows left out, each row once, and what of it is extrapolation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.inference.linear_posterior import Spectrum
from bayes_core.inference.map import modes


@dataclass(frozen=True, eq=False)
class Fold:
    """Rows left out: the spectrum and targets of all others, the rows' own columns and targets, and their places."""

    spectrum: Spectrum
    y: FloatArray
    columns: FloatArray
    left: FloatArray
    at: NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class LeftOut:
    """The folds of a design (N, P) and targets (N,), decomposed once for all penalties.

    >>> rows = LeftOut.of(np.array([[1.0], [2.0], [3.0]]), np.array([1.0, 2.0, 6.0]), folds=3)
    >>> rows.error(np.array([1e-9])).round(3)  # slopes 22/13, 1.9 and 1.0 of the two others
    array([2.059])
    """

    folds: tuple[Fold, ...]
    rows: int

    @classmethod
    def of(cls, design: FloatArray, y: FloatArray, folds: int = 5, seed: int = 0) -> LeftOut:
        """Return `folds` random parts of the rows.

        Raises ValueError for fewer than two folds or fewer rows than folds.
        """
        rows = len(y)
        if not 2 <= folds <= rows:
            raise ValueError(f"{folds} folds of {rows} rows: give from 2 to {rows} folds")
        part = np.random.default_rng(seed).permutation(rows) % folds
        outs = [part == fold for fold in range(folds)]
        each = [Fold(Spectrum.of(design[~out]), y[~out], design[out], y[out], np.flatnonzero(out)) for out in outs]
        return cls(tuple(each), rows)

    def squares(self, penalty: FloatArray) -> FloatArray:
        """Return every row's squared error (V, N) when it is left out, at penalties (V,)."""
        squares, one = np.empty((len(penalty), self.rows)), np.ones(len(penalty))
        for fold in self.folds:
            targets = np.broadcast_to(fold.y, (len(penalty), len(fold.y)))
            coef, _ = modes(fold.spectrum, targets, one, np.sqrt(penalty), noise_known=True)
            squares[:, fold.at] = (coef @ fold.columns.T - fold.left) ** 2
        return squares

    def error(self, penalty: FloatArray) -> FloatArray:
        """Return the root mean squared error (V,) at penalties (V,)."""
        error: FloatArray = np.sqrt(self.squares(penalty).mean(1))
        return error

    def outermost(self, x: FloatArray) -> NDArray[np.bool_]:
        """Return which rows (N,) lie beyond all others that are not left out with them, by an input x (N,).

        >>> rows = LeftOut.of(np.ones((4, 1)), np.zeros(4), folds=4)
        >>> rows.outermost(np.array([3.0, 1.0, 9.0, 4.0]))
        array([False,  True,  True, False])
        """
        beyond = np.zeros(self.rows, bool)
        for fold in self.folds:
            others = np.delete(x, fold.at)
            beyond[fold.at] = (x[fold.at] < others.min()) | (x[fold.at] > others.max())
        return beyond


def cross_validated(
    design: FloatArray, y: FloatArray, penalty: FloatArray, folds: int = 5, seed: int = 0
) -> FloatArray:
    """Return the root mean squared error (V,) on rows left out, each row once, at penalties (V,).

    Raises ValueError for fewer than two folds or fewer rows than folds.
    """
    return LeftOut.of(design, y, folds, seed).error(penalty)
