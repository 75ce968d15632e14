"""How good a predictive distribution is on points that were not fitted: log score and coverage."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from bayes_core.predict import log_likelihood, predict
from bayes_core.summaries.summary import band
from bayes_core.types import Dataset, Fit

_MOST = 1 << 20  # draws of f in work at once


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
    step = max(_MOST // len(fit.noise), 1)
    scores = []
    for start in range(0, len(dataset.y), step):
        each = log_likelihood(
            fit, replace(dataset, x=dataset.x[start : start + step], y=dataset.y[start : start + step])
        )
        peak = each.max(0)
        scores.append(peak + np.log(np.exp(each - peak).mean(0)))
    score = float(np.concatenate(scores).mean())
    found = band(predict(fit, dataset.x), level, "observation")
    inside = (dataset.y >= found.lower) & (dataset.y <= found.upper)
    return HeldOut(score, float(inside.mean()), level)
