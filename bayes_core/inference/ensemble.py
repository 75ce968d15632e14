"""A deep ensemble: the same network trained from many starts, every member one draw.

Each member minimises the negative log posterior: weight decay is the prior. Where the data are silent all members may
agree, for no better reason than that they were trained alike; those of an `anchored` ensemble part there.
Source: Lakshminarayanan, Pritzel and Blundell (2017).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bayes_core.inference import Step
from bayes_core.inference._jax import constrained, prepare
from bayes_core.inference._train import train
from bayes_core.types import Diagnostics, Fit, Question


def steps(question: Question) -> Iterator[Step]:
    """Yield one fit whose draws are `budget.members` trained networks.

    Raises ValueError for a model without a NumPyro program, and where training ran away.
    """
    yield Step(1, 1, members(question, anchored=False))


def members(question: Question, *, anchored: bool) -> Fit:
    """Return the trained networks; `anchored` ones are each pulled to a prior draw of their own instead of to zero."""
    budget = question.budget
    shape, traced, scaffold = prepare(question)
    z, loss = train(shape, traced, budget.members, budget.steps, question.seed, anchored=anchored)
    if not np.isfinite(loss).all():
        raise ValueError("training ran away to infinity: rescale y, or fix the noise with noise_known=True")
    sites, noise = constrained(scaffold, z, question.prior)
    return Fit(question, sites, noise, None, Diagnostics("approximate"))
