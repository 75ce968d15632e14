"""What mean-field and full-rank variational inference share: one jitted run of Adam on the ELBO.

Source: Kucukelbir et al. (2017), Automatic Differentiation Variational Inference; guides by NumPyro.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np
import numpyro
import numpyro.distributions as dist
import optax
from numpyro.handlers import replay
from numpyro.handlers import seed as seeded
from numpyro.infer import ELBO, SVI, init_to_value
from numpyro.infer.autoguide import AutoContinuous
from numpyro.infer.util import compute_log_probs

from bayes_core.inference import Step
from bayes_core.inference._jax import Question, Shape, ask, constrained, jax, jnp, potential, programmed
from bayes_core.inference._train import train
from bayes_core.models.base import Scaffold
from bayes_core.types import Budget, Dataset, Diagnostics, Fit, FloatArray, Model, Prior

Guide = Callable[..., AutoContinuous]
_PARTICLES = 32  # Adam's noise then moves widths by 0.7 %, with 8 by 1.1 %, for 10 ms more
_JUDGES = 1024  # draws that judge the end of the search
_LEFT_OVER = 0.1  # nats of ELBO that a converged search may leave
_STARTS, _SEARCH = 8, 500  # of a network's start
_FASTEST, _SLOWEST = 0.1, 0.001  # learning rates of the first and the last step
_FARTHEST_START = 12.0  # posterior sds: from farther away Adam would spend all its steps on the way


class _OrderedElbo(ELBO):  # type: ignore[misc]
    """E_q[log p(y, z) - log q(z)] by sampling z from the guide, as NumPyro's Trace_ELBO.

    Trace_ELBO adds the sites in the order of a set of names, which is another in every process: then the program
    is never found in jax's compilation cache.
    """

    def loss_with_mutable_state(
        self, rng_key: Any, param_map: dict[str, Any], model: Any, guide: Any, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        """Return {"loss": -ELBO}."""

        def gain(key: Any) -> Any:
            guided, drawn = compute_log_probs(seeded(guide, key), args, kwargs, param_map)
            joint, _ = compute_log_probs(replay(model, drawn), args, kwargs, param_map)
            return sum(joint.values()) - sum(guided.values())

        return {"loss": -jax.vmap(gain)(jax.random.split(rng_key, self.num_particles)).mean(), "mutable_state": None}


@cache
def _run(shape: Shape, guide_of: Guide, steps: int, draws: int) -> Any:
    """Return the compiled fit of one shape: (seed, start, road, question) -> z (S, P), ELBO (steps,), left over."""
    rate = optax.cosine_decay_schedule(_FASTEST, steps, _SLOWEST / _FASTEST)

    @jax.jit
    def run(seed: Any, start: Any, road: Any, question: Question) -> Any:
        energy = potential(shape, question)

        def program() -> None:
            z = numpyro.sample("z", dist.ImproperUniform(dist.constraints.real_vector, (), (shape.size,)))
            # a branch is never fused: otherwise XLA makes the random numbers anew inside every product of a network
            numpyro.factor("log joint", -energy(jax.lax.cond(question.width > 0, lambda z: z, jnp.zeros_like, z)))

        first, judges, last = jax.random.split(jax.random.key(seed), 3)
        guide = guide_of(program, init_loc_fn=init_to_value(values={"z": jnp.zeros(shape.size)}), init_scale=0.5)
        guide.road = road
        svi = SVI(program, guide, optax.adam(rate), _OrderedElbo(num_particles=_PARTICLES))
        state = svi.init(first, init_params={"auto_loc": start})

        def step(state: Any, _: Any) -> Any:
            state, loss = svi.update(state)
            return state, -loss

        state, elbo = jax.lax.scan(step, state, None, length=steps)
        transform = guide.get_transform(svi.get_params(state))
        z = transform(jax.random.normal(last, (draws, shape.size)))
        return z, elbo, left_over(energy, transform, jax.random.normal(judges, (_JUDGES, shape.size)))

    return run


def left_over(energy: Callable[[Any], Any], transform: Callable[[Any], Any], noise: Any) -> Any:
    r"""Return about how many nats the ELBO could still gain; at its maximum E[h] = 0 and E[h_j e_j] = -1.

    With z = t(e) and h the gradient of log p(t(e), y) in e, one Newton step for the place and one for the widths gain

    .. math:: \tfrac12 \sum_j \bar h_j^2 + \tfrac12 \sum_j (d_j - 1 - \log d_j), \quad d_j = -\overline{h_j e_j}

    A decaying learning rate flattens every trace, so the trace alone cannot tell a top from a halt on the way.
    """
    slopes = -jax.vmap(jax.grad(lambda e: energy(transform(e))))(noise)
    chance = slopes.var(0) / len(noise)
    place = jnp.maximum(slopes.mean(0) ** 2 - chance, 0.0)
    bend = jnp.maximum(-(slopes * noise).mean(0), 1e-300)
    return 0.5 * (place + bend - 1.0 - jnp.log(bend)).sum()


def variational_steps(
    method: str,
    guide_of: Guide,
    dataset: Dataset,
    model: Model,
    prior: Prior,
    budget: Budget,
    seed: int,
    *,
    diagonal: bool,
) -> Iterator[Step]:
    """Yield one complete fit: chains x draws independent draws of the best Gaussian, with the ELBO at every step.

    The family is Gaussian in the model's own unconstrained parameters (intercept, coef, log sigma). Coordinates only
    change the way there: any affine map keeps a full covariance full, a `diagonal` one keeps a diagonal diagonal.
    The place is searched along the scaffold's axes in both cases: along the parameters' own, a correlated posterior
    is a narrow valley that Adam does not get through.
    """
    shape, question, full = ask(dataset, programmed(model, method), prior)
    scaffold, road = full, np.eye(shape.size)
    if diagonal:
        shape, question, scaffold = ask(dataset, programmed(model, method), prior, diagonal=True)
        road = full.axes / np.diagonal(scaffold.axes)[:, None] if full.axes.ndim == 2 else road
    total = budget.chains * budget.draws
    run = _run(shape, guide_of, budget.steps, total)
    start = _start(full, prior) if full.axes.ndim == 2 else _trained_start(shape, question, seed)
    z, elbo, left = (np.asarray(part) for part in run(np.uint32(seed), start, road, question))
    trace = elbo + _log_size(scaffold)  # the coordinates' Jacobian: a bound on log p(y) itself
    if not (np.isfinite(z).all() and np.isfinite(trace[-1])):
        raise ValueError(f"{method} ran away to infinity: rescale y, or raise budget.steps")
    sites, noise = constrained(scaffold, z, prior)
    yield Step(budget.steps, budget.steps, Fit(method, model, prior, sites, noise, None, _diagnose(trace, float(left))))


def _start(scaffold: Scaffold, prior: Prior) -> FloatArray:
    """Return where the search begins: towards the prior's centre, so that the ELBO has something to climb."""
    home = np.zeros(len(scaffold.centre))
    if not prior.noise_known:
        home[-1] = np.log(prior.noise)
    way = home - scaffold.centre
    steps = way / scaffold.axes if scaffold.axes.ndim == 1 else np.linalg.solve(scaffold.axes, way)
    z: FloatArray = np.clip(steps, -_FARTHEST_START, _FARTHEST_START)
    return z


