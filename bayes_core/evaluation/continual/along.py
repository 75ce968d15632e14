"""What is believed in turns, at every position of a handle, beside what all rows at once say; what is still known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.inference.linear_posterior import Spectrum, solve
from bayes_core.intervals import tails
from bayes_core.numerics import mixture

from .curves import Columns, Curve
from .turns import Belief, Keeping, Task, at_once, in_turns

DRAWS, PRIOR_DRAWS, MEMBERS = 200, 2000, 16
_INNER = 0.5


@dataclass(frozen=True, eq=False)
class Plan:
    """Which curve learns which tasks, in their order, with which noise, and what it keeps between them.

    `truth` (K, n) is what the curve should be at the rows of each task.
    """

    curve: Curve
    tasks: Sequence[Task]
    truth: Sequence[FloatArray]
    noise: float
    keeps: Keeping
    seed: int = 0


@dataclass(frozen=True, eq=False)
class Told:
    """What a belief says at places (G,): its mean (V, G), edges {name: (lower, upper)} (V, G), members (V, M, G)."""

    mean: FloatArray
    edges: Mapping[str, tuple[FloatArray, FloatArray]]
    members: FloatArray


@dataclass(frozen=True, eq=False)
class Along:
    """Learning in turns at V positions.

    `together` is what all the rows seen so far say at once. `errors` (V, T + 1, K) are the root mean squares of how far
    the mean is from the truth where task k was measured, after t tasks. `gap` (V,) is the largest distance between both
    means at the places, `evidence` and `evidence_together` (V,) log p(rows so far); `ended` (V,) whether all searches
    came to an end.
    """

    turns: Told
    together: Told
    errors: FloatArray
    gap: FloatArray
    evidence: FloatArray
    evidence_together: FloatArray
    ended: NDArray[np.bool_]

    @property
    def widths(self) -> FloatArray:
        """Return how wide the credible band is beside that of all rows at once, on average over the places, (V,)."""
        both = [(one.edges["credible"][1] - one.edges["credible"][0]).mean(1) for one in (self.turns, self.together)]
        share: FloatArray = both[0] / both[1]
        return share


def along(plan: Plan, sd: FloatArray, trust: FloatArray, seen: NDArray[np.intp], x: FloatArray, level: float) -> Along:
    """Return it all for prior sds (V, P) and trust (V,), after `seen` (V,) tasks, at places x (G,).

    Where sds and trust are the same everywhere the tasks are learnt once.
    """
    same = bool((sd == sd[:1]).all() and (trust == trust[:1]).all())
    place = np.zeros(len(seen), int) if same else np.arange(len(seen))
    few = slice(0, 1) if same else slice(None)
    beliefs = in_turns(plan.curve, plan.tasks, sd[few], plan.noise, trust[few], plan.keeps, plan.seed)
    chosen = _joined([beliefs[t].take(np.array([p])) for t, p in zip(seen, place, strict=True)])
    turns = told(plan, chosen, seen == 0, x, level)
    errors = np.stack([_errors(plan, belief, first=t == 0) for t, belief in enumerate(beliefs)], axis=1)[place]
    together, evidence, ended = _together(plan, sd, seen, x, level)
    gap = np.abs(turns.mean - together.mean).max(1)
    return Along(turns, together, errors, gap, chosen.log_evidence, evidence, chosen.ended & ended)


def told(plan: Plan, belief: Belief, prior: NDArray[np.bool_], x: FloatArray, level: float) -> Told:
    """Return what a belief says at x; where it is still the `prior` (V,) of a network nothing is linearised.

    A Gaussian over the weights of a straight curve is one over its values; of a network Laplace's is read by the
    tangent at its mean, as linearised Laplace does, and a variational one by draws.
    """
    made, drawn = _by_tangent(plan, belief, x, level), _drawn(plan, prior)
    for some, draws in ((drawn & prior, PRIOR_DRAWS), (drawn & ~prior, DRAWS)):
        at = np.flatnonzero(some)
        if len(at):
            _put(made, at, _by_draws(plan, belief.take(at), x, level, draws))
    return made


def _put(made: Told, at: NDArray[np.intp], other: Told) -> None:
    """Put what is told of some positions in the place of what stands there."""
    made.mean[at], made.members[at] = other.mean, other.members
    for name, edges in other.edges.items():
        for edge, new in zip(made.edges[name], edges, strict=True):
            edge[at] = new


def _drawn(plan: Plan, prior: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return at which positions draws tell what is believed."""
    return np.asarray(prior | (plan.keeps == "meanfield")) & (not plan.curve.straight)


def _by_tangent(plan: Plan, belief: Belief, x: FloatArray, level: float) -> Told:
    f, rows = plan.curve.slopes(belief.mean, x)
    spread = rows @ _root(belief)
    sd = np.sqrt((spread**2).sum(-1))
    members: FloatArray = f[:, None] + _lots(MEMBERS, spread.shape[-1]) @ spread.swapaxes(1, 2)
    return Told(f, _normal(f, sd, plan.noise, level), members)


def _root(belief: Belief) -> FloatArray:
    """Return R (V, P, P) with R R' the covariance."""
    return np.asarray(np.linalg.inv(np.linalg.cholesky(belief.precision)).swapaxes(1, 2), float)


