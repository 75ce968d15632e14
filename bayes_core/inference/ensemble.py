"""A deep ensemble: the same network trained from many starts, every member one draw.

Each member minimises the negative log posterior: weight decay is the prior. Where the data are silent all members may
agree, for no better reason than that they were trained alike. `Budget(anchored=True)` lets the prior pull each member
to a draw of its own instead of to zero (Pearce, Leibfried and Brintrup 2020), so that they part there.
Source: Lakshminarayanan, Pritzel and Blundell (2017).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bayes_core.inference import Step
from bayes_core.inference._jax import ask, constrained, programmed
from bayes_core.inference._train import train
from bayes_core.types import Budget, Dataset, Diagnostics, Fit, Model, Prior


def steps(dataset: Dataset, model: Model, prior: Prior, budget: Budget, seed: int) -> Iterator[Step]:
    """Yield one fit whose draws are `budget.members` trained networks.

    Raises ValueError for a model without a NumPyro program, and where training ran away.
    """
    shape, question, scaffold = ask(dataset, programmed(model, "ensemble"), prior)
    z, loss = train(shape, question, budget.members, budget.steps, seed, anchored=budget.anchored)
    if not np.isfinite(loss).all():
        raise ValueError("training ran away to infinity: rescale y, or fix the noise with noise_known=True")
    sites, noise = constrained(scaffold, z, prior)
    yield Step(1, 1, Fit("ensemble", model, prior, sites, noise, None, Diagnostics("approximate")))
