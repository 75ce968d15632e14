r"""The network's posterior with the output layer integrated out, and how its draws come back. No LAPACK in jit.

Given hidden weights and sigma, y = Phi beta + sigma e is linear-Gaussian. Each column of Phi carries the prior sd of
its output weight, so that beta ~ N(0, I) whatever the widths are, and

.. math:: \log p(y \mid \theta, \sigma) = -\tfrac12 [N \log 2\pi\sigma^2 + \log|I + \tau G|] -
    \tfrac12 [|y - \Phi m|^2 / \sigma^2 + |m|^2], \quad \tau = 1 / \sigma^2

with :math:`G = \Phi^\top \Phi` and m the conditional mean. The gradient in Phi follows from Fisher's identity with the
same inverse; the hidden layers' part is one reverse pass. Chains (C) advance together as one array. Noise that depends
on x divides each row of y and Phi by its own factor first, and costs the log of it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.inference._jax import jax, jnp
from bayes_core.likelihoods import Likelihood
from bayes_core.models.base import GAUSSIAN
from bayes_core.models.mlp import Mlp
from bayes_core.types import Prior


class Data(NamedTuple):
    """Everything of a fit that is traced: padded x (M, D), y (M,), weight (M,), prior widths by site, and noise."""

    x: Any
    y: Any
    weight: Any
    widths: Any
    noise: Any


class Net(NamedTuple):
    """Everything that is static: the model, its number of inputs, whether sigma is known, and one Gaussian or other."""

    model: Mlp
    inputs: int
    noise_known: bool
    likelihood: Likelihood = GAUSSIAN

    @property
    def sites(self) -> dict[str, tuple[int, ...]]:
        """Return the shapes of the sites that are walked on: all but the output layer's."""
        shapes = self.model.shapes(self.inputs, self.likelihood.heads)
        return {site: shape for site, shape in shapes.items() if site not in ("weight", "bias")}

    @property
    def hidden_size(self) -> int:
        """Return the number of hidden weights and biases."""
        return sum(int(np.prod(shape)) for shape in self.sites.values())

    def spread(self, widths: Any) -> dict[str, Any]:
        """Return the prior sd of each site from the width of every site; may be traced."""
        return self.model.spread_of(self.inputs, widths, self.likelihood.heads)

    def widths(self, prior: Prior) -> FloatArray:
        """Return the prior's width of every site."""
        return self.model.widths(self.inputs, prior, self.likelihood.heads)

    @property
    def size(self) -> int:
        """Return the number of coordinates: hidden weights, and log sigma unless it is known."""
        return self.hidden_size + (0 if self.noise_known else 1)


# ------------------------------------------------------------------------------- linear algebra in plain arithmetic
def _unrolled(a: Any) -> tuple[Any, Any]:
    """Return inverse and log determinant of positive definite (..., n, n) by a Cholesky on scalars, for n <= 8."""
    n = a.shape[-1]
    low: list[list[Any]] = [[None] * n for _ in range(n)]
    inv: list[list[Any]] = [[None] * n for _ in range(n)]
    for i in range(n):
        for j in range(i + 1):
            t = a[..., i, j] - sum(low[i][k] * low[j][k] for k in range(j))
            low[i][j] = jnp.sqrt(t) if i == j else t / low[j][j]
    for j in range(n):
        inv[j][j] = 1 / low[j][j]
        for i in range(j + 1, n):
            inv[i][j] = -sum(low[i][k] * inv[k][j] for k in range(j, i)) / low[i][i]
    rows = [
        jnp.stack([sum(inv[k][i] * inv[k][j] for k in range(max(i, j), n)) for j in range(n)], -1) for i in range(n)
    ]
    return jnp.stack(rows, -2), 2 * sum(jnp.log(low[i][i]) for i in range(n))


def _swept(a: Any) -> tuple[Any, Any]:
    """Return the same for any n by the symmetric sweep; no pivots are needed, since eigenvalues are at least 1."""
    index = jnp.arange(a.shape[-1])

    def body(k: Any, carry: Any) -> Any:
        a, log = carry
        pivot, column, here = a[..., k, k], a[..., :, k], index == k
        new = jnp.where(here, 1.0, -column) / pivot[..., None]
        row = a[..., k, :]
        b = a + new[..., :, None] * jnp.where(here, 0.0, row)[..., None, :]
        b = jnp.where(here[:, None], row[..., None, :] / pivot[..., None, None], b)
        return jnp.where(here[None, :], new[..., :, None], b), log + jnp.log(pivot)

    inverse, log = jax.lax.fori_loop(0, a.shape[-1], body, (a, jnp.zeros(a.shape[:-2])))
    return inverse, log


def inverse(a: Any) -> tuple[Any, Any]:
    """Return inverse and log determinant of positive definite matrices (..., n, n)."""
    return _unrolled(a) if a.shape[-1] <= 8 else _swept(a)


