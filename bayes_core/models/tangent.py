"""A network's tangent: the linear model that a network looks like around one setting of its weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.likelihoods.heads import NAMES, site
from bayes_core.models.mlp import Mlp, activate


@dataclass(frozen=True, eq=False)
class Tangent:
    r"""f(x) = f(x; t) + J_t(x) (theta - t), where each draw's `mode` says which centre t it belongs to.

    This is what linearised Laplace predicts with (Immer, Korzepa and Bauer 2021). centres {site: (M, ...)}.
    """

    network: Mlp
    centres: Mapping[str, FloatArray]
    name: str = "tangent"

    def functions(self, draws: Mapping[str, FloatArray], x: FloatArray) -> FloatArray:
        """Return f (S, G, K') of draws that carry a site `mode` (S,): the logarithm of a noise is the tangent's too."""
        f = self.network.functions(self.centres, x)
        slopes = self._slopes(x)
        each = [self._along(draws, f[:, :, k], slopes[:, :, k]) for k in range(f.shape[2])]
        if "weight_noise" in self.centres:
            each[-1] = np.clip(each[-1], -_FARTHEST, _FARTHEST)
        return np.stack(each, axis=2)

    def _slopes(self, x: FloatArray) -> FloatArray:
        """Return the slopes (M, G, K', P) of all heads at the centres."""
        names = [name for name in NAMES if site("weight", name) in self.centres]
        return np.concatenate([jacobian(self.network, self.centres, x, site("weight", n)) for n in names], axis=2)

    def _along(self, draws: Mapping[str, FloatArray], values: FloatArray, slopes: FloatArray) -> FloatArray:
        """Return values (M, G) at each draw's centre plus the step along their slopes (M, G, P), (S, G)."""
        mode = draws["mode"].astype(int)
        f = np.empty((len(mode), values.shape[1]))
        for m in np.unique(mode):
            rows = mode == m
            step = np.concatenate(
                [(draws[site][rows] - centre[m]).reshape(rows.sum(), -1) for site, centre in self.centres.items()], 1
            )
            f[rows] = values[m] + step @ slopes[m].T
        return f


_FARTHEST = 20.0  # nats that a noise may be from sigma


def bend_slope(network: Mlp, z: FloatArray, h: FloatArray) -> FloatArray:
    """Return the activation's derivative at z, where it has the value h."""
    if network.activation == "tanh":
        return 1 - h**2
    if network.activation == "relu":
        return (z > 0).astype(float)
    slope: FloatArray = np.cos(z) if network.activation == "sin" else 2 / np.sqrt(np.pi) * np.exp(-z * z)
    return slope


def jacobian(network: Mlp, draws: Mapping[str, FloatArray], x: FloatArray, head: str = "weight") -> FloatArray:
    """Return df/dtheta (S, G, K', P) by one backward pass an output, parameters in the order of `Mlp.shapes`.

    With head "weight_noise" it is the slope of the noise's logarithm v . h(x) instead, (S, G, 1, P).
    """
    size = len(draws["bias"])
    values: list[FloatArray] = [np.broadcast_to(x, (size, *x.shape))]
    slopes: list[FloatArray] = []
    for layer in range(1, len(network.hidden) + 1):
        z = values[-1] @ draws[f"weight{layer}"] + draws[f"bias{layer}"][:, None, :]
        values.append(activate(network.activation, z))
        slopes.append(bend_slope(network, z, values[-1]))
    outputs = draws["weight"].shape[2] if draws["weight"].ndim == 3 else 1
    weight = draws[head].reshape(size, -1, outputs)
    each = [_backward(network, draws, values, slopes, weight, head, k) for k in range(outputs)]
    return np.stack(each, axis=2)


def _backward(
    network: Mlp, draws: Mapping[str, FloatArray], values: list[FloatArray], slopes: list[FloatArray],
    weight: FloatArray, head: str, output: int,
) -> FloatArray:  # fmt: skip
    """Return the slope (S, G, P) of one output, whose weights are weight[:, :, output]."""
    size, inputs, units = values[-1].shape
    outputs, last = weight.shape[2], np.zeros((*values[-1].shape, weight.shape[2]))
    last[..., output] = values[-1]
    bias = np.zeros((size, inputs, outputs))
    bias[..., output] = float(head == "weight")
    parts = {name: np.zeros((size, inputs, units * outputs)) for name in ("weight", "weight_noise")}
    parts |= {head: last.reshape(size, inputs, -1), "bias": bias}
    back = np.broadcast_to(weight[:, None, :, output], values[-1].shape)
    for layer in range(len(network.hidden), 0, -1):
        back = back * slopes[layer - 1]
        parts[f"bias{layer}"] = back
        outer = values[layer - 1][:, :, :, None] * back[:, :, None, :]
        parts[f"weight{layer}"] = outer.reshape(size, inputs, -1)
        back = back @ draws[f"weight{layer}"].swapaxes(1, 2)
    sites = (*network.shapes(network_inputs(draws)), "weight_noise")
    return np.concatenate([parts[name] for name in sites if name in draws], axis=2)


def network_inputs(draws: Mapping[str, FloatArray]) -> int:
    """Return the number of inputs D that draws of a network were made for."""
    return int(draws["weight1"].shape[1])
