r"""A loss made of two means, in units of probability: how often it counts the likelihood.

Libraries of Bayesian layers minimise mean cross-entropy over N rows plus a factor times the mean KL over P weights:

.. math:: \frac1N \sum_n -\log p(y_n \mid \theta) + \lambda \frac{\mathrm{KL}}{P}
    \;=\; \frac{\lambda}{P} \Big[ \mathrm{KL} - \frac{P}{\lambda N} \sum_n \log p(y_n \mid \theta) \Big]

The bracket is a negative ELBO in which each row counts P / (lambda N) times: the posterior of that many copies of the
data, under the same prior. It is the data's own where lambda = P / N. Source: Wenzel et al. (2020), How good is the
Bayes posterior in deep neural networks really?, section 2.3, on KL terms that are weighed less than they should be.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bayes_core.checks import count, positive
from bayes_core.models import Mlp
from bayes_core.types import Dataset, Fit

_LAST = 100  # steps of a search over which its end is averaged, as `Diagnostics.climbed` does


def times_counted(factor: float, rows: int, weights: int) -> float:
    """Return how many times a loss with this factor of the mean KL counts each row: P / (lambda N).

    Raises ValueError unless all three are above 0.

    >>> round(times_counted(0.1, rows=150, weights=803), 2), times_counted(803 / 150, rows=150, weights=803)
    (53.53, 1.0)
    """
    share = positive(factor, "the factor of the mean KL", "with 0 there is no prior")
    return _positive_counts(rows, weights) / share


def kl_factor(times: float, rows: int, weights: int) -> float:
    """Return the factor of the mean KL with which such a loss counts each row so many times: P / (c N).

    >>> round(kl_factor(1.0, rows=150, weights=803), 3)
    5.353
    """
    return _positive_counts(rows, weights) / positive(times, "the times that a row counts", "1 is Bayes' rule")


def _positive_counts(rows: int, weights: int) -> float:
    """Return P / N, both at least 1."""
    return count(weights, "the number of weights", 1, 10**12) / count(rows, "the number of rows", 1, 10**12)


def number_of_weights(model: Mlp, inputs: int, outputs: int = 1) -> int:
    """Return how many weights and biases a network has; K > 2 classes are K outputs.

    >>> number_of_weights(Mlp((100,), activation="relu"), inputs=4, outputs=3)
    803
    """
    return sum(int(np.prod(shape, dtype=int)) for shape in model.shapes(inputs, outputs).values())


@dataclass(frozen=True)
class Reached:
    """Where a variational search ended, averaged over its last steps: the ELBO in nats, and the KL in nats a weight.

    The ELBO counts each row once, however often the search did.
    """

    elbo: float
    kl_a_weight: float


def reached(fit: Fit) -> Reached:
    """Return where a network's variational search ended. Raises ValueError for a fit that climbed no ELBO."""
    _, elbo = fit.diagnostics.climbed
    assert fit.diagnostics.kl is not None  # there is no ELBO without it
    weights = sum(int(np.prod(values.shape[1:], dtype=int)) for values in fit.draws.values())
    return Reached(elbo, float(fit.diagnostics.kl[-_LAST:].mean()) / weights)


def of_even_odds(dataset: Dataset) -> float:
    """Return the log likelihood, in nats, of saying 1/K of every class of every row, which takes no weights at all.

    An ELBO below that has learnt less than its weights cost. Raises ValueError where targets are numbers.

    >>> from bayes_core.data import iris
    >>> round(of_even_odds(iris()), 1)
    -164.8
    """
    if dataset.task != "classification":
        raise ValueError("the targets are numbers, and even odds are of classes: take a dataset of that task")
    return -len(dataset.y) * float(np.log(len(dataset.classes)))