def _lots(count: int, size: int) -> FloatArray:
    """Return standard normals (count, P), always the same ones: members glide."""
    return np.random.default_rng(5).standard_normal((count, size))


def _normal(mean: FloatArray, sd: FloatArray, noise: float, level: float) -> dict[str, tuple[FloatArray, FloatArray]]:
    from scipy.special import ndtri  # noqa: PLC0415 (a third of a second to import)

    wide = {
        "predictive": (level, np.sqrt(sd**2 + noise**2)),
        "credible": (level, sd),
        "inner": (_INNER, sd),
    }
    reach = {name: float(ndtri(tails(share)[1])) * spread for name, (share, spread) in wide.items()}
    return {name: (mean - half, mean + half) for name, half in reach.items()}


def _by_draws(plan: Plan, belief: Belief, x: FloatArray, level: float, draws: int) -> Told:
    f = _draws(plan, belief, x, draws)
    shares = sorted({*tails(level), *tails(_INNER)})
    found = dict(zip(shares, np.quantile(f, shares, axis=1), strict=True))
    edges = {name: tuple(found[p] for p in tails(share)) for name, share in (("credible", level), ("inner", _INNER))}
    centre = f.swapaxes(1, 2)
    even = np.full((1, 1, draws), 1 / draws)
    outer = mixture.quantiles(tails(level), even, centre, np.full_like(centre, plan.noise), 1e-4)
    return Told(f.mean(1), {"predictive": (outer[0], outer[1]), **edges}, f[:, :MEMBERS])


def _draws(plan: Plan, belief: Belief, x: FloatArray, draws: int) -> FloatArray:
    """Return f (V, S, G) of draws from a belief, in opposite pairs."""
    lots = _lots(draws // 2, belief.mean.shape[1])
    weights = belief.mean[:, None] + np.concatenate([lots, -lots]) @ _root(belief).swapaxes(1, 2)
    return plan.curve.values(weights, x)


def _errors(plan: Plan, belief: Belief, first: bool) -> FloatArray:
    """Return how far the mean is from the truth at the rows of each task, (V, K)."""
    x = np.concatenate([task.x for task in plan.tasks])
    drawn = _drawn(plan, np.array([first]))[0]
    mean = _draws(plan, belief, x, DRAWS).mean(1) if drawn else plan.curve.values(belief.mean, x)
    off = (mean - np.concatenate(list(plan.truth))) ** 2
    ends = np.cumsum([len(task.x) for task in plan.tasks])[:-1]
    return np.asarray(np.sqrt(np.stack([part.mean(1) for part in np.split(off, ends, axis=1)], axis=1)))


def _together(
    plan: Plan, sd: FloatArray, seen: NDArray[np.intp], x: FloatArray, level: float
) -> tuple[Told, FloatArray, NDArray[np.bool_]]:
    """Return what all rows so far say at once: of a straight curve by the exact answer of the linear pages."""
    if isinstance(plan.curve, Columns):
        return _exactly(plan, plan.curve, sd, seen, x, level)
    same = bool((sd == sd[:1]).all())
    counts = np.unique(seen) if same else seen
    place = np.searchsorted(counts, seen) if same else np.arange(len(seen))
    belief = at_once(plan.curve, plan.tasks, counts.tolist(), sd[: len(counts)], plan.noise, plan.keeps, plan.seed)
    belief = belief.take(place)
    return told(plan, belief, seen == 0, x, level), belief.log_evidence, belief.ended


def _exactly(
    plan: Plan, curve: Columns, sd: FloatArray, seen: NDArray[np.intp], x: FloatArray, level: float
) -> tuple[Told, FloatArray, NDArray[np.bool_]]:
    rows, places = curve.model.design, x[:, None]
    mean, spread, evidence = [], [], []
    for count in np.unique(seen):
        at = np.flatnonzero(seen == count)
        some = plan.tasks[:count]
        design = np.concatenate([rows(np.zeros((0, 1))), *(rows(task.x[:, None]) for task in some)])
        y = np.concatenate([np.zeros(0), *(task.y for task in some)])
        widths, noises = sd[at, 0], np.full(len(at), plan.noise)
        answer = solve(Spectrum.of(design), np.broadcast_to(y, (len(at), len(y))), widths, noises, noise_known=True)
        moments = answer.moments(rows(places))
        mean.append((at, moments[0]))
        spread.append((at, moments[1]))
        evidence.append((at, answer.log_evidence))
    f, wide = _placed(mean, (len(seen), len(x))), _placed(spread, (len(seen), len(x)))
    told = Told(f, _normal(f, wide, plan.noise, level), f[:, None])
    return told, _placed(evidence, (len(seen),)), np.ones(len(seen), bool)


def _placed(parts: list[tuple[NDArray[np.intp], FloatArray]], shape: tuple[int, ...]) -> FloatArray:
    made = np.empty(shape)
    for at, values in parts:
        made[at] = values
    return made


def _joined(beliefs: Sequence[Belief]) -> Belief:
    names = ("mean", "precision", "log_evidence", "ended")
    return Belief(*(np.concatenate([getattr(one, name) for one in beliefs]) for name in names))
