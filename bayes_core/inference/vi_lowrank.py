"""Low-rank variational inference: a Gaussian whose weights share a few directions, between mean-field and full rank.

Source: Ong, Nott and Smith (2018), Gaussian variational approximation with a factor covariance structure.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpyro
import numpyro.distributions as dist

from bayes_core.inference import Step
from bayes_core.inference._jax import jax, jnp
from bayes_core.inference._marginal import inverse
from bayes_core.inference._vi import Gaussian, variational_steps
from bayes_core.types import Question

RANK = 5


class Factor(dist.Distribution):  # type: ignore[misc]
    r"""z = loc + scale * (e + U u), with e (P,) and u (R,) standard normal: covariance D (I + U U^T) D.

    Its density needs the R x R matrix I + U^T U only, inverted in plain arithmetic: NumPyro's own low-rank normal
    calls LAPACK, which can hang inside jit when cores are few.
    """

    support = dist.constraints.real_vector
    reparametrized_params = ("loc", "scale", "shared")

    def __init__(self, loc: Any, scale: Any, shared: Any) -> None:
        """Keep loc (P,), scale (P,) and shared directions U (P, R)."""
        self.loc, self.scale, self.shared = loc, scale, shared
        super().__init__(event_shape=loc.shape)

    def sample(self, key: Any, sample_shape: tuple[int, ...] = ()) -> Any:
        """Return one draw (P,)."""
        return self.push(jax.random.normal(key, (*sample_shape, sum(self.shared.shape))))

    def push(self, noise: Any) -> Any:
        """Return the draw that standard normal noise (..., P + R) makes."""
        size = len(self.loc)
        return self.loc + self.scale * (noise[..., :size] + (self.shared * noise[..., None, size:]).sum(-1))

    def log_prob(self, value: Any, intermediates: Any = None) -> Any:
        """Return log N(value | loc, D (I + U U^T) D) by Woodbury's identity."""
        rest = (value - self.loc) / self.scale
        inv, log = self.inner()
        along = self.shared.T @ rest
        quadratic = (rest**2).sum() - along @ inv @ along
        return -0.5 * (quadratic + log + len(rest) * jnp.log(2 * jnp.pi)) - jnp.log(self.scale).sum()

    def inner(self) -> tuple[Any, Any]:
        """Return inverse and log determinant of I + U^T U (R, R)."""
        return inverse(jnp.eye(self.shared.shape[1]) + self.shared.T @ self.shared)


class _LowRank(Gaussian):
    """A Gaussian with a diagonal and RANK shared directions; its place is searched along the road."""

    def __init__(self, model: Any, *, init_loc_fn: Any, init_scale: float) -> None:
        self._init_scale = init_scale
        super().__init__(model, init_loc_fn=init_loc_fn)

    def _parts(self, param: Any) -> Factor:
        size = self.latent_dim
        rank = min(RANK, size)
        # no direction at all would be a saddle: each starts as a faint one of its own
        faint = 0.1 * jax.random.normal(jax.random.key(RANK), (size, rank))
        scale = param("auto_scale", jnp.full(size, self._init_scale), constraint=dist.constraints.softplus_positive)
        place = self.placed(param("auto_loc", self._init_latent))
        return Factor(place, scale, param("auto_shared", faint))

    def _get_posterior(self) -> Factor:
        return self._parts(numpyro.param)

    def _at(self, params: dict[str, Any]) -> Factor:
        return self._parts(lambda name, *_, **__: params[name])

    def get_transform(self, params: dict[str, Any]) -> Any:
        """Return the map from standard normal noise (P + R,) to z."""
        return self._at(params).push

    def noise_size(self, size: int) -> int:
        """Return P + R."""
        return size + min(RANK, size)

    def entropy_slope(self, params: dict[str, Any]) -> Any:
        """Return diag(B^T S^-1 B) for the map B = D [I, U] and S = B B^T."""
        factor = self._at(params)
        inv, _ = factor.inner()
        own = 1 - ((factor.shared @ inv) * factor.shared).sum(1)
        return jnp.concatenate([own, 1 - jnp.diagonal(inv)])


def steps(question: Question) -> Iterator[Step]:
    r"""Yield draws of :math:`q(\theta) = N(\theta \mid m, D (I + U U^\top) D)`, U of rank 5, that maximises the ELBO.

    theta holds the weights and log sigma. Raises ValueError for a model without a NumPyro program.
    """
    return variational_steps(question, _LowRank, diagonal=True)
