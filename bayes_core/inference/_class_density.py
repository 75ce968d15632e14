r"""The posterior of classes as chains walk on it: value and gradient by hand, in single precision, for all chains.

.. math:: \log p(q \mid y) = \sum_n w_n \log p(y_n \mid f(x_n)) - \tfrac12 |q|^2, \qquad \theta = c + A q

for a network on all of its weights (A is the prior's sds, c = 0: the posterior of classes is close to its prior's round
shape, so nothing needs to be integrated out), and for a line in coordinates around its mode. Bernoulli data have no
sigma that could be small, so single precision is safe: the answers are those of double at half the time. A reverse
pass by jax takes longer than this one, which keeps rows last and fuses.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from bayes_core.inference._jax import jax, jnp
from bayes_core.models.mlp import Activation, Mlp

_FEW_INPUTS = 4  # up to which a sum over inputs is fused with what follows; a product of matrices is not


class ClassNet(NamedTuple):
    """Everything that is static: the model, its number of inputs, and of logits."""

    model: Mlp
    inputs: int
    outputs: int

    @property
    def sites(self) -> dict[str, tuple[int, ...]]:
        """Return the shape of every site, in their flat order."""
        return self.model.shapes(self.inputs, self.outputs)

    @property
    def size(self) -> int:
        """Return the number of weights."""
        return sum(int(np.prod(shape)) for shape in self.sites.values())

    def split(self, flat: Any) -> dict[str, Any]:
        """Return the sites (C, *shape) of weights (C, P)."""
        parts, start = {}, 0
        for site, shape in self.sites.items():
            count = int(np.prod(shape))
            parts[site] = flat[:, start : start + count].reshape((len(flat), *shape))
            start += count
        return parts


class Rows(NamedTuple):
    """What of the data is traced: padded x (M, D), targets (K', M) of 0 and 1, and weight (M,)."""

    x: Any
    target: Any
    weight: Any


def log_likelihood(f: Any, rows: Rows) -> tuple[Any, Any]:
    """Return the log likelihood (C,) of logits f (C, K', M), and its slope in them (C, K', M)."""
    if f.shape[1] == 1:
        away = jnp.exp(-jnp.abs(f))
        value = ((f * rows.target - jnp.maximum(f, 0) - jnp.log1p(away)) * rows.weight).sum((1, 2))
        return value, (rows.target - jnp.where(f >= 0, 1.0, away) / (1 + away)) * rows.weight
    top = f.max(1, keepdims=True)
    odds = jnp.exp(f - top)
    whole = odds.sum(1, keepdims=True)
    value = (((f * rows.target).sum(1) - top[:, 0] - jnp.log(whole[:, 0])) * rows.weight).sum(-1)
    return value, (rows.target - odds / whole) * rows.weight


def _bent(activation: Activation, z: Any) -> tuple[Any, Any]:
    """Return the activation of z and its derivative there."""
    if activation == "tanh":
        h = jnp.tanh(z)
        return h, 1 - h * h
    if activation == "relu":
        return jnp.maximum(z, 0), (z > 0).astype(z.dtype)
    if activation == "sin":
        return jnp.sin(z), jnp.cos(z)
    return jax.scipy.special.erf(z), (2 / np.pi**0.5) * jnp.exp(-z * z)


def _first(weight: Any, x: Any) -> Any:
    """Return weights (C, D, H) times inputs (M, D), (C, H, M)."""
    if x.shape[1] <= _FEW_INPUTS:
        return sum(weight[:, d, :, None] * x[:, d] for d in range(x.shape[1]))
    chains, inputs, units = weight.shape
    return (weight.swapaxes(1, 2).reshape(-1, inputs) @ x.T).reshape(chains, units, -1)


def forward(net: ClassNet, theta: Any, x: Any) -> tuple[Any, list[tuple[Any, Any]]]:
    """Return logits (C, K', M) of weights theta (C, P) at x (M, D), and every layer's values and slopes (C, H, M)."""
    parts = net.split(theta)
    layers: list[tuple[Any, Any]] = []
    for layer in range(1, len(net.model.hidden) + 1):
        weight = parts[f"weight{layer}"]
        z = weight.swapaxes(1, 2) @ layers[-1][0] if layers else _first(weight, x)
        layers.append(_bent(net.model.activation, z + parts[f"bias{layer}"][..., None]))
    head = parts["weight"].reshape(len(theta), -1, net.outputs).swapaxes(1, 2)
    return head @ layers[-1][0] + parts["bias"].reshape(len(theta), net.outputs, 1), layers


def network(net: ClassNet, q: Any, rows: Rows, spread: Any, temper: Any = 1.0) -> tuple[Any, Any]:
    """Return the log posterior (C,) and its gradient (C, P) at q (C, P), the weights in units of `spread` (P,).

    temper < 1 flattens the likelihood.
    """
    theta = q * spread
    parts, chains = net.split(theta), len(q)
    f, layers = forward(net, theta, rows.x)
    value, back = log_likelihood(f, rows)
    back = temper * back
    head = (back @ layers[-1][0].swapaxes(1, 2)).swapaxes(1, 2)
    slopes = [head.reshape(chains, -1), back.sum(-1)]
    weight = parts["weight"].reshape(chains, -1, net.outputs)
    back = weight * back if net.outputs == 1 else weight @ back
    for layer in range(len(layers), 0, -1):
        back = back * layers[layer - 1][1]
        if layer > 1:
            own = layers[layer - 2][0] @ back.swapaxes(1, 2)
        else:
            own = (back.reshape(-1, back.shape[2]) @ rows.x).reshape(chains, -1, net.inputs).swapaxes(1, 2)
        slopes = [own.reshape(chains, -1), back.sum(-1), *slopes]
        if layer > 1:
            back = parts[f"weight{layer}"] @ back
    slope = jnp.concatenate(slopes, 1) * spread - q
    return temper * value - 0.5 * (q * q).sum(1), slope


class Place(NamedTuple):
    """Coordinates of a line: theta = centre + axes q, (P,) and (P, P), and the prior's sd, ()."""

    centre: Any
    axes: Any
    width: Any


def line(outputs: int, q: Any, rows: Rows, at: Place) -> tuple[Any, Any]:
    """Return the log posterior (C,) and its gradient (C, P) of a line on columns x (M, P / K') at coordinates q (C, P).

    Weights are flat column by column, classes within. Chains and classes are one axis of every product: a product for
    each chain takes twice as long.
    """
    theta, chains = at.centre + q @ at.axes.T, len(q)
    weights = theta.reshape(chains, -1, outputs).swapaxes(1, 2).reshape(chains * outputs, -1)
    value, back = log_likelihood((weights @ rows.x.T).reshape(chains, outputs, -1), rows)
    slope = (back.reshape(chains * outputs, -1) @ rows.x).reshape(chains, outputs, -1).swapaxes(1, 2)
    slope = slope.reshape(chains, -1) - theta / at.width**2
    return value - 0.5 * (theta * theta).sum(1) / at.width**2, slope @ at.axes
