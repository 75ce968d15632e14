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
from bayes_core.inference._train import batch_of, no_mode, search
from bayes_core.types import Fit, Question


def steps(question: Question) -> Iterator[Step]:
    """Yield `budget.members` networks while they are trained; each ends at a mode, after `budget.steps` at most.

    Raises ValueError for a model without a NumPyro program, and where the density has no mode to end at.
    """
    yield from members(question, anchored=False)


def members(question: Question, *, anchored: bool) -> Iterator[Step]:
    """Yield the networks; `anchored` ones are each pulled to a prior draw of their own instead of to zero."""
    budget, dataset = question.budget, question.dataset
    shape, traced, scaffold = prepare(question)
    batch = batch_of(question)
    for now in search(
        dataset, shape, traced, scaffold, budget.members, budget.steps, question.seed,
        anchored=anchored, batch=batch, again=True,
    ):  # fmt: skip
        complete = now.done == now.total
        trouble = no_mode(now, len(dataset.y)) if complete else ""
        if trouble:
            raise ValueError(trouble)
        if not np.isfinite(now.z).all():
            yield Step(now.done, now.total, None)
            continue
        sites, noise = constrained(scaffold, now.z, question.prior)
        about = now.about(complete=complete, size=shape.size if batch else 0)
        yield Step(now.done, now.total, Fit(question, sites, noise, None, about))
