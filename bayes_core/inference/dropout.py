"""Monte-Carlo dropout: one network trained while units fall silent at random; every mask is a draw.

A mask that is held fixed and folded into the outgoing weights is one sub-network, so a draw is again a network.
Source: Gal and Ghahramani (2016).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import optax

from bayes_core.checks import FloatArray
from bayes_core.inference import Step
from bayes_core.inference._jax import Shape, Traced, constrained, jax, jnp, prepare
from bayes_core.inference._train import loss_of
from bayes_core.models.mlp import Mlp
from bayes_core.types import Diagnostics, Fit, Question

_FASTEST, _SLOWEST = 0.05, 0.001
_MASKS = 8  # masks a step is averaged over
_DRAWS = 400


def outgoing(model: Mlp, inputs: int) -> FloatArray:
    """Return, for every weight, the hidden unit it leaves (P,), counted through the layers; -1 for those of inputs."""
    shapes, parts, first = model.shapes(inputs), [], 0
    for layer, units in enumerate((*model.hidden, 0), start=1):
        site = f"weight{layer}" if layer <= len(model.hidden) else "weight"
        rows = shapes[site][0]
        owner = np.arange(first - rows, first) if layer > 1 else np.full(rows, -1)
        parts.append(np.repeat(owner, int(np.prod(shapes[site][1:], dtype=int))))
        parts.append(np.full(int(np.prod(shapes[site.replace("weight", "bias")], dtype=int)), -1))
        first += units
    if "weight_noise" in shapes:
        parts.append(parts[-2])  # they leave the same units as the output weights
    return np.concatenate(parts)


@cache
def _trained(shape: Shape, steps: int, owners: tuple[int, ...]) -> Any:
    optimiser = optax.adam(optax.cosine_decay_schedule(_FASTEST, steps, _SLOWEST / _FASTEST))
    owner, units = np.array(owners), max(owners) + 1

    def fold(z: Any, keep: Any, rate: Any) -> Any:
        """Multiply every weight that leaves a hidden unit by its mask / (1 - rate)."""
        scale = jnp.concatenate([keep / (1 - rate), jnp.ones(1)])[owner]
        return jnp.concatenate([z[: len(owner)] * scale, z[len(owner) :]])

    @jax.jit
    def train(key: Any, start: Any, rate: Any, traced: Traced) -> Any:
        loss = loss_of(shape, traced)

        def mean_loss(z: Any, key: Any) -> Any:
            keep = (jax.random.uniform(key, (_MASKS, units)) >= rate).astype(float)
            folded = jax.vmap(lambda k: fold(z, k, rate))(keep)
            size = 0.5 * (folded[:, : len(owner)] ** 2).sum(1).mean()  # the prior is about the weights themselves
            return jax.vmap(loss)(folded).mean() - size + 0.5 * (z[: len(owner)] ** 2).sum()

        def step(carry: Any, key: Any) -> Any:
            z, state = carry
            moves, state = optimiser.update(jax.grad(mean_loss)(z, key), state)
            return (optax.apply_updates(z, moves), state), None

        first, last = jax.random.split(key)
        (z, _), _ = jax.lax.scan(step, (start, optimiser.init(start)), jax.random.split(first, steps))
        keep = (jax.random.uniform(last, (_DRAWS, units)) >= rate).astype(float)
        return z, jax.vmap(lambda k: fold(z, k, rate))(keep), keep

    return train


def steps(question: Question) -> Iterator[Step]:
    """Yield one fit whose draws are 400 masks of one trained network.

    Raises ValueError for a model that is no network, and where training ran away.
    """
    model, prior, budget, seed = question.model, question.prior, question.budget, question.seed
    if not isinstance(model, Mlp):
        raise ValueError(f"dropout silences hidden units and the model {model.name!r} has none: use another method")
    shape, traced, scaffold = prepare(question)
    owners = tuple(int(unit) for unit in outgoing(model, question.dataset.x.shape[1]))
    start = np.random.default_rng([seed, 51]).standard_normal(shape.size)
    if not prior.noise_known:
        start[-1] = 0.0
    train = _trained(shape, budget.steps, owners)
    _, z, _ = train(jax.random.PRNGKey(seed), start, np.float64(budget.dropout_rate), traced)
    drawn = np.asarray(z)
    if not np.isfinite(drawn).all():
        raise ValueError("training ran away to infinity: rescale y, or fix the noise with noise_known=True")
    sites, noise = constrained(scaffold, drawn, prior)
    yield Step(1, 1, Fit(question, sites, noise, None, Diagnostics("approximate")))
