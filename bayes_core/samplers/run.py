"""Four chains on a target, each until it has spent its evaluations, with chance that no setting changes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.samplers.moves import Density, Dice, Move, Options, State
from bayes_core.samplers.nuts import DEEPEST
from bayes_core.samplers.reference import reference
from bayes_core.samplers.registry import SAMPLERS
from bayes_core.samplers.targets import BEGINNINGS, Target, target

CHAINS, PLACES = 4, 321
STARTS = ("spread", "corner", "together")
METRICS = ("unit", "diagonal", "dense")


@dataclass(frozen=True)
class Plan:
    """What is run: a target and a sampler by name, its options, where chains start, chance, and evaluations a chain.

    The metric says in which coordinates a sampler sees the target: as they are, in sds, or without correlation.
    Raises ValueError with the rule for what there is not, and for a step size that is no positive number.
    """

    target: str
    sampler: str
    size: float = 0.5
    metric: str = "diagonal"
    start: str = "spread"
    leaps: int = 10
    seed: int = 0
    spend: int = 1000

    def __post_init__(self) -> None:
        """Check names and sizes."""
        known = {"sampler": tuple(SAMPLERS), "metric": METRICS, "start": STARTS}
        for name, options in known.items():
            value = getattr(self, name)
            if value not in options:
                raise ValueError(f"the {name} is {value!r}: give one of {', '.join(options)}")
        if not 0 < self.size < np.inf:
            raise ValueError(f"the step size is {self.size!r}: give a positive number")
        if self.leaps < 1 or self.spend < 1:
            raise ValueError(f"leaps is {self.leaps!r} and spend is {self.spend!r}: give whole numbers of at least 1")


@dataclass(frozen=True, eq=False)
class Run:
    """Chains as they went: by chain its moves, states (n + 1, 2) and evaluations spent by each of them (n + 1,)."""

    plan: Plan
    moves: tuple[tuple[Move, ...], ...]
    shape: FloatArray

    @cached_property
    def states(self) -> tuple[FloatArray, ...]:
        """Return each chain's states (n + 1, 2), its start first."""
        return tuple(
            np.array([chain[0].path[chain[0].start], *((m.state.x, m.state.y) for m in chain)]) @ self.shape.T
            for chain in self.moves
        )

    @cached_property
    def spent(self) -> tuple[FloatArray, ...]:
        """Return how many evaluations each chain had spent when it came to each of its states."""
        return tuple(np.cumsum([0.0, *(m.cost for m in chain)]) for chain in self.moves)

    def done(self, chain: int, spent: float) -> int:
        """Return how many moves a chain has finished by so many evaluations."""
        return int(np.searchsorted(self.spent[chain], spent, "right")) - 1

    def told(self, spent: float) -> FloatArray:
        """Return how many moves all chains have finished by so many evaluations, how many of these were accepted, and
        how many diverged.
        """
        total: FloatArray = np.sum([told[self.done(k, spent)] for k, told in enumerate(self._told)], axis=0)
        return total

    @cached_property
    def _told(self) -> tuple[FloatArray, ...]:
        """Return the same of each chain by its first moves (n + 1, 3)."""
        rows = ([(0.0, 0.0, 0.0), *((1.0, m.accepted, m.diverged) for m in chain)] for chain in self.moves)
        return tuple(np.cumsum(chain, axis=0) for chain in rows)

    def path(self, chain: int, index: int) -> FloatArray:
        """Return the points (n, 2) that a move looked at, in the order of its path."""
        made: FloatArray = np.array(self.moves[chain][index].path) @ self.shape.T
        return made

    def at(self, times: FloatArray) -> FloatArray:
        """Return where the chains are (4, T, 2) at so many evaluations, NaN beyond what was run."""
        where = np.full((CHAINS, len(times), 2), np.nan)
        for k, (states, spent) in enumerate(zip(self.states, self.spent, strict=True)):
            seen = times <= min(self.plan.spend, spent[-1])
            where[k, seen] = states[np.searchsorted(spent, times[seen], "right") - 1]
        return where


@lru_cache(maxsize=160)  # 40 MB
def run(plan: Plan, begun: Run | None = None) -> Run:
    """Return the run of a plan: every chain goes on until it has spent what it may.

    A run of the same plan that was `begun` and may spend less is what this one begins with, whatever is given.

    >>> one = run(Plan("banana", "random_walk", spend=50))
    >>> len(one.moves), len(one.states[0]), float(one.spent[0][-1])
    (4, 51, 50.0)
    """
    aim, sampler = target(plan.target), SAMPLERS[plan.sampler]
    shape = metric(plan.target, plan.metric if "metric" in sampler.reads else "unit")
    step = sampler.step or (sampler.on and sampler.on(aim.many, *aim.grid(PLACES)))
    assert step is not None
    density, options = seen_through(aim, shape), Options(plan.size, plan.leaps)
    chains = []
    for k, start in enumerate(BEGINNINGS[plan.target][STARTS.index(plan.start)]):
        moves = list(begun.moves[k]) if begun else []
        now = moves[-1].state if moves else State.at(density, *np.linalg.solve(shape, start).tolist())
        left = plan.spend - sum(move.cost for move in moves)
        for chance in dice(plan.seed, k, plan.spend)[len(moves) :]:
            if left <= 0:
                break
            moves.append(step(density, now, options, chance))
            now, left = moves[-1].state, left - moves[-1].cost
        chains.append(tuple(moves))
    return Run(plan, tuple(chains), shape)


def metric(name: str, kind: str) -> FloatArray:
    """Return the matrix A (2, 2) of coordinates z in which a sampler walks, x = A z; its mass matrix is (A A')^-1."""
    told = reference(name)
    if kind == "dense":
        return np.linalg.cholesky(told.cov).astype(float)
    return np.diag(told.sd) if kind == "diagonal" else np.eye(2)


def seen_through(aim: Target, shape: FloatArray) -> Density:
    """Return a target's log density in coordinates z, x = A z, with A lower triangular."""
    (a, _), (b, c) = shape.tolist()
    log = aim.log

    def density(u: float, v: float) -> tuple[float, float, float]:
        value, dx, dy = log(a * u, b * u + c * v)
        return value, a * dx + b * dy, c * dy

    return density


@lru_cache(maxsize=32)
def dice(seed: int, chain: int, count: int) -> tuple[Dice, ...]:
    """Return the chance of a chain's first `count` transitions: a longer run begins with the same.

    >>> dice(1, 0, 3) == dice(1, 0, 5)[:3]
    True
    """
    normal = np.random.default_rng([seed, chain, 0]).standard_normal((count, 2)).tolist()
    uniform = np.random.default_rng([seed, chain, 1]).random((count, 3 * DEEPEST)).tolist()
    return tuple(Dice((p, q), tuple(row)) for (p, q), row in zip(normal, uniform, strict=True))
