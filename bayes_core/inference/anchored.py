"""An anchored ensemble: the prior pulls each member to a draw of its own, so that they part where the data are silent.

Source: Pearce, Leibfried and Brintrup (2020), Uncertainty in Neural Networks: Approximately Bayesian Ensembling.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bayes_core.inference import Step
from bayes_core.inference.ensemble import steps as ensemble_steps
from bayes_core.types import Budget, Dataset, Model, Prior


def steps(dataset: Dataset, model: Model, prior: Prior, budget: Budget, seed: int) -> Iterator[Step]:
    """Yield an `ensemble` with `Budget(anchored=True)`, under its own name.

    Raises ValueError for a model without a NumPyro program, and where training ran away.
    """
    for step in ensemble_steps(dataset, model, prior, replace(budget, anchored=True), seed):
        yield replace(step, fit=step.fit and replace(step.fit, method="anchored"))
