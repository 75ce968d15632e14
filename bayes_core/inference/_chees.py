"""Many short chains of HMC that tune themselves: one trajectory of all of them, whatever density they walk on.

Chains (C) advance as one array. Step size by dual averaging, trajectory length by the ChEES criterion (Hoffman, Radul
and Sountsov 2021), one diagonal metric pooled over chains and over hidden units, which are exchangeable. Everything is
in the precision of the chains' coordinates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from bayes_core.inference._jax import jax, jnp

CHAINS = 8
_FIRST_TEMPER = 0.02
LONGEST = 64  # leapfrog steps
_TARGET = 0.8

Slope = Callable[[Any], tuple[Any, Any]]
"""From coordinates (C, P) to the log density (C,) and its gradient (C, P)."""


class Plan(NamedTuple):
    """How many steps of warm-up there are, and in how many of them the likelihood is flattened; both are traced.

    Of none of either, chains that have a step behind them only get used to a density: the metric stays.
    """

    warmup: Any
    tempered: Any


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
    least: Any
    longest: Any


class Standing(NamedTuple):
    """Where chains stand before they adapt, and what they take for granted; all of it is traced.

    q (C, P); logs of a step, of the step that is sought at first, and of a length; the density's variances (P,), of
    which something like `least` (P,) is never undercut; and the number of adaptive steps that are behind.
    """

    q: Any
    step: Any
    goal: Any
    length: Any
    variance: Any
    least: Any
    i: Any


def nowhere(q: Any, width: Any, step: float, length: float) -> Standing:
    """Return chains at q (C, P) that know nothing but how wide, (P,), they think the density is."""
    first, goal, long = (jnp.asarray(np.log(part), q.dtype) for part in (step, 10 * step, length))
    return Standing(q, first, goal, long, width**2, width**2, jnp.zeros((), np.int64))


def begun(at: Standing, value: Any, slope: Any, pooled: Callable[[Any], Any]) -> State:
    """Return chains that begin where they stand, given the log density (C,) and its gradient (C, P) there."""
    zero, none = jnp.zeros(()), jnp.zeros(at.q.shape[1])
    state = State(
        at.q, value, slope, at.step, at.step, zero, at.goal, at.length, at.length, zero, zero,
        _widths(pooled(at.variance), at.least), none, none, zero, at.i, at.least, jnp.asarray(1.0 * LONGEST),
    )  # fmt: skip
    # in one precision and without weak types: with them the second call of what follows would compile anew
    kind = {name: at.q.dtype for name in State._fields} | {"i": state.i.dtype}
    return State(*(jax.lax.convert_element_type(part, kind[name]) for name, part in state._asdict().items()))


def _widths(variance: Any, least: Any) -> Any:
    return jnp.sqrt(0.95 * variance + 0.05 * least)


def _halton(i: Any) -> Any:
    bits = (i[..., None] >> jnp.arange(12)) & 1
    return (bits * 2.0 ** -(jnp.arange(12) + 1.0)).sum(-1) + 2.0**-13


def advance(state: State, key: Any, slope_of: Slope, adapt: bool, low: float = 0.0, high: float = 2.0) -> State:
    """Move every chain by one trajectory, `low` to `high` lengths long; while `adapt`, tune step, length and metric."""
    kind = state.q.dtype
    walk, toss = jax.random.split(key)
    step = jnp.exp(state.step if adapt else state.step_mean)
    length = jnp.exp(state.length if adapt else state.length_mean)
    share = low + (high - low) * _halton(state.i % 4096).astype(kind)
    leaps = jnp.clip(jnp.ceil(share * length / step), 1, state.longest).astype(jnp.int32)
    start = jax.random.normal(walk, state.q.shape, kind)

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
    taken = (jax.random.uniform(toss, (len(q),), kind) < accept) & fine

    def pick(new: Any, old: Any) -> Any:
        return jnp.where(taken.reshape((-1,) + (1,) * (new.ndim - 1)), new, old)

    moved = state._replace(
        q=pick(q, state.q), value=pick(value, state.value), slope=pick(slope, state.slope), i=state.i + 1
    )
    return _tuned(state, moved, q, p, accept, fine, step, share, length) if adapt else moved


def _tuned(old: State, new: State, q: Any, p: Any, accept: Any, fine: Any, step: Any, share: Any, length: Any) -> State:
    t = (old.i + 1).astype(q.dtype)
    error = old.error + (_TARGET - accept.mean() - old.error) / (t + 10)
    log_step = old.step_goal - jnp.sqrt(t) / 0.05 * error
    rate = t**-0.75
    end = jnp.where(fine[:, None], q, old.q) / old.scale
    start = old.q / old.scale
    end, start = end - end.mean(0), start - start.mean(0)
    spread = ((end**2).sum(1) - (start**2).sum(1)) * (end * p).sum(1)
    pull = share * length * jnp.where(fine, accept * spread, 0.0).sum() / (accept.sum() + 1e-6)
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


def warm(
    state: State, keys: Any, plan: Plan, slope_of: Callable[[Any, Any], tuple[Any, Any]], pooled: Callable[[Any], Any]
) -> State:
    """Return the state after one adaptive step for each key: first the likelihood is raised from 2 % to 100 %.

    `slope_of(q, temper)` is the density with its likelihood raised to a power; `pooled` averages variances (P,) over
    whatever is exchangeable.
    """
    (warmup, tempered), kind = plan, state.q.dtype

    def body(state: State, key: Any) -> Any:
        temper = jnp.minimum(1.0, _FIRST_TEMPER ** (1 - state.i / tempered)).astype(kind)

        def tempered_slope(q: Any) -> Any:
            return slope_of(q, temper)

        value, slope = jax.lax.cond(state.i <= tempered, tempered_slope, lambda q: (state.value, state.slope), state.q)

        def afresh(now: Any, then: Any) -> Any:  # the flattened target wanted longer trajectories
            return jnp.where(state.i == tempered, then, now).astype(kind)

        state = state._replace(
            value=value,
            slope=slope,
            length=afresh(state.length, jnp.log(0.5)),
            length_mean=afresh(state.length_mean, jnp.log(0.5)),
            push=afresh(state.push, 0.0),
            push_square=afresh(state.push_square, 0.0),
        )
        state = advance(state, key, tempered_slope, adapt=True)
        renew = (state.i == tempered * 5 // 7) | (state.i == tempered + (warmup - tempered) * 3 // 13)
        variance = pooled(state.scatter / jnp.maximum(state.count - 1, 1))
        keep = jnp.where(renew, 0.0, 1.0).astype(kind)
        scale = jnp.where(renew, _widths(variance, state.least), state.scale)
        return state._replace(
            scale=scale, mean=state.mean * keep, scatter=state.scatter * keep, count=state.count * keep
        ), None

    state, _ = jax.lax.scan(body, state, keys)
    return state


def pooled_over(sites: Mapping[str, tuple[int, ...]], variance: Any) -> Any:
    """Return variances (P,) averaged over hidden units, which can swap places; what follows the sites stays."""
    parts, start = [], 0
    for site, shape in sites.items():
        count = int(np.prod(shape))
        block = variance[start : start + count].reshape(shape)
        axes = _exchangeable(site, shape)
        parts.append(jnp.broadcast_to(block.mean(axes, keepdims=True), shape).ravel() if axes else block.ravel())
        start += count
    return jnp.concatenate([*parts, variance[start:]])


def _exchangeable(site: str, shape: tuple[int, ...]) -> tuple[int, ...]:
    """Return the axes of a site along which hidden units lie."""
    if site == "bias":
        return ()
    if site == "weight":
        return (0,)
    return (0, 1) if len(shape) == 2 and site != "weight1" else (len(shape) - 1,)


def halves(state: State, key: Any) -> list[tuple[State, Any]]:
    """Return two states of half the chains each: after warm-up they have nothing more to say to each other."""
    chains = {name: np.asarray(getattr(state, name)) for name in ("q", "value", "slope")}
    parts = [{name: values[first::2] for name, values in chains.items()} for first in (0, 1)]
    return [(state._replace(**part), jax.random.fold_in(key, i)) for i, part in enumerate(parts)]
