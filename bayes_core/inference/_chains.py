"""How chains of HMC that tune themselves are run until function values agree: warm-up, pieces, judgement, patience.

Chains warm up as one array. Then they go on in two halves, each on a core of its own, until R-hat < 1.01 and more than
400 draws are effective, or time is up. Where they end in different places a longer warm-up is tried.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.inference import Step
from bayes_core.inference._chees import LONGEST, Plan, Standing, State, halves
from bayes_core.inference._jax import at_once, jax
from bayes_core.inference.pace import Pace, more_needed
from bayes_core.types import Diagnostics, Fit, Question, Tuning

CHUNK = 125  # draws of each chain: judged are two of them, three, four, six, eight and so on
BREATH = 25  # steps of warm-up after which one who has moved on is heard
PIECE = 125  # draws after which one who has moved on is heard
_MANY = 6  # chunks from which on the first third is forgotten
_PATIENCE = 8.0  # seconds of sampling before "not converged" is said; as many as warm-up took, if that is more
_LONG_WARMUP = 25.0  # seconds that warm-up may take, as its first steps foretell: beyond them it is shortened
_SHORTEST_WARMUP = 60
_AGAIN = 50  # adaptive steps from the chains of a neighbouring answer
_NEAR = 0.7  # log of how much longer than the last one a step may be that is sought there at first
_FEWEST = 8  # leapfrog steps that there may be at most where warm-up would take too long otherwise
_APART = 1.2  # R-hat from which on chains are in different places: then a longer warm-up is tried

Short = tuple[tuple[int, int], ...]
"""(size of the work, most steps at a time), both rising in turn."""


@dataclass(frozen=True)
class Walk:
    """What a sampler brings: how chains start, warm up, draw, and how draws are read as a fit and judged.

    `draw(count)` advances by so many steps and returns the state and what was drawn, arrays (count, C, ...); `fit`
    takes those as (C, n, ...), and the state after warm-up. `judge(fit, late)` looks at whatever must agree, and where
    time is up at all of it. `plans` are warm-ups, tried in turn while chains stay apart; before them come some adaptive
    steps from `again`, where a neighbouring answer's chains stand on this density. `size` is
    what the time of a step grows with, `short` how many are made at a time, `least` how many chunks are drawn before
    anything is judged. Chains that do not go `apart` stay one array: their steps are too short for a second core.
    """

    question: Question
    start: Callable[[Any], State]
    warm: Callable[[State, Any, Plan], State]
    draw: Callable[[int], Callable[[State, Any], Any]]
    fit: Callable[[list[FloatArray], State], Fit]
    judge: Callable[[Fit, bool], Diagnostics]
    plans: tuple[Plan, ...]
    size: int
    short: Short
    least: int = 2
    apart: bool = True
    again: Callable[[], State] | None = None

    def few(self, usual: int) -> int:
        """Return how many steps are made at a time, fewer where one takes long; it changes nothing about them."""
        return min([usual, *(few for above, few in self.short if self.size > above)])


def tuning_of(state: State) -> Tuning:
    """Return what the chains of a state have learnt."""
    return Tuning(float(state.step_mean), float(state.length_mean))


def standing(before: Fit, old: FloatArray, new: FloatArray) -> Standing:
    """Return where a neighbouring answer's chains stand, from its draws in old and in new coordinates, (S, P) each.

    The weights stay, numbers are in single precision, and a variance is never taken for less than 0.05 of the prior's.
    """
    tuning, chains, size = before.diagnostics.tuning, before.diagnostics.chains, new.shape[1]
    assert tuning is not None
    single = np.float32
    return Standing(
        new.reshape(chains, -1, size)[:, -1].astype(single),
        single(tuning.step),
        single(tuning.step + _NEAR),
        single(tuning.length),
        old.var(0).astype(single),
        np.ones(size, single),
        np.ones((), np.int64),
    )


def run(walk: Walk) -> Iterator[Step]:
    """Yield progress, partial fits chunk by chunk, and the complete one when it is converged or time is up.

    Of many draws the most recent two thirds count, so that a bad start is forgotten. `Step.total` is what the last
    judgement and the clock say that it will take. Raises ValueError where the density is not finite.
    """
    key, done = jax.random.PRNGKey(walk.question.seed), 0
    plans: list[Plan | None] = [None, *walk.plans] if walk.again else [*walk.plans]
    for plan in plans:
        for step in _attempt(walk, key, plan, last=plan is plans[-1]):
            done += 1
            yield replace(step, done=done, total=done + step.total - step.done)
        if step.fit is not None and step.fit.diagnostics.complete:
            return
        key = jax.random.fold_in(key, 1)


def _attempt(walk: Walk, key: Any, plan: Plan | None, *, last: bool) -> Iterator[Step]:
    """Yield the steps of one warm-up and what follows; unless it is the last, end it where chains are far apart."""
    first, second = jax.random.split(key)
    a_chunk, breaths, warm = CHUNK // walk.few(PIECE), 0, Pace(_LONG_WARMUP)
    for state, left in _warmed(walk, first, plan, warm):  # noqa: B007 (the last one is read below)
        breaths += 1
        yield Step(breaths, breaths + left + walk.least * a_chunk, None)
    if not np.isfinite(np.asarray(state.value)).all():
        data = walk.question.dataset
        name, values = ("x", data.x) if data.task == "classification" else ("y", data.y)
        largest = np.abs(values).max()
        raise ValueError(
            f"{name} reaches {largest:.3g} and the log density is not finite there: give {name} in other units"
        )
    parts, pace, check, needed = [], Pace(max(_PATIENCE, warm.seconds)), walk.least, float(walk.least * a_chunk)
    for piece in _pieces(walk, state, second):
        parts.append(piece)
        pace.piece()
        chunks, more = divmod(len(parts), a_chunk)
        late, fit, finished, apart = pace.late, None, False, False
        due = late or (not more and chunks >= check)
        if due or len(parts) == 1:
            kept = parts[_forgotten(chunks, a_chunk, len(parts), late) :]
            drawn = [np.concatenate(values).swapaxes(0, 1) for values in zip(*kept, strict=True)]
            fit = walk.fit(drawn, state)
        if fit is not None and due:
            about = replace(walk.judge(fit, late), tuning=fit.diagnostics.tuning)
            apart = not (last or late) and about.largest_r_hat > _APART  # who is late has no time for a longer one
            finished, check = (late or bool(about.converged)) and not apart, int(chunks * 1.33) + 1
            needed = max(len(parts) * more_needed(about), float(check * a_chunk))
            fit = replace(fit, diagnostics=replace(about, complete=finished))
        done = breaths + len(parts)
        yield Step(done, done if finished else breaths + pace.expected(needed), fit)
        if finished or apart:
            return


def _warmed(walk: Walk, key: Any, plan: Plan | None, pace: Pace) -> Iterator[tuple[State, int]]:
    """Yield the chains as they warm up, and how many such steps are left.

    A warm-up that takes too long has fewer steps, and where that is not enough shorter trajectories.
    """
    place, steps = jax.random.split(key)
    if plan is None:
        yield from _adapted(walk, steps, pace)
        return
    state, keys = walk.start(place), np.asarray(jax.random.split(steps, plan.warmup))
    breath, warmup, done = walk.few(BREATH), int(plan.warmup), 0
    while done < warmup:
        now, began = Plan(warmup, warmup * plan.tempered // plan.warmup), time.perf_counter()
        state = jax.block_until_ready(walk.warm(state, keys[done : done + breath], now))  # type: ignore[no-untyped-call]
        took = time.perf_counter() - began
        done += breath
        pace.piece()
        if done == 2 * breath:  # none of the steps that depend on the whole of it have been taken
            warmup = min(warmup, max(breath * pace.expected(np.inf), _SHORTEST_WARMUP)) if pace.each > 0 else warmup
        left = -(-(warmup - done) // breath)
        if done > breath and left:  # the first one compiles
            share = max(pace.patience - pace.seconds, 0.0) / left / took
            longest = np.clip(float(state.longest) * share, _FEWEST, LONGEST)
            state = state._replace(longest=longest.astype(state.longest.dtype))
        yield state, left


def _adapted(walk: Walk, key: Any, pace: Pace) -> Iterator[tuple[State, int]]:
    """Yield the chains of a neighbouring answer as they get used to this question."""
    assert walk.again is not None
    breath, state = walk.few(BREATH), walk.again()
    keys = np.asarray(jax.random.split(key, walk.plans[0].warmup))  # as many as a cold start has: that is compiled
    for done in range(0, _AGAIN, breath):
        now = keys[done : done + breath]
        state = jax.block_until_ready(walk.warm(state, now, Plan(0, 0)))  # type: ignore[no-untyped-call]
        pace.piece()
        yield state, 0


def _forgotten(chunks: int, a_chunk: int, pieces: int, late: bool) -> int:
    """Return how many pieces do not count: the first third of many chunks, or of what there is where time is up."""
    if chunks:
        return chunks // 3 * a_chunk if late or chunks >= _MANY else 0
    return pieces // 3


def _pieces(walk: Walk, state: State, key: Any) -> Iterator[list[FloatArray]]:
    """Yield what is drawn, arrays (n, C, ...), piece after piece, for as long as asked."""
    parts, draw = halves(state, key) if walk.apart else [(state, key)], walk.draw(walk.few(PIECE))
    while True:
        drawn = at_once(lambda half: draw(*half), parts)
        parts = [(state, key) for (state, *_), (_, key) in zip(drawn, parts, strict=True)]
        yield [np.concatenate(values, axis=1) for values in zip(*(rest for _, *rest in drawn), strict=True)]
