"""Which rows are fitted and which test the fit, decided before anything is looked at."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bayes_core.data.upload.sample import sampled
from bayes_core.types import Dataset

SHARE = 0.15
"""The share of rows that is held out, as in the tutorial that the wine is from."""

_FEWEST = 10  # rows below which none can be spared


@dataclass(frozen=True, eq=False)
class Trial:
    """Rows to fit and rows to test on (None where none can be spared), their places among all, and a sentence.

    `repeats` counts the rows held out that repeat a fitted one, value by value: they test less than others.
    """

    train: Dataset
    held: Dataset | None
    places: NDArray[np.intp]
    held_places: NDArray[np.intp]
    sentence: str
    repeats: int = 0

    def at_most(self, most: int, seed: int = 0) -> Trial:
        """Return the trial that fits at most so many of these rows; the others test the fit, with those held out."""
        part = sampled(self.train, most, seed)
        if part.rest is None:
            return self
        left = np.setdiff1d(np.arange(len(self.places)), part.rows, assume_unique=True)
        places, held = np.concatenate([self.places[left], self.held_places]), part.rest
        if self.held is not None:
            x, y = np.concatenate([held.x, self.held.x]), np.concatenate([held.y, self.held.y])
            held = replace(held, x=x, y=y)
        layer = "class" if self.train.task == "classification" else "tenth"
        said = (
            f"{most:,} of {most + len(places):,} rows are fitted, drawn at random in every {layer} of "
            f"{self.train.target_name}; the other {len(places):,} test the fit."
        )
        return Trial(part.train, held, self.places[part.rows], places, said)


def held_out_rows(dataset: Dataset, share: float = SHARE, seed: int = 0) -> Trial:
    """Return a data set parted by chance, each class or tenth of the target by its share; the same seed, the same rows.

    Fewer than ten rows, or a share that leaves no row to test, hold none out. Raises ValueError for a share outside
    0 to 0.9.

    >>> trial = held_out_rows(Dataset.from_arrays(np.arange(200.0), np.arange(200.0)), 0.15, seed=1)
    >>> len(trial.train.y), len(trial.held_places), trial.sentence
    (170, 30, '170 of 200 rows are fitted, drawn at random in every tenth of y; the other 30 test the fit.')
    """
    if not 0 <= share <= 0.9:
        raise ValueError(f"the share held out is {share}: give one from 0 to 0.9, such as {SHARE}")
    rows = len(dataset.y)
    away = round(share * rows)
    if rows < _FEWEST or not away:
        few = f"{rows} rows are too few to spare any" if rows < _FEWEST else "No row is held out"
        said = f"{few}: all of them are fitted, and nothing tests the fit."
        return Trial(dataset, None, np.arange(rows), np.arange(0), said)
    taken = sampled(dataset, rows - away, seed)
    rest = np.setdiff1d(np.arange(rows), taken.rows, assume_unique=True)
    assert taken.rest is not None
    return Trial(taken.train, taken.rest, taken.rows, rest, taken.sentence, _repeats(taken.train, taken.rest))


def _repeats(train: Dataset, held: Dataset) -> int:
    seen = set(_written(train))
    return sum(row in seen for row in _written(held))


def _written(dataset: Dataset) -> list[bytes]:
    """Return each row as its bytes; adding 0 makes a minus zero a zero."""
    return [row.tobytes() for row in np.column_stack([dataset.x, dataset.y]) + 0.0]


__all__ = ["SHARE", "Trial", "held_out_rows"]
