r"""What the guides of variational inference share: one jitted run of Adam on the ELBO.

.. math:: \text{objective} = E_q[\log p(y \mid \theta)] - \beta\, \mathrm{KL}(q \,\|\, p(\theta))

with beta = `budget.kl_weight`; at 1 it is the ELBO. A beta other than 1 is the same as raising the likelihood to the
power 1 / beta (Wenzel et al. 2020), and that is how it is computed. With `budget.batch` rows a step sees a random
minibatch, each row counted N / B times, so that the gradient stays unbiased (Hoffman et al. 2013).
Source: Kucukelbir et al. (2017), Automatic Differentiation Variational Inference; guides by NumPyro.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, partial
from typing import Any, NamedTuple

import numpy as np
import numpyro
import numpyro.distributions as dist
import optax
from numpyro.handlers import replay
from numpyro.handlers import seed as seeded
from numpyro.infer import ELBO, SVI, init_to_value
from numpyro.infer.autoguide import AutoContinuous
from numpyro.infer.util import compute_log_probs

from bayes_core.checks import FloatArray
from bayes_core.inference import Step
from bayes_core.inference._jax import Shape, Traced, constrained, jax, jnp, potential, prepare
from bayes_core.inference._train import (
    LEFT_EACH,
    LEFT_OVER,
    UNDER_WAY,
    batch_of,
    cosine,
    minibatch,
    pieces,
    search,
    slice_of,
)
from bayes_core.models.base import Scaffold
from bayes_core.types import Diagnostics, Fit, Prior, Question

Guide = Callable[..., Any]
_PIECE = 500  # steps at most until one who has moved on is heard
_PARTICLES = 32  # Adam's noise then moves widths by 0.7 %, with 8 by 1.1 %, for 10 ms more
_LIGHT = 25_000  # parameters x rows up to which nothing is saved; a network of 800 weights would take half a minute
_JUDGES = 1024  # draws that judge the end of the search
_TOGETHER = 32  # of them in work at once: all of a network's hidden values would not fit the caches
_STARTS, _SEARCH = 8, 500  # of a network's start
_FASTEST, _SLOWEST = 0.1, 0.001  # learning rates of the first and the last step
_FARTHEST_START = 12.0  # posterior sds: from farther away Adam would spend all its steps on the way


class Gaussian(AutoContinuous):  # type: ignore[misc]
    """A guide whose draws are an affine map of standard normal noise; subclasses say which."""

    road: Any

    def noise_size(self, size: int) -> int:
        """Return how many standard normal numbers make one draw."""
        return size

    def placed(self, along: Any) -> Any:
        """Return the place (P,) that stands so far along the road's axes, columns of (P, P), or (P,): its own."""
        return self.road * along if self.road.ndim == 1 else (self.road * along).sum(-1)

    def entropy_slope(self, params: dict[str, Any]) -> Any:
        """Return what the entropy gains when each column of the map grows by its own size: 1 if the map is square."""
        return 1.0


class Normal(dist.Normal):  # type: ignore[misc]
    """NumPyro's normal, whose noise is made once: XLA would make it anew inside whatever it is used in."""

    def sample(self, key: Any, sample_shape: tuple[int, ...] = ()) -> Any:
        """Return the draws that NumPyro's gives."""
        return self.loc + self.scale * once(jax.random.normal(key, self.shape(sample_shape)), self.scale)


def once(value: Any, positive: Any) -> Any:
    """Return a value that is in memory when it is used, as a branch never is fused; `positive` is known at run time."""
    return jax.lax.cond(jnp.ravel(positive)[0] > 0, lambda v: v, jnp.zeros_like, value)


