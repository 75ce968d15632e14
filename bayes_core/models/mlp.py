"""A small network: f(x) = w . h(x) + b, where h goes through one to three hidden layers, which all heads share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Literal

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.likelihoods import Head, Heads, Likelihood
from bayes_core.likelihoods.heads import NAMES, ONE, owned, site
from bayes_core.models.base import GAUSSIAN, Program, Scaffold, observe, with_outputs
from bayes_core.types import Dataset, Prior

Activation = Literal["tanh", "relu", "erf", "sin"]
ACTIVATIONS: tuple[Activation, ...] = ("tanh", "relu", "erf", "sin")
MOST_UNITS, MOST_LAYERS = 100, 3


def activate(activation: Activation, z: FloatArray) -> FloatArray:
    """Return the activation of z, in numpy.

    >>> activate("relu", np.array([-1.0, 2.0]))
    array([0., 2.])
    """
    if activation == "relu":
        return np.maximum(z, 0.0)
    if activation == "erf":
        from scipy.special import erf  # noqa: PLC0415 (a third of a second to import)

        bent: FloatArray = erf(z)
        return bent
    value: FloatArray = np.tanh(z) if activation == "tanh" else np.sin(z)
    return value


def import_activations() -> None:
    """Import whatever an activation may import, for those who may not later: a thread beside others that import."""
    activate("erf", np.zeros(1))


@dataclass(frozen=True)
class Mlp:
    r"""f = w . h(x) + b, with h_l = act(h_{l-1} W_l + b_l); every weight and bias ~ N(0, width^2).

    `Prior.widths` gives any site a width of its own.

    With `fan_in` a weight that has n siblings ~ N(0, width^2 / n) instead, so that wide layers do not blow up
    (Neal 1996). Draws are named `weight1` (S, D, H1), `bias1` (S, H1), ..., `weight` (S, H), `bias` (S,).
    With K' > 1 outputs, as more than two classes have, `weight` is (S, H, K') and `bias` (S, K'). A likelihood that
    reads more than a curve asks for more heads on h (`likelihood.heads`): with `Heteroscedastic` the noise is sigma
    exp(v . h(x)), v = `weight_noise` (S, H) ~ N(0, 1 / H), whatever the width: the handle is about the curve.
    Raises ValueError for sizes beyond three layers of 1 to 100 units, which nothing here could sample in time.

    >>> Mlp(hidden=(2,)).shapes(1)
    {'weight1': (1, 2), 'bias1': (2,), 'weight': (2,), 'bias': ()}
    """

    hidden: tuple[int, ...] = (5,)
    activation: Activation = "tanh"
    fan_in: bool = False
    name: str = "mlp"

    def __post_init__(self) -> None:
        """Check sizes and activation."""
        try:
            object.__setattr__(self, "hidden", tuple(self.hidden))
        except TypeError as error:
            raise ValueError(f"hidden is {self.hidden!r}: give the units of each layer, such as (5,)") from error
        if not 1 <= len(self.hidden) <= MOST_LAYERS:
            raise ValueError(f"{len(self.hidden)} hidden layers: give 1 to {MOST_LAYERS}, more take too long to sample")
        for units in self.hidden:
            if isinstance(units, bool) or not isinstance(units, int | np.integer) or not 1 <= units <= MOST_UNITS:
                raise ValueError(f"a layer of {units!r} units: give a whole number from 1 to {MOST_UNITS}")
        if self.activation not in ACTIVATIONS:
            raise ValueError(f"the activation is {self.activation!r}: choose one of {', '.join(ACTIVATIONS)}")

    def shapes(self, inputs: int, heads: int | Heads = ONE) -> dict[str, tuple[int, ...]]:
        """Return the shape of every site, in their flat order, for D = inputs and heads; a number is one of K' outputs.

        >>> Mlp(hidden=(2,)).shapes(4, 3)
        {'weight1': (4, 2), 'bias1': (2,), 'weight': (2, 3), 'bias': (3,)}
        """
        sizes = (inputs, *self.hidden)
        shapes: dict[str, tuple[int, ...]] = {}
        for layer, (before, after) in enumerate(pairwise(sizes), start=1):
            shapes[f"weight{layer}"] = (before, after)
            shapes[f"bias{layer}"] = (after,)
        for head in (Head(outputs=heads),) if isinstance(heads, int) else heads:
            shapes[head.weight_site] = with_outputs((self.hidden[-1],), head.outputs)
            if head.bias:
                shapes[head.bias_site] = with_outputs((), head.outputs)
        return shapes

    def widths(self, inputs: int, prior: Prior, heads: Heads = ONE) -> FloatArray:
        """Return the prior's width of every site, in the order of `shapes`; one whose name is no site is refused.

        >>> Mlp(hidden=(4,)).widths(1, Prior(2.0, widths={"bias": 10.0}))
        array([ 2.,  2.,  2., 10.])
        """
        sites = self.shapes(inputs, heads)
        own = dict(prior.widths)
        unknown = [site for site in own if site not in sites]
        if unknown:
            raise ValueError(f"the prior has a width of {unknown[0]!r} and the network's sites are {', '.join(sites)}")
        common = dict(owned(heads))
        return np.array([own.get(site, common.get(site, prior.width)) for site in sites])

    def spread(
        self, inputs: int, width: Any = 1.0, own: Mapping[str, Any] = MappingProxyType({}), heads: Heads = ONE
    ) -> dict[str, Any]:
        """Return the prior sd of each site for a width, and for those that have one of their own; all may be traced.

        >>> Mlp(hidden=(4,), fan_in=True).spread(1, 2.0, {"bias": 7.0})
        {'weight1': 2.0, 'bias1': 2.0, 'weight': 1.0, 'bias': 7.0}
        """
        sizes = (inputs, *self.hidden)
        spread = {site: width for site in self.shapes(inputs, heads)} | dict(owned(heads)) | dict(own)
        if self.fan_in:
            for layer in range(1, len(sizes)):
                spread[f"weight{layer}"] = spread[f"weight{layer}"] * sizes[layer - 1] ** -0.5
            spread["weight"] = spread["weight"] * self.hidden[-1] ** -0.5
        for head in heads:
            if head.width is not None:
                spread[head.weight_site] = spread[head.weight_site] * self.hidden[-1] ** -0.5
        return spread

    def spread_of(self, inputs: int, widths: Any, heads: Heads = ONE) -> dict[str, Any]:
        """Return the prior sd of each site from the width of every site, as `widths` orders them; may be traced.

        One width alone is that of all sites.
        """
        if np.ndim(widths) == 0:
            return self.spread(inputs, widths, heads=heads)
        own = {site: widths[i] for i, site in enumerate(self.shapes(inputs, heads))}
        return self.spread(inputs, own=own, heads=heads)

    def hidden_values(self, draws: Mapping[str, FloatArray], x: FloatArray) -> FloatArray:
        """Return the last hidden layer's values (S, G, H) of every draw at x (G, D)."""
        if draws["weight1"].shape[1] != x.shape[1]:
            raise ValueError(
                f"x has {x.shape[1]} columns and the fit has {draws['weight1'].shape[1]} inputs: "
                "predict with the inputs that were fitted"
            )
        values: FloatArray = np.broadcast_to(x, (len(draws["bias"]), *x.shape))
        for layer in range(1, len(self.hidden) + 1):
            values = activate(self.activation, values @ draws[f"weight{layer}"] + draws[f"bias{layer}"][:, None, :])
        return values

    def functions(self, draws: Mapping[str, FloatArray], x: FloatArray) -> FloatArray:
        """Return f (S, G, K'), all heads' functions one after the other."""
        h = self.hidden_values(draws, x)
        each = [_head(h, draws, name) for name in NAMES if site("weight", name) in draws]
        return each[0] if len(each) == 1 else np.concatenate(each, axis=2)

    def inputs(self, x: FloatArray) -> FloatArray:
        """Return x itself."""
        return x

    def program(self, likelihood: Likelihood = GAUSSIAN) -> Program:
        """Return the NumPyro program on the full posterior, as the source has it."""
        import jax.numpy as jnp  # noqa: PLC0415 (jax is paid for only by those who sample)
        import numpyro  # noqa: PLC0415
        import numpyro.distributions as dist  # noqa: PLC0415
        from jax.scipy.special import erf  # noqa: PLC0415

        bend = {"tanh": jnp.tanh, "relu": lambda z: jnp.maximum(z, 0.0), "erf": erf, "sin": jnp.sin}[self.activation]

        def program(x: Any, y: Any, weight: Any, width: Any, noise: Any, noise_known: bool) -> None:
            spread = self.spread_of(x.shape[1], width, likelihood.heads)
            sites = {}
            for name, shape in self.shapes(x.shape[1], likelihood.heads).items():
                prior = dist.Normal(jnp.zeros(shape), spread[name])
                sites[name] = numpyro.sample(name, prior.to_event(len(shape)) if shape else prior)
            h = x
            for layer in range(1, len(self.hidden) + 1):
                h = bend(h @ sites[f"weight{layer}"] + sites[f"bias{layer}"])
            each = []
            for head in likelihood.heads:
                f = h @ sites[head.weight_site]
                each.append(f + sites[head.bias_site] if head.bias else f)
            sigma = noise if noise_known else numpyro.sample("sigma", dist.HalfCauchy(noise))
            observe(likelihood, y, each[0] if len(each) == 1 else jnp.column_stack(each), sigma, weight)

        return program

    def scaffold(self, dataset: Dataset, prior: Prior, likelihood: Likelihood | None = None) -> Scaffold:
        """Return coordinates in which the prior is round; the axes are a diagonal, (P,)."""
        inputs, likelihood = dataset.x.shape[1], likelihood or dataset.likelihood
        shapes = self.shapes(inputs, likelihood.heads)
        spread = self.spread(inputs, prior.width, dict(prior.widths), likelihood.heads)
        parts = [np.full(int(np.prod(shape, dtype=int)), spread[site]) for site, shape in shapes.items()]
        centre, axes = np.zeros(sum(map(len, parts))), np.concatenate(parts)
        if not prior.noise_known:
            shapes["sigma"] = ()
            typical = min(max(float(dataset.y.std()) / 2, 1e-12), prior.noise) if len(dataset.y) > 1 else prior.noise
            centre, axes = np.append(centre, np.log(typical)), np.append(axes, 0.5)
        return Scaffold(centre, axes, shapes)

    def watched(self, dataset: Dataset) -> FloatArray:
        """Return the inputs (G, D) at which convergence is judged: hidden units can swap, function values cannot.

        One input: 25 points from a third of the range left of the data to a third right of it. Several: 25 rows, and
        five points along every input, just as far, while the others stay at their means.
        """
        x = dataset.x
        low, high = x.min(0), x.max(0)
        third = np.where(high > low, (high - low) / 3, 1.0)
        if x.shape[1] == 1:
            return np.linspace(low - third, high + third, 25)
        rows = _some(x, 25)
        along = np.tile(x.mean(0), (x.shape[1], 5, 1))
        for column, values in enumerate(np.linspace(low - third, high + third, 5).T):
            along[column, :, column] = values
        return np.concatenate([rows, along.reshape(-1, x.shape[1])])

    def watched_between(self, dataset: Dataset) -> FloatArray:
        """Return more inputs (G, D) to judge at before a fit is believed: where data are not, f is freest.

        One input: the middles of the widest gaps between neighbouring data and of some others. Several: places between
        rows that are far apart and between neighbours, and rows pushed outward by a half.
        """
        x = dataset.x
        if x.shape[1] == 1:
            ends = np.unique(x[:, 0])
            middles, gaps = (ends[1:] + ends[:-1]) / 2, np.diff(ends)
            widest = np.argsort(-gaps, kind="stable")
            chosen = np.unique(np.concatenate([widest[:_BETWEEN], _some(np.sort(widest[_BETWEEN:]), _BETWEEN)]))
            return middles[chosen.astype(int), None]
        rows = _some(x, _BETWEEN)
        size = np.where(np.ptp(x, axis=0) > 0, np.ptp(x, axis=0), 1.0)
        gaps = np.stack([(((x - row) / size) ** 2).sum(1) for row in rows])
        near = np.where(gaps > 0, gaps, np.inf).argmin(1)
        across = (rows + rows[::-1]) / 2
        return np.concatenate([across, (rows + x[near]) / 2, x.mean(0) + 1.5 * (rows - x.mean(0))])


def _head(h: FloatArray, draws: Mapping[str, FloatArray], name: str) -> FloatArray:
    """Return the functions (S, G, K) of one head on hidden values (S, G, H)."""
    weight, bias = draws[site("weight", name)], draws.get(site("bias", name))
    f: FloatArray
    if weight.ndim == 3:
        f = h @ weight
        return f if bias is None else f + bias[:, None, :]
    f = np.einsum("sgh,sh->sg", h, weight)
    return (f if bias is None else f + bias[:, None])[:, :, None]


_BETWEEN = 12


def _some(values: FloatArray, most: int) -> FloatArray:
    """Return at most so many of the values, evenly spaced by rank."""
    chosen: FloatArray = values[np.unique(np.linspace(0, len(values) - 1, min(len(values), most)).astype(int))]
    return chosen
