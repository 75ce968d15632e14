"""What programs are compiled for: two fits of one size share them, and only the first of them waits."""

from __future__ import annotations

from typing import NamedTuple

from bayes_core.inference import padded_size
from bayes_core.likelihoods import Likelihood
from bayes_core.types import Model, Question


class Size(NamedTuple):
    """A method, a model, the number of inputs, and of rows as they are rounded up, and the likelihood.

    >>> from bayes_core import Dataset, Mlp, ask
    >>> line = Dataset.from_arrays([0.0, 1, 2], [0.1, 0.9, 2.1])
    >>> few, more = (Size.of(ask(some, Mlp(), "hmc")) for some in (line.head(2), line))
    >>> few == more, few.rows
    (True, 8)
    """

    method: str
    model: Model
    inputs: int
    rows: int
    likelihood: Likelihood

    @classmethod
    def of(cls, question: Question) -> Size:
        """Return the size of the programs that answer a question."""
        data = question.dataset
        return cls(question.method, question.model, data.x.shape[1], padded_size(len(data.y)), question.likelihood)
