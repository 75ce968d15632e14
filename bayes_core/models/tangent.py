"""A network's tangent: the linear model that a network looks like around one setting of its weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray
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
        """Return f (S, G, 1) of draws that carry a site `mode` (S,)."""
        return self._along(draws, self.network.functions(self.centres, x)[:, :, 0], x, "weight")[:, :, None]

    def noise_factor(self, draws: Mapping[str, FloatArray], x: FloatArray) -> FloatArray:
        """Return what the noise is multiplied by, (S, G): its logarithm too is the tangent's."""
        if not self.network.heteroscedastic:
            return np.ones((1, 1))
        log = self._along(draws, np.log(self.network.noise_factor(self.centres, x)), x, "weight_noise")
        return np.exp(np.clip(log, -20, 20))

    def _along(self, draws: Mapping[str, FloatArray], values: FloatArray, x: FloatArray, head: str) -> FloatArray:
        """Return values (M, G) at each draw's centre plus the step along their slopes, (S, G)."""
        slopes = jacobian(self.network, self.centres, x, head)
        mode = draws["mode"].astype(int)
        f = np.empty((len(mode), len(x)))
        for m in np.unique(mode):
            rows = mode == m
            step = np.concatenate(
                [(draws[site][rows] - centre[m]).reshape(rows.sum(), -1) for site, centre in self.centres.items()], 1
            )
            f[rows] = values[m] + step @ slopes[m].T
        return f


def bend_slope(network: Mlp, z: FloatArray, h: FloatArray) -> FloatArray:
    """Return the activation's derivative at z, where it has the value h."""
    if network.activation == "tanh":
        return 1 - h**2
    if network.activation == "relu":
        return (z > 0).astype(float)
    slope: FloatArray = np.cos(z) if network.activation == "sin" else 2 / np.sqrt(np.pi) * np.exp(-z * z)
    return slope


def jacobian(network: Mlp, draws: Mapping[str, FloatArray], x: FloatArray, head: str = "weight") -> FloatArray:
    """Return df/dtheta (S, G, P) by one backward pass, parameters in the order of `Mlp.shapes`.

    With head "weight_noise" it is the slope of the noise's logarithm v . h(x) instead.
    """
    size = len(draws["bias"])
    values: list[FloatArray] = [np.broadcast_to(x, (size, *x.shape))]
    slopes: list[FloatArray] = []
    for layer in range(1, len(network.hidden) + 1):
        z = values[-1] @ draws[f"weight{layer}"] + draws[f"bias{layer}"][:, None, :]
        values.append(activate(network.activation, z))
        slopes.append(bend_slope(network, z, values[-1]))
    parts: dict[str, FloatArray] = {site: np.zeros_like(values[-1]) for site in ("weight", "weight_noise")}
    parts |= {head: values[-1], "bias": np.full((size, len(x), 1), float(head == "weight"))}
    back = np.broadcast_to(draws[head][:, None, :], values[-1].shape)
    for layer in range(len(network.hidden), 0, -1):
        back = back * slopes[layer - 1]
        parts[f"bias{layer}"] = back
        outer = values[layer - 1][:, :, :, None] * back[:, :, None, :]
        parts[f"weight{layer}"] = outer.reshape(size, len(x), -1)
        back = back @ draws[f"weight{layer}"].swapaxes(1, 2)
    return np.concatenate([parts[site] for site in network.shapes(x.shape[1])], axis=2)
