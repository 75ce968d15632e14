"""How good a predictive distribution is on points that were not fitted: log score and coverage."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bayes_core.predict import log_likelihood, predict
from bayes_core.summaries.summary import band
from bayes_core.types import Dataset, Fit


@dataclass(frozen=True)
class HeldOut:
    """Mean log predictive density per point (nats), and the share of points inside the predictive interval."""

    log_score: float
    coverage: float
    level: float


def held_out(fit: Fit, dataset: Dataset, level: float = 0.9) -> HeldOut:
    r"""Return log score and coverage of a fit on rows that it has not seen.

    .. math:: \frac1N \sum_n \log \frac1S \sum_s p(y_n \mid f_s(x_n), \sigma_s)

    Source: Gneiting and Raftery (2007), Strictly proper scoring rules.

    >>> from bayes_core import Prior, fit
    >>> line = Dataset.from_arrays([0.0, 1, 2, 3], [0.1, 0.9, 2.1, 2.9])
    >>> held_out(fit(line, method="exact", prior=Prior(5, 1)), line).coverage
    1.0
    """
    each = log_likelihood(fit, dataset)
    peak = each.max(0)
    score = float((peak + np.log(np.exp(each - peak).mean(0))).mean())
    found = band(predict(fit, dataset.x), level, "observation")
    inside = (dataset.y >= found.lower) & (dataset.y <= found.upper)
    return HeldOut(score, float(inside.mean()), level)