class _SplitElbo(ELBO):  # type: ignore[misc]
    """E_q[log p(y, z) - log q(z)] by sampling z from the guide, as NumPyro's Trace_ELBO; the KL is told beside it.

    Trace_ELBO adds the sites in the order of a set of names, which is another in every process: then the program
    is never found in jax's compilation cache.
    """

    def loss_with_mutable_state(
        self, rng_key: Any, param_map: dict[str, Any], model: Any, guide: Any, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        """Return {"loss": -ELBO, "mutable_state": {"kl": KL}}."""

        def parts(key: Any) -> Any:
            guided, drawn = compute_log_probs(seeded(guide, key), args, kwargs, param_map)
            joint, _ = compute_log_probs(replay(model, drawn), args, kwargs, param_map)
            return joint["fit"], sum(guided.values()) - joint["prior"]

        fits, kl = jax.vmap(parts)(jax.random.split(rng_key, self.num_particles))
        return {"loss": (kl - fits).mean(), "mutable_state": {"kl": kl.mean()}}


class Climb(NamedTuple):
    """The compiled parts of a climb: its first state, some steps more, and draws with what is left at the end."""

    begin: Any
    climb: Any
    draw: Any


class Place(NamedTuple):
    """Where a climb begins, all traced: the seed, a start and axes, the likelihood's power, steps in all, the data."""

    seed: Any
    start: Any
    road: Any
    tempering: Any
    steps: Any
    traced: Traced


@cache
def _run(shape: Shape, guide_of: Guide, draws: int, batch: int) -> Climb:
    """Return the compiled fit of one shape: climb(state, i, until, place) -> state, tempered fit and KL of each step.

    `draw(state, judged, place)` gives z (S, P) and what is left over, which takes longer and is 0 unless `judged`.
    """

    def begun(place: Place) -> tuple[Any, Any, Any]:
        """Return the guide, the search, and its first state."""
        whole = place.traced._replace(weight=place.traced.weight * place.tempering)

        def program(seen: Traced) -> None:
            z = numpyro.sample("z", dist.ImproperUniform(dist.constraints.real_vector, (), (shape.size,)))
            z = once(z, seen.noise)
            prior = -potential(shape, seen, observed=False)(z)
            numpyro.factor("prior", prior)
            numpyro.factor("fit", -potential(shape, seen)(z) - prior)

        guide = guide_of(program, init_loc_fn=init_to_value(values={"z": jnp.zeros(shape.size)}), init_scale=0.5)
        guide.road = place.road
        rate = partial(cosine, steps=place.steps, fastest=_FASTEST, slowest=_SLOWEST)
        particles = affordable(_PARTICLES, shape.size * (batch or len(place.traced.y)))
        svi = SVI(program, guide, optax.adam(rate), _SplitElbo(num_particles=particles))
        first = svi.init(_keys(place.seed)[0], whole, init_params={"auto_loc": place.start})
        return guide, svi, first._replace(mutable_state={"kl": jnp.zeros(())})

    @jax.jit
    def begin(place: Place) -> Any:
        return begun(place)[2]

    @jax.jit
    def climb(state: Any, i: Any, until: Any, place: Place) -> Any:
        _, svi, _ = begun(place)
        whole, rows = place.traced._replace(weight=place.traced.weight * place.tempering), _keys(place.seed)[3]

        def step(carry: Any) -> Any:
            state, done, fits, kls = carry
            seen = minibatch(jax.random.fold_in(rows, i + done), whole, batch) if batch else whole
            state, loss = svi.update(state, seen)
            kl = state.mutable_state["kl"]
            return state, done + 1, fits.at[done].set(kl - loss), kls.at[done].set(kl)

        start = (state, jnp.zeros_like(until), jnp.zeros(_PIECE), jnp.zeros(_PIECE))
        state, _, fits, kls = jax.lax.while_loop(lambda carry: carry[1] < until - i, step, start)
        return state, fits, kls

    @jax.jit
    def draw(state: Any, judged: Any, place: Place) -> Any:
        guide, svi, _ = begun(place)
        found = svi.get_params(state)
        transform, size = guide.get_transform(found), guide.noise_size(shape.size)
        _, judges, last, _ = _keys(place.seed)
        z = jax.vmap(transform)(jax.random.normal(last, (draws, size)))
        whole = place.traced._replace(weight=place.traced.weight * place.tempering)

        def judge() -> Any:
            noise = jax.random.normal(judges, (_JUDGES, size))
            return left_over(potential(shape, whole), transform, noise, guide.entropy_slope(found))

        return z, jax.lax.cond(judged, judge, lambda: jnp.zeros(()))

    return Climb(begin, climb, draw)


def affordable(most: int, numbers: int) -> int:
    """Return how many of `most` particles, or starts, a step may have that looks at so many numbers for each.

    >>> affordable(32, 50 * 16), affordable(32, 803 * 256), affordable(8, 10**9)
    (32, 3, 1)
    """
    return max(min(most, most * _LIGHT // numbers), 1)


def _keys(seed: Any) -> Any:
    """Return the keys of the start, of the draws that judge, of the draws and of the minibatches."""
    return jax.random.split(jax.random.key(seed), 4)


def left_over(energy: Callable[[Any], Any], transform: Callable[[Any], Any], noise: Any, slope: Any = 1.0) -> Any:
    r"""Return about how many nats the ELBO could still gain; at its maximum E[h] = 0 and E[h_j e_j] = -g_j.

    With z = t(e), h the gradient of log p(t(e), y) in e and g_j (`slope`) what the entropy gains when column j of t
    grows by its own size (1 where t is square), one Newton step for the place and one for the widths gain

    .. math:: \tfrac12 \sum_j \bar h_j^2 + \tfrac12 \sum_j g_j (d_j - 1 - \log d_j), \quad
        d_j = -\overline{h_j e_j} / g_j

    A decaying learning rate flattens every trace, so the trace alone cannot tell a top from a halt on the way.
    """
    slopes = -jax.lax.map(jax.grad(lambda e: energy(transform(e))), noise, batch_size=_TOGETHER)
    chance = slopes.var(0) / len(noise)
    place = jnp.maximum(slopes.mean(0) ** 2 - chance, 0.0)
    bend = jnp.maximum(-(slopes * noise).mean(0) / slope, 1e-300)
    return 0.5 * (place + slope * (bend - 1.0 - jnp.log(bend))).sum()


def variational_steps(question: Question, guide_of: Guide, *, diagonal: bool) -> Iterator[Step]:
    """Yield chains x draws independent draws of the best Gaussian so far, with the ELBO at every step.

    The family is Gaussian in the model's own unconstrained parameters (intercept, coef, log sigma). Coordinates only
    change the way there: any affine map keeps a full covariance full, a `diagonal` one keeps a diagonal diagonal.
    The place is searched along the scaffold's axes in both cases: along the parameters' own, a correlated posterior
    is a narrow valley that Adam does not get through.
    """
    prior, budget, seed, batch = question.prior, question.budget, question.seed, batch_of(question)
    shape, traced, full = prepare(question)
    scaffold, road = full, np.ones(shape.size)
    if diagonal:
        shape, traced, scaffold = prepare(question, diagonal=True)
        road = full.axes / np.diagonal(scaffold.axes)[:, None] if not full.diagonal else road
    run = _run(shape, guide_of, budget.chains * budget.draws, batch)
    start = _start(full, prior) if not full.diagonal else _trained_start(question, shape, traced, full)
    if full.diagonal:
        yield Step(0, budget.steps, None)  # the start is found; a watchdog counts what is compiled next anew
    tempering, steps = np.float64(1 / budget.kl_weight), np.int64(budget.steps)
    place = Place(np.uint32(seed), start, road, tempering, steps, traced)
    state, fits, kl, done = run.begin(place), np.empty(0), np.empty(0), 0
    numbers = shape.size * (batch or len(traced.y))
    piece = min(slice_of(affordable(_PARTICLES, numbers) * numbers), _PIECE)
    for until in pieces(0, budget.steps, piece):
        state, *more = run.climb(state, np.int64(done), np.int64(until), place)
        fits, kl = (np.append(old, new[: until - done]) for old, new in zip((fits, kl), more, strict=True))
        done = until
        complete = done == budget.steps
        z, left = (np.asarray(part) for part in run.draw(state, np.bool_(complete), place))
        told = kl - scaffold.log_size  # the coordinates' Jacobian: a density of the parameters themselves
        if not (np.isfinite(z).all() and np.isfinite(fits[-1] + told[-1])):
            raise ValueError(f"{question.method} ran away to infinity: rescale y, or raise budget.steps")
        sites, noise = constrained(scaffold, z, prior)
        about = _diagnose(fits - told, float(left), shape.size) if complete else UNDER_WAY
        about = replace(about, elbo=budget.kl_weight * fits - told, kl=told)
        yield Step(done, budget.steps, Fit(question, sites, noise, None, about))


def _start(scaffold: Scaffold, prior: Prior) -> FloatArray:
    """Return where the search begins: towards the prior's centre, so that the ELBO has something to climb."""
    home = np.zeros(len(scaffold.centre))
    if not prior.noise_known:
        home[-1] = np.log(prior.noise)
    z: FloatArray = np.clip(scaffold.back(home), -_FARTHEST_START, _FARTHEST_START)
    return z


def _trained_start(question: Question, shape: Shape, traced: Traced, scaffold: Scaffold) -> FloatArray:
    """Return the best of a few modes: zero, where all hidden units are alike, is a saddle that Adam may never leave."""
    starts = affordable(_STARTS, shape.size * len(traced.y) // 4)
    *_, found = search(question.dataset, shape, traced, scaffold, starts, _SEARCH, question.seed)
    best: FloatArray = found.z[int(np.argmin(np.where(np.isfinite(found.loss) & ~found.spike, found.loss, np.inf)))]
    return best


def _diagnose(objective: FloatArray, left: float, size: int) -> Diagnostics:
    """Judge convergence: the trace must have ended flat, and the gradient at its end must agree (`left_over`)."""
    tenth = max(len(objective) // 10, 1)
    before, after = objective[-2 * tenth : -tenth], objective[-tenth:]
    noise = float(np.hypot(before.std(), after.std())) / np.sqrt(tenth) if tenth > 1 else 0.0
    rise = float(after.mean() - before.mean()) if len(before) else 0.0
    told = []
    if not rise <= 4 * noise + 0.02:
        told.append(f"The ELBO still rose by {rise:.2g} at the end: raise budget.steps.")
    elif not left <= LEFT_OVER + LEFT_EACH * size:
        told.append(f"The search stopped about {left:.2g} nats below the best ELBO: raise budget.steps.")
    return Diagnostics("approximate", converged=not told, complaints=tuple(told))
