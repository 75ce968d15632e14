"""Mean-field variational inference: the best Gaussian whose parameters know nothing of each other.

On correlated posteriors it is too narrow (Bishop 2006, section 10.1.2), and it is meant to be.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpyro
from numpyro.distributions.transforms import AffineTransform, IndependentTransform
from numpyro.infer.autoguide import AutoDiagonalNormal

from bayes_core.inference import Step
from bayes_core.inference._jax import jnp
from bayes_core.inference._vi import Gaussian, Normal, variational_steps
from bayes_core.types import Question


class _MeanField(Gaussian, AutoDiagonalNormal):  # type: ignore[misc]
    """NumPyro's guide with its place searched along other axes: z ~ N(road @ loc, scale^2).

    The family is the same (every diagonal Gaussian); only Adam's way through it is shorter.
    """

    def _get_posterior(self) -> Any:
        loc = numpyro.param(f"{self.prefix}_loc", self._init_latent)
        scale = numpyro.param(
            f"{self.prefix}_scale", jnp.full(self.latent_dim, self._init_scale), constraint=self.scale_constraint
        )
        return Normal(self.placed(loc), scale)

    def get_transform(self, params: dict[str, Any]) -> Any:
        """Return the map from a standard normal to z."""
        place = self.placed(params[f"{self.prefix}_loc"])
        return IndependentTransform(AffineTransform(place, params[f"{self.prefix}_scale"]), 1)


def steps(question: Question) -> Iterator[Step]:
    r"""Yield draws of :math:`q(\theta) = \prod_j N(\theta_j \mid m_j, s_j^2)` that maximises the ELBO.

    theta holds the weights and log sigma. Raises ValueError for a model without a NumPyro program.
    """
    return variational_steps(question, _MeanField, diagonal=True)
