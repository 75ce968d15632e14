"""Full-rank variational inference: the best Gaussian with all its correlations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpyro
import numpyro.distributions as dist
from numpyro.distributions.transforms import LowerCholeskyAffine
from numpyro.infer.autoguide import AutoMultivariateNormal

from bayes_core.inference import Step
from bayes_core.inference._jax import jnp
from bayes_core.inference._vi import Gaussian, variational_steps
from bayes_core.types import Question


class _FullRank(Gaussian, AutoMultivariateNormal):  # type: ignore[misc]
    """NumPyro's guide, written as a transformed standard normal: its density then needs no triangular solve.

    (A solve is a LAPACK call inside jit, which can hang when cores are few.)
    """

    def _get_posterior(self) -> Any:
        loc = numpyro.param(f"{self.prefix}_loc", self._init_latent)
        factor = numpyro.param(
            f"{self.prefix}_scale_tril",
            jnp.identity(self.latent_dim) * self._init_scale,
            constraint=self.scale_tril_constraint,
        )
        standard = dist.Normal(jnp.zeros(self.latent_dim), 1.0).to_event(1)
        return dist.TransformedDistribution(standard, LowerCholeskyAffine(loc, factor))


def steps(question: Question) -> Iterator[Step]:
    r"""Yield draws of :math:`q(\theta) = N(\theta \mid m, L L^\top)` that maximises the ELBO.

    theta holds the weights and log sigma. Raises ValueError for a model without a NumPyro program.
    """
    return variational_steps(question, _FullRank, diagonal=False)
