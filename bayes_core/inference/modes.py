"""What an answer says where the noise of a linear model has several modes and it has not been in all of them."""

from __future__ import annotations

import numpy as np

from bayes_core.inference.registry import METHODS
from bayes_core.inference.sigma import SigmaModes
from bayes_core.models.linear import Linear
from bayes_core.types import Fit, Model, Question


def sigma_modes(question: Question) -> SigmaModes | None:
    """Return sigma's modes where a linear model's noise is unknown; for a Laplace prior, of a Gaussian as wide."""
    model, prior, dataset = question.model, question.prior, question.dataset
    if not isinstance(model, Linear) or prior.noise_known:
        return None
    width = prior.width * (1 if model.family == "normal" else np.sqrt(2))
    return SigmaModes.of(model.design(dataset.x), dataset.y, float(width), prior.noise)


def remedy(model: Model) -> str:
    """Return what helps against several modes of the noise."""
    if METHODS["exact"].suits(model):
        return "method='exact' weighs them all"
    return "widen the prior, or fix the noise with noise_known=True"


def unvisited(fit: Fit) -> tuple[str, ...]:
    """Return a note where draws came to some of sigma's modes only, as those of one Gaussian must.

    >>> from bayes_core import Dataset, Prior, fit
    >>> line = Dataset.from_arrays([0.0, 1, 2], [0.1, 0.9, 2.1])
    >>> unvisited(fit(line, method="exact", prior=Prior(10, 1)))
    ()
    """
    modes = sigma_modes(fit.question)
    if modes is None or len(modes.share) == 1:
        return ()
    met = modes.visited(fit.noise[None])[0]
    if met.all():
        return ()
    return (
        f"The noise has {len(modes.share)} modes, near {modes.named()}, and no draw is in those that hold about "
        f"{100 * modes.share[~met].sum():.2g} % of the posterior: {remedy(fit.model)}.",
    )
