"""The fast network sampler: many short chains of HMC that tune themselves, on the posterior without its output layer.

Eight chains advance as one array. Step size by dual averaging, trajectory length by the ChEES criterion (Hoffman,
Radul and Sountsov 2021), one diagonal metric pooled over chains and over hidden units, which are exchangeable. The
likelihood is raised from 2 % to 100 % over the first third of warm-up: without that, hard fits end in different modes.
Where chains still do, and always with periodic units, it is raised ten times as slowly (three sin units on thirty rows
with whole-numbered inputs: 68 % of the chains had missed the mode, and in six of twelve fits all eight; then 11 %, and
in none). Then the chains go on in two halves, each on a core of its own, until function values agree (R-hat < 1.01,
more than 400 effective draws, between the data and in the tails too) or time is up; the output layer is drawn exactly.
The posterior is that of `nuts`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.inference import Step
from bayes_core.inference._jax import at_once, jax, jnp, padded
from bayes_core.inference._marginal import Data, Net, draw_output, sites_of, value_and_grad
from bayes_core.inference.existence import refuse_without_posterior
from bayes_core.inference.judge import both, judge_any, judge_functions
from bayes_core.inference.pace import Pace, more_needed
from bayes_core.models.mlp import Mlp
from bayes_core.types import Dataset, Diagnostics, Fit, Prior, Question

CHAINS = 8
_BREATH = 25  # steps of warm-up after which one who has moved on is heard
_FIRST_TEMPER = 0.02
_CHUNK = 125  # draws of each chain: judged are two of them, three, four, six, eight and so on
_PIECE = 125  # draws after which one who has moved on is heard
_SHORT = ((1 << 10, 50), (1 << 15, 10), (1 << 17, 2))  # the same where rows times units are more than this
_MANY = 6  # chunks from which on the first third is forgotten
_LONGEST, _FEWEST = 64, 8  # leapfrog steps; where warm-up would take too long there may be fewer, but never so few
_TARGET = 0.8
_STRICTER = 1.009  # R-hat at which drawing ends: it must be below 1.01 at inputs in between, too
_PATIENCE = 8.0  # seconds of sampling before "not converged" is said; as many as warm-up took, if that is more
_LONG_WARMUP = 25.0  # seconds that warm-up may take, as its first steps foretell: beyond them it is shortened
_SHORTEST_WARMUP = 60
_APART = 1.2  # R-hat from which on chains are in different places: then a longer warm-up is tried


class Plan(NamedTuple):
    """How many steps of warm-up there are, and in how many of them the likelihood is flattened; both are traced."""

    warmup: Any
    tempered: Any


_USUAL, _CAREFUL = Plan(200, 70), Plan(1000, 700)


class State(NamedTuple):
    """Chains and everything that adapts."""

    q: Any
    value: Any
    slope: Any
    step: Any
    step_mean: Any
    error: Any
    step_goal: Any
    length: Any
    length_mean: Any
    push: Any
    push_square: Any
    scale: Any
    mean: Any
    scatter: Any
    count: Any
    i: Any
    first: Any
    longest: Any


def _halton(i: Any) -> Any:
    bits = (i[..., None] >> jnp.arange(12)) & 1
    return (bits * 2.0 ** -(jnp.arange(12) + 1.0)).sum(-1) + 2.0**-13


def _advance(state: State, key: Any, slope_of: Any, adapt: bool) -> State:
    """Move every chain by one jittered trajectory; while `adapt`, tune step, length and metric."""
    walk, toss = jax.random.split(key)
    step = jnp.exp(state.step if adapt else state.step_mean)
    length = jnp.exp(state.length if adapt else state.length_mean)
    jitter = _halton(state.i % 4096)
    leaps = jnp.clip(jnp.ceil(2 * jitter * length / step), 1, state.longest).astype(jnp.int32)
    start = jax.random.normal(walk, state.q.shape)

    def leap(_: Any, carry: Any) -> Any:
        q, p, _, slope = carry
        p = p + 0.5 * step * state.scale * slope
        q = q + step * state.scale * p
        value, slope = slope_of(q)
        return q, p + 0.5 * step * state.scale * slope, value, slope

    q, p, value, slope = jax.lax.fori_loop(0, leaps, leap, (state.q, start, state.value, state.slope))
    gain = value - state.value - 0.5 * ((p**2).sum(1) - (start**2).sum(1))
    fine = jnp.isfinite(gain) & jnp.isfinite(slope).all(1)
    accept = jnp.where(fine, jnp.exp(jnp.minimum(gain, 0.0)), 0.0)
    taken = (jax.random.uniform(toss, (len(q),)) < accept) & fine

    def pick(new: Any, old: Any) -> Any:
        return jnp.where(taken.reshape((-1,) + (1,) * (new.ndim - 1)), new, old)

    moved = state._replace(
        q=pick(q, state.q), value=pick(value, state.value), slope=pick(slope, state.slope), i=state.i + 1
    )
    return _tuned(state, moved, q, p, accept, fine, step, jitter, length) if adapt else moved


def _tuned(
    old: State, new: State, q: Any, p: Any, accept: Any, fine: Any, step: Any, jitter: Any, length: Any
) -> State:
    t = old.i + 1.0
    error = old.error + (_TARGET - accept.mean() - old.error) / (t + 10)
    log_step = old.step_goal - jnp.sqrt(t) / 0.05 * error
    rate = t**-0.75
    end = jnp.where(fine[:, None], q, old.q) / old.scale
    start = old.q / old.scale
    end, start = end - end.mean(0), start - start.mean(0)
    spread = ((end**2).sum(1) - (start**2).sum(1)) * (end * p).sum(1)
    pull = 2 * jitter * length * jnp.where(fine, accept * spread, 0.0).sum() / (accept.sum() + 1e-6)
    push, square = 0.9 * old.push + 0.1 * pull, 0.95 * old.push_square + 0.05 * pull**2
    log_length = old.length + 0.05 * (push / (1 - 0.9**t)) / (jnp.sqrt(square / (1 - 0.95**t)) + 1e-8)
    log_length = jnp.clip(log_length, log_step, log_step + jnp.log(old.longest))
    count = old.count + len(q)
    mean = old.mean + (new.q - old.mean).sum(0) / count
    return new._replace(
        step=log_step,
        step_mean=rate * log_step + (1 - rate) * old.step_mean,
        error=error,
        length=log_length,
        length_mean=rate * log_length + (1 - rate) * old.length_mean,
        push=push,
        push_square=square,
        mean=mean,
        scatter=old.scatter + ((new.q - old.mean) * (new.q - mean)).sum(0),
        count=count,
    )


def _pooled(net: Net, variance: Any) -> Any:
    """Return variances (size,) averaged over hidden units, which can swap places."""
    parts, start = [], 0
    for site, shape in net.model.shapes(net.inputs).items():
        if site in ("weight", "bias"):
            continue
        count = int(np.prod(shape))
        block = variance[start : start + count].reshape(shape)
        axes = (0, 1) if len(shape) == 2 and site != "weight1" else (len(shape) - 1,)
        parts.append(jnp.broadcast_to(block.mean(axes, keepdims=True), shape).ravel())
        start += count
    return jnp.concatenate([*parts, variance[start:]])


@cache
def _start(net: Net) -> Any:
    @jax.jit
    def start(place: Any, data: Data) -> State:
        size, rows = net.size, data.weight.sum()
        q = jax.random.normal(place, (CHAINS, size))
        first = jnp.ones(size)
        if not net.noise_known:
            middle = (data.weight * data.y).sum() / rows  # centred first: a difference of two squares may be negative
            spread = jnp.sqrt((data.weight * (data.y - middle) ** 2).sum() / rows)
            q = q.at[:, -1].set(jnp.log(0.5 * spread + 1e-3 * data.noise))
            first = first.at[-1].set(1 / jnp.sqrt(2 * rows))
        value, slope = value_and_grad(net, q, data)
        zero, step = jnp.zeros(()), jnp.log(0.02)
        state = State(
            q, value, slope, step, step, zero, step + jnp.log(10.0), jnp.log(0.3), jnp.log(0.3), zero, zero,
            first, jnp.zeros(size), jnp.zeros(size), zero, jnp.asarray(0), first, jnp.asarray(1.0 * _LONGEST),
        )  # fmt: skip
        # without weak types: with them the second call of what follows would compile anew
        strong: State = jax.tree.map(lambda part: jax.lax.convert_element_type(part, part.dtype), state)
        return strong

    return start


@cache
def _warm(net: Net) -> Any:
    @jax.jit
    def warm(state: State, keys: Any, data: Data, plan: Plan) -> State:
        warmup, tempered = plan

        def body(state: State, key: Any) -> Any:
            temper = jnp.minimum(1.0, _FIRST_TEMPER ** (1 - state.i / tempered))

            def slope_of(q: Any) -> Any:
                return value_and_grad(net, q, data, temper)

            value, slope = jax.lax.cond(state.i <= tempered, slope_of, lambda q: (state.value, state.slope), state.q)

            def afresh(now: Any, then: Any) -> Any:  # the flattened target wanted longer trajectories
                return jnp.where(state.i == tempered, then, now)

            state = state._replace(
                value=value,
                slope=slope,
                length=afresh(state.length, jnp.log(0.5)),
                length_mean=afresh(state.length_mean, jnp.log(0.5)),
                push=afresh(state.push, 0.0),
                push_square=afresh(state.push_square, 0.0),
            )
            state = _advance(state, key, slope_of, adapt=True)
            renew = (state.i == tempered * 5 // 7) | (state.i == tempered + (warmup - tempered) * 3 // 13)
            variance = _pooled(net, state.scatter / jnp.maximum(state.count - 1, 1))
            keep = jnp.where(renew, 0.0, 1.0)
            scale = jnp.where(renew, jnp.sqrt(0.95 * variance + 0.05 * state.first**2), state.scale)
            return state._replace(
                scale=scale, mean=state.mean * keep, scatter=state.scatter * keep, count=state.count * keep
            ), None

        state, _ = jax.lax.scan(body, state, keys)
        return state

    return warm


@cache
def _draw(net: Net, count: int) -> Any:
    @jax.jit
    def draw(state: State, key: Any, data: Data) -> Any:
        keys = jax.vmap(lambda i: jax.random.fold_in(key, i))(state.i + jnp.arange(count))

        def body(state: State, key: Any) -> Any:
            state = _advance(state, key, lambda q: value_and_grad(net, q, data), adapt=False)
            return state, state.q

        state, q = jax.lax.scan(body, state, keys)
        outputs = jax.lax.map(lambda pair: draw_output(net, jax.random.fold_in(pair[0], 7), pair[1], data), (keys, q))
        return state, q, outputs

    return draw


def steps(question: Question) -> Iterator[Step]:
    """Yield progress, partial fits chunk by chunk, and the complete one when function values converged or time is up.

    Of many draws the most recent two thirds count, so that a bad start is forgotten. `Step.total` is what the last
    judgement and the clock say that it will take. Raises ValueError for a model that is no network, where there is no
    posterior, and where the density is not finite.
    """
    dataset, model, prior = question.dataset, question.model, question.prior
    if not isinstance(model, Mlp):
        raise ValueError(f"hmc integrates a network's output layer and the model is {model.name!r}: use method='nuts'")
    refuse_without_posterior(dataset, model, prior)
    net = Net(model, dataset.x.shape[1], prior.noise_known)
    data, key, done = traced(net, dataset, prior), jax.random.PRNGKey(question.seed), 0
    plans = (_CAREFUL,) if model.activation == "sin" else (_USUAL, _CAREFUL)  # periodic units have more modes
    for plan in plans:
        for step in _attempt(question, net, data, key, plan, last=plan is plans[-1]):
            done += 1
            yield replace(step, done=done, total=done + step.total - step.done)
        if step.fit is not None and step.fit.diagnostics.complete:
            return
        key = jax.random.fold_in(key, 1)


def _attempt(question: Question, net: Net, data: Data, key: Any, plan: Plan, *, last: bool) -> Iterator[Step]:
    """Yield the steps of one warm-up and what follows; unless it is the last, end it where chains are far apart."""
    dataset, model = question.dataset, net.model
    first, second = jax.random.split(key)
    a_chunk, breaths, warm = _CHUNK // _short(_PIECE, net, data), 0, Pace(_LONG_WARMUP)
    for state, left in _warmed(net, data, first, plan, warm):  # noqa: B007 (the last one is read below)
        breaths += 1
        yield Step(breaths, breaths + left + 2 * a_chunk, None)
    if not np.isfinite(np.asarray(state.value)).all():
        raise ValueError(
            f"y reaches {np.abs(dataset.y).max():.3g} and the log density is not finite there: give y in other units"
        )
    watched, between = model.watched(dataset), model.watched_between(dataset)
    parts, pace, check, needed = [], Pace(max(_PATIENCE, warm.seconds)), 2, 2.0 * a_chunk
    for piece in _pieces(net, data, state, second):
        parts.append(piece)
        pace.piece()
        chunks, more = divmod(len(parts), a_chunk)
        late, fit, finished, apart = pace.late, None, False, False
        due = late or (not more and chunks >= check)
        if due or len(parts) == 1:
            kept = parts[_forgotten(chunks, a_chunk, len(parts), late) :]
            fit = _fit(question, net, [np.concatenate(values).swapaxes(0, 1) for values in zip(*kept, strict=True)])
        if fit is not None and due:
            about = judge_any(fit) if late else _judged(fit, watched, between)
            apart = not (last or late) and about.largest_r_hat > _APART  # who is late has no time for a longer one
            finished, check = (late or bool(about.converged)) and not apart, int(chunks * 1.33) + 1
            needed = max(len(parts) * more_needed(about), float(check * a_chunk))
            fit = replace(fit, diagnostics=replace(about, complete=finished))
        done = breaths + len(parts)
        yield Step(done, done if finished else breaths + pace.expected(needed), fit)
        if finished or apart:
            return


def _warmed(net: Net, data: Data, key: Any, plan: Plan, pace: Pace) -> Iterator[tuple[State, int]]:
    """Yield the chains as they warm up, and how many such steps are left.

    A warm-up that takes too long has fewer steps, and where that is not enough shorter trajectories.
    """
    place, walk = jax.random.split(key)
    state, keys = _start(net)(place, data), jax.random.split(walk, plan.warmup)
    breath, warmup, done = _short(_BREATH, net, data), int(plan.warmup), 0
    while done < warmup:
        now, began = Plan(warmup, warmup * plan.tempered // plan.warmup), time.perf_counter()
        state = jax.block_until_ready(_warm(net)(state, keys[done : done + breath], data, now))  # type: ignore[no-untyped-call]
        took = time.perf_counter() - began
        done += breath
        pace.piece()
        if done == 2 * breath:  # none of the steps that depend on the whole of it have been taken
            warmup = min(warmup, max(breath * pace.expected(np.inf), _SHORTEST_WARMUP)) if pace.each > 0 else warmup
        left = -(-(warmup - done) // breath)
        if done > breath and left:  # the first one compiles
            share = max(pace.patience - pace.seconds, 0.0) / left / took
            state = state._replace(longest=np.clip(float(state.longest) * share, _FEWEST, _LONGEST))
        yield state, left


def _forgotten(chunks: int, a_chunk: int, pieces: int, late: bool) -> int:
    """Return how many pieces do not count: the first third of many chunks, or of what there is where time is up."""
    if chunks:
        return chunks // 3 * a_chunk if late or chunks >= _MANY else 0
    return pieces // 3


def _judged(fit: Fit, watched: FloatArray, between: FloatArray) -> Diagnostics:
    """Judge a fit where it is watched, and only if that holds, in between: `judge_any` in the order that is cheap."""
    about = judge_functions(fit, watched)
    if not about.converged or about.largest_r_hat > _STRICTER:
        return replace(about, converged=False)
    return both(about, judge_functions(fit, between)) if len(between) else about


def _short(usual: int, net: Net, data: Data) -> int:
    """Return how many steps are made at a time, fewer where one takes long; it changes nothing about them."""
    size = len(data.y) * sum(net.model.hidden)
    return min([usual, *(few for above, few in _SHORT if size > above)])


def _pieces(net: Net, data: Data, state: State, key: Any) -> Iterator[list[FloatArray]]:
    """Yield hidden coordinates (n, C, size) and output weights (n, C, K), piece after piece, for as long as asked."""
    halves, draw = _halves(state, key), _draw(net, _short(_PIECE, net, data))
    while True:
        drawn = at_once(lambda half: draw(*half, data), halves)
        halves = [(state, key) for (state, *_), (_, key) in zip(drawn, halves, strict=True)]
        yield [np.concatenate(values, axis=1) for values in zip(*(rest for _, *rest in drawn), strict=True)]


def _halves(state: State, key: Any) -> list[tuple[State, Any]]:
    """Return two states of half the chains each: after warm-up they have nothing more to say to each other."""
    chains = {name: np.asarray(getattr(state, name)) for name in ("q", "value", "slope")}
    parts = [{name: values[first::2] for name, values in chains.items()} for first in (0, 1)]
    return [(state._replace(**part), jax.random.fold_in(key, i)) for i, part in enumerate(parts)]


def traced(net: Net, dataset: Dataset, prior: Prior) -> Data:
    """Return the traced half of a fit, rows padded to a size that is compiled for."""
    return Data(*padded(dataset.x, dataset.y), net.model.widths(net.inputs, prior), np.float64(prior.noise))


def _fit(question: Question, net: Net, drawn: list[FloatArray]) -> Fit:
    """Return draws (C, n, ...) of hidden coordinates and output weights as a Fit, chain after chain."""
    prior, widths = question.prior, net.model.widths(net.inputs, question.prior)
    q, outputs = (values.reshape(-1, values.shape[-1]) for values in drawn)
    sites = {site: np.asarray(values) for site, values in sites_of(net, q, widths).items()}
    spread = net.model.spread_of(net.inputs, widths)
    sites |= {"weight": spread["weight"] * outputs[:, :-1], "bias": spread["bias"] * outputs[:, -1]}
    noise = np.full(len(q), prior.noise) if net.noise_known else np.exp(q[:, -1])
    return Fit(question, sites, noise, None, Diagnostics("sampled", CHAINS, complete=False))
