"""What programs are compiled for: two fits of one size share them, and only the first of them waits."""

from __future__ import annotations

from typing import NamedTuple

from bayes_core.inference import padded_size
from bayes_core.types import Dataset, Model


class Size(NamedTuple):
    """A method, a model, the number of inputs, and of rows as they are rounded up.

    >>> from bayes_core import Mlp
    >>> line = Dataset.from_arrays([0.0, 1, 2], [0.1, 0.9, 2.1])
    >>> Size.of(line, Mlp(), "hmc") == Size.of(line.head(2), Mlp(), "hmc"), Size.of(line, Mlp(), "hmc").rows
    (True, 8)
    """

    method: str
    model: Model
    inputs: int
    rows: int

    @classmethod
    def of(cls, dataset: Dataset, model: Model, method: str) -> Size:
        """Return the size of the programs that answer a question."""
        return cls(method, model, dataset.x.shape[1], padded_size(len(dataset.y)))
