"""Monte-Carlo dropout: one network trained while units fall silent at random; every mask is a draw.

A mask that is held fixed and folded into the outgoing weights is one sub-network, so a draw is again a network.
Source: Gal and Ghahramani (2016).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.inference import Step
from bayes_core.inference._jax import Shape, Traced, constrained, jax, jnp, prepare
from bayes_core.inference._newton import steihaug
from bayes_core.inference._train import (
    ADAM,
    LEFT_EACH,
    LEFT_OVER,
    UNDER_WAY,
    cosine,
    loss_of,
    pieces,
    slice_of,
    starting_points,
    still,
)
from bayes_core.likelihoods import Heads
from bayes_core.likelihoods.heads import ONE
from bayes_core.models.mlp import Mlp
from bayes_core.types import Diagnostics, Fit, Question

_FASTEST, _SLOWEST = 0.05, 0.001
_MASKS = 8  # masks a step is averaged over
_BLOCK = 50  # steps whose masks are drawn at once: one by one takes half as long again; a fit is cut between blocks
_DRAWS = 400
_NEAR, _GLANCE = 1.0, 10  # radius, in prior sds, and Hessian products of the look that judges the end
_SHARES = (1.0, 0.5, 0.2, 0.1, 0.05)  # of its step, the best of which is told


def outgoing(model: Mlp, inputs: int, heads: int | Heads = ONE) -> FloatArray:
    """Return, for every weight, the hidden unit it leaves (P,), counted through the layers; -1 for those of inputs."""
    before = {"weight1": np.full(inputs, -1)}
    first = np.cumsum((0, *model.hidden))
    for layer in range(1, len(model.hidden)):
        before[f"weight{layer + 1}"] = np.arange(first[layer - 1], first[layer])
    last, parts = np.arange(first[-2], first[-1]), []  # all heads leave the same units
    for site, shape in model.shapes(inputs, heads).items():
        if site.startswith("weight"):
            parts.append(np.repeat(before.get(site, last), int(np.prod(shape[1:], dtype=int))))
        else:
            parts.append(np.full(int(np.prod(shape, dtype=int)), -1))
    return np.concatenate(parts)


class Objective(NamedTuple):
    """What is traced beside the weights: how often units fall silent, steps in all, the seed, the data."""

    rate: Any
    steps: Any
    seed: Any
    traced: Traced


class Trainer(NamedTuple):
    """The compiled parts of training: some steps more, draws, and the nats that are left at the end."""

    train: Any
    draw: Any
    judge: Any


@cache
def _trained(shape: Shape, owners: tuple[int, ...]) -> Trainer:
    """Return the compiled training: train((z, Adam's state, i), until, goal), draw(z, goal) -> z (S, P), and judge."""
    owner, units = np.array(owners), max(owners) + 1

    def fold(z: Any, keep: Any, rate: Any) -> Any:
        """Multiply every weight that leaves a hidden unit by its mask / (1 - rate)."""
        scale = jnp.concatenate([keep / (1 - rate), jnp.ones(1)])[owner]
        return jnp.concatenate([z[: len(owner)] * scale, z[len(owner) :]])

    def masks(key: Any, count: tuple[int, ...], goal: Objective) -> Any:
        return (jax.random.uniform(key, (*count, units)) >= goal.rate).astype(float)

    def mean_loss(z: Any, keep: Any, goal: Objective) -> Any:
        folded = jax.vmap(lambda k: fold(z, k, goal.rate))(keep)
        size = 0.5 * (folded[:, : len(owner)] ** 2).sum(1).mean()  # the prior is about the weights themselves
        return jax.vmap(loss_of(shape, goal.traced))(folded).mean() - size + 0.5 * (z[: len(owner)] ** 2).sum()

    def keys(goal: Objective) -> Any:
        return jax.random.split(jax.random.key(goal.seed), 3)

    @jax.jit
    def train(carry: Any, until: Any, goal: Objective) -> Any:
        first, *_ = keys(goal)

        def block(carry: Any) -> Any:
            number = carry[2] // _BLOCK
            keep = masks(jax.random.fold_in(first, number), (_BLOCK, _MASKS), goal)

            def step(carry: Any) -> Any:
                z, state, i = carry
                slope = jax.grad(mean_loss)(z, keep[i - number * _BLOCK], goal)
                moves, state = ADAM.update(slope, state)
                return z - cosine(i, goal.steps, _FASTEST, _SLOWEST) * moves, state, i + 1

            end = jnp.minimum(until, (number + 1) * _BLOCK)
            return jax.lax.while_loop(lambda carry: carry[2] < end, step, carry)

        return jax.lax.while_loop(lambda carry: carry[2] < until, block, carry)

    @jax.jit
    def draw(z: Any, goal: Objective) -> Any:
        return jax.vmap(lambda k: fold(z, k, goal.rate))(masks(keys(goal)[1], (_DRAWS,), goal))

    @jax.jit
    def judge(z: Any, goal: Objective) -> Any:
        keep, fresh = (masks(key, (_DRAWS,), goal) for key in keys(goal)[1:])
        slope, product = jax.linearize(jax.grad(lambda at: mean_loss(at, keep, goal)), z)
        near, idle = jnp.full(1, _NEAR), jnp.zeros(1, bool)
        (move,), _, _, _ = steihaug(lambda v: product(v[0])[None], slope[None], near, idle, _GLANCE)
        after = jax.lax.map(lambda share: mean_loss(z + share * move, fresh, goal), jnp.array(_SHARES))
        return mean_loss(z, fresh, goal) - after.min()

    return Trainer(train, draw, judge)


def steps(question: Question) -> Iterator[Step]:
    """Yield one network while it is trained for `budget.steps` steps; its draws are 400 masks.

    Raises ValueError for a model that is no network, and where training ran away.
    """
    model, prior, budget, seed = question.model, question.prior, question.budget, question.seed
    if not isinstance(model, Mlp):
        raise ValueError(f"dropout silences hidden units and the model {model.name!r} has none: use another method")
    shape, traced, scaffold = prepare(question)
    owners = tuple(int(unit) for unit in outgoing(model, question.dataset.x.shape[1], shape.likelihood.heads))
    trainer = _trained(shape, owners)
    start = starting_points(question.dataset, shape, scaffold, prior.noise, 1, (seed, 51))[0]
    goal = Objective(np.float64(budget.dropout_rate), np.int64(budget.steps), np.uint32(seed), traced)
    carry = (start, still(start), np.int64(0))
    size = slice_of(_MASKS * shape.size * len(traced.y))
    for until in pieces(0, budget.steps, max(size // _BLOCK, 1) * _BLOCK):
        carry = trainer.train(carry, np.int64(until), goal)
        complete = until == budget.steps
        drawn = np.asarray(trainer.draw(carry[0], goal))
        if not np.isfinite(drawn).all():
            raise ValueError("training ran away to infinity: rescale y, or fix the noise with noise_known=True")
        sites, noise = constrained(scaffold, drawn, prior)
        about = _about(float(trainer.judge(carry[0], goal)), shape.size) if complete else UNDER_WAY
        yield Step(until, budget.steps, Fit(question, sites, noise, None, about))


def _about(left: float, size: int) -> Diagnostics:
    """Judge the end by what a step of at most one prior sd, best for the masks that are drawn, gains on others.

    On the masks it was made for a step always gains, for they are a sample; with 200 rows several nats.
    """
    if left <= LEFT_OVER + LEFT_EACH * size:
        return Diagnostics("approximate", converged=True)
    told = f"Training stopped where a small step still lowers the loss by {left:.2g} nats: raise budget.steps."
    return Diagnostics("approximate", converged=False, complaints=(told,))