# ---------------------------------------------------------------------------------------------------- the density
def sites_of(net: Net, q: Any, widths: Any) -> dict[str, Any]:
    """Return hidden weights {site: (C, ...)} from whitened coordinates q (C, size) and the width of every site."""
    spread, sites, start = net.spread(widths), {}, 0
    for site, shape in net.sites.items():
        count = int(np.prod(shape))
        sites[site] = spread[site] * q[:, start : start + count].reshape(len(q), *shape)
        start += count
    return sites


def features(net: Net, q: Any, data: Data) -> tuple[Any, Any, Any]:
    """Return the output layer's columns (C, H + 1, M), its targets (C, M) or (M,), and the log of the rows' scale (C,).

    Columns are hidden values and a constant, times the prior sd of their weights and zero on padded rows; with noise
    that depends on x both they and y are divided by its factor.
    """
    from jax.scipy.special import erf  # noqa: PLC0415

    bend = {"tanh": jnp.tanh, "relu": lambda z: jnp.maximum(z, 0.0), "erf": erf, "sin": jnp.sin}
    sites, spread = sites_of(net, q, data.widths), net.spread(data.widths)
    h = jnp.broadcast_to(data.x.T, (len(q), *data.x.T.shape))  # rows last: what follows runs along them
    for layer in range(1, len(net.model.hidden) + 1):
        h = sites[f"weight{layer}"].swapaxes(1, 2) @ h + sites[f"bias{layer}"][:, :, None]
        h = bend[net.model.activation](h)
    constant = jnp.full((len(q), 1, len(data.x)), spread["bias"])
    columns = jnp.concatenate([spread["weight"] * h, constant], 1) * data.weight
    if "weight_noise" not in sites:
        return columns, data.y, jnp.zeros(len(q))
    log = (sites["weight_noise"][:, None, :] @ h)[:, 0] * data.weight
    factor = jnp.exp(-log)
    return columns * factor[:, None, :], data.y * factor, log.sum(1)


def log_sigma(net: Net, q: Any, data: Data) -> Any:
    """Return log sigma (C,)."""
    return jnp.full(len(q), jnp.log(data.noise)) if net.noise_known else q[:, -1]


def output_layer(columns: Any, y: Any, log_noise: Any) -> tuple[Any, Any, Any, Any]:
    """Return the conditional mean (C, K), covariance (C, K, K) of the columns' weights, log |I + tau G|, and G."""
    tau = jnp.exp(-2 * log_noise)[:, None, None]
    gram = columns @ columns.swapaxes(1, 2)
    inv, log = inverse(jnp.eye(columns.shape[1]) + tau * gram)
    mean = tau[:, :, 0] * (inv @ (columns * jnp.expand_dims(y, -2)).sum(-1)[..., None])[..., 0]
    return mean, inv, log, gram


def value_and_grad(net: Net, q: Any, data: Data, temper: Any = 1.0) -> tuple[Any, Any]:
    """Return the log marginal posterior (C,) and its gradient (C, size); temper < 1 flattens the likelihood."""
    rows = data.weight.sum()
    hidden = q[:, : net.hidden_size]
    (columns, y, log_scale), back = jax.vjp(lambda h: features(net, h, data), hidden)
    ls = log_sigma(net, q, data)
    s2 = jnp.exp(2 * ls)
    mean, cov, log, gram = output_layer(columns, y, ls)
    rest = y - (mean[:, None, :] @ columns)[:, 0]
    misfit = (rest * rest).sum(1)
    likelihood = -rows * ls - log_scale - 0.5 * log - 0.5 * (misfit / s2 + (mean * mean).sum(1))
    value = temper * likelihood - 0.5 * (hidden**2).sum(1)
    slope_columns = temper * (mean[:, :, None] * rest[:, None, :] - cov @ columns) / s2[:, None, None]
    slope_y = -temper * rest / s2[:, None]
    if y.ndim == 1:
        slope_y = jnp.zeros_like(y)
    (slope,) = back((slope_columns, slope_y, jnp.full(len(q), -temper)))
    slope = slope - hidden
    if net.noise_known:
        return value, slope
    ratio = jnp.exp(ls) / data.noise
    value = value - jnp.log1p(ratio * ratio) + ls
    slope_noise = temper * (-rows + (misfit + (cov * gram).sum((1, 2))) / s2) + 1 - 2 * ratio**2 / (1 + ratio**2)
    return value, jnp.concatenate([slope, slope_noise[:, None]], 1)


def draw_output(net: Net, key: Any, q: Any, data: Data) -> Any:
    """Return exact draws (C, K) of the columns' weights given everything else (perturb and solve)."""
    columns, y, _ = features(net, q, data)
    ls = log_sigma(net, q, data)
    mean, cov, _, _ = output_layer(columns, y, ls)
    first, second = jax.random.split(key)
    shock = jax.random.normal(first, (len(q), len(data.y)))
    push = (columns @ shock[..., None])[..., 0] * jnp.exp(-ls)[:, None]
    push = push + jax.random.normal(second, mean.shape)
    return mean + (cov @ push[..., None])[..., 0]