def _trained_start(shape: Shape, question: Question, seed: int) -> FloatArray:
    """Return the best of a few modes: zero, where all hidden units are alike, is a saddle that Adam may never leave."""
    found, loss = train(shape, question, _STARTS, _SEARCH, seed)
    best: FloatArray = found[int(np.argmin(np.where(np.isfinite(loss), loss, np.inf)))]
    return best


def _log_size(scaffold: Scaffold) -> float:
    """Return the log determinant of the coordinates' axes."""
    if scaffold.axes.ndim == 1:
        return float(np.log(scaffold.axes).sum())
    return float(np.linalg.slogdet(scaffold.axes)[1])


def _diagnose(elbo: FloatArray, left: float) -> Diagnostics:
    """Judge convergence: the trace must have ended flat, and the gradient at its end must agree (`left_over`)."""
    tenth = max(len(elbo) // 10, 1)
    before, after = elbo[-2 * tenth : -tenth], elbo[-tenth:]
    noise = float(np.hypot(before.std(), after.std())) / np.sqrt(tenth) if tenth > 1 else 0.0
    rise = float(after.mean() - before.mean()) if len(before) else 0.0
    told = []
    if not rise <= 4 * noise + 0.02:
        told.append(f"The ELBO still rose by {rise:.2g} at the end: raise budget.steps.")
    elif not left <= _LEFT_OVER:
        told.append(f"The search stopped about {left:.2g} nats below the best ELBO: raise budget.steps.")
    return Diagnostics("approximate", elbo=elbo, converged=not told, complaints=tuple(told))
