"""Classes that weights can separate without error: their likelihood has no maximum, and the prior carries the answer.

Source: Albert and Anderson (1984), On the existence of maximum likelihood estimates in logistic regression models.
"""

from __future__ import annotations

import numpy as np

from bayes_core.likelihoods import Categorical
from bayes_core.models.tangent import Tangent
from bayes_core.types import Fit

_LOOKS = 50  # draws that are looked at


def about_separable(fit: Fit) -> tuple[str, ...]:
    """Return a note where some of the draws put every row on the right side; nothing where none is seen to.

    Such weights, or a network's last layer, may be doubled again and again, and the likelihood only rises. That none of
    the draws does so proves nothing: this is what can be told without a linear program.
    """
    data, likelihood = fit.question.dataset, fit.question.dataset.likelihood
    if not isinstance(likelihood, Categorical) or fit.method == "prior":
        return ()
    present = np.unique(data.y).astype(int)
    if len(present) == 1:
        return (
            f"All {len(data.y)} rows are {data.classes[present[0]]}: the other classes keep what the prior leaves "
            "them, and how much that is depends on its width.",
        )
    tangent = fit.model if isinstance(fit.model, Tangent) else None
    model, draws = (tangent.network, tangent.centres) if tangent else (fit.model, fit.draws)
    size = len(next(iter(draws.values())))
    kept = np.unique(np.linspace(0, size - 1, min(size, _LOOKS)).astype(int))
    f = model.functions({site: values[kept] for site, values in draws.items()}, data.x)
    odds = np.concatenate([np.zeros_like(f), f], axis=2) if likelihood.outputs == 1 else f
    own = np.take_along_axis(odds, data.y.astype(int)[None, :, None], axis=2)[:, :, 0]
    best_other = np.where(np.arange(odds.shape[2]) == data.y[None, :, None], -np.inf, odds).max(2)
    if not (own > best_other).all(1).any():
        return ()
    return (
        "Weights are found that separate the classes without error, so the likelihood alone has no maximum: how sure "
        "the answer is comes from the prior's width.",
    )
