"""Mean-field variational inference: the best Gaussian whose parameters know nothing of each other.

On correlated posteriors it is too narrow (Bishop 2006, section 10.1.2), and it is meant to be.
"""

from __future__ import annotations

from collections.abc import Iterator

from numpyro.infer.autoguide import AutoDiagonalNormal

from bayes_core.inference import Step
from bayes_core.inference._vi import variational_steps
from bayes_core.types import Budget, Dataset, Model, Prior


def steps(dataset: Dataset, model: Model, prior: Prior, budget: Budget, seed: int) -> Iterator[Step]:
    r"""Yield draws of :math:`q(\theta) = \prod_j N(\theta_j \mid m_j, s_j^2)` that maximises the ELBO.

    theta holds the weights and log sigma. Raises ValueError for a model without a NumPyro program.
    """
    return variational_steps("vi_meanfield", AutoDiagonalNormal, dataset, model, prior, budget, seed, diagonal=True)
