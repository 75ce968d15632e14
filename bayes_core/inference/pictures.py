"""How networks of pictures are fitted: the house's methods in numpy, with the gradient by hand.

    map           Adam, then L-BFGS on the log posterior, from one start
    laplace_last  a Gaussian on the last layer around it, as wide as the curvature says
    ensemble      the same search from several starts
    dropout       Adam while hidden units fall silent; each mask folded into the last layer is a draw
    vi_meanfield  Adam on mean and sd of every weight, with reparameterised draws (Bayes by Backprop)

All weights are whitened: z = weight / prior sd, so that the prior is N(0, I) whatever its width. Rows are worked
through in blocks, which stay in a processor's cache and below the size at which BLAS takes threads that fight over two
cores.
Sources: Blundell et al. (2015); Gal and Ghahramani (2016); Daxberger et al. (2021); Lakshminarayanan et al. (2017).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.inference import Step
from bayes_core.models.pictures import CLASSES, LastLayer, PictureModel, Single, Weights, pictures
from bayes_core.types import Diagnostics, Fit, Question

_BLOCK = 128  # rows
_ROUND = 30  # iterations of L-BFGS between two news
_MEMORY, _HALVINGS = 12, 12  # steps that tell the curvature; of a step that does not go down
_NEWS = 100  # steps of Adam between two news
_ENOUGH = 3e-3  # of the loss: a round that gains less ends a search
_DOWN = 400  # steps of Adam on blocks of rows, by which a search gets into its valley
_FASTEST, _SLOWEST = 0.05, 0.0005  # learning rates of Adam, in prior sds
_DRAWS = 100  # masks that dropout is asked with
_FIRST_SD = 0.1  # of every weight when a variational search begins, in prior sds


@dataclass(frozen=True, eq=False)
class Problem:
    """A question in whitened coordinates z (P,): the rows as the network reads them, and the prior sd of every weight.

    >>> from bayes_core import Dataset, Prior, ask
    >>> from bayes_core.models.pictures import Dense
    >>> rows = Dataset.from_arrays(np.eye(64)[:10], np.arange(10), task="classification")
    >>> problem = Problem.of(ask(rows, Dense(2), "map", Prior(1.0)))
    >>> loss, slope = problem.loss(np.zeros(problem.size, np.float32))
    >>> round(loss, 4) == round(10 * float(np.log(10)), 4), slope.shape == (problem.size,)
    (True, True)
    """

    model: PictureModel
    x: Single
    y: NDArray[np.intp]
    width: float

    @classmethod
    def of(cls, question: Question) -> Problem:
        """Return the problem of a question. Raises ValueError unless it is one of ten classes."""
        model, data = question.model, question.dataset
        assert isinstance(model, PictureModel)
        if len(data.classes) != CLASSES:
            raise ValueError(f"the rows have {len(data.classes)} classes and the network has {CLASSES}: one each digit")
        return cls(model, model.inputs(pictures(data.x)), data.y.astype(np.intp), question.prior.width)

    @cached_property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Return the shape of every site."""
        return self.model.shapes()

    @cached_property
    def spread(self) -> Single:
        """Return the prior sd of every weight (P,)."""
        sds = self.model.spread(self.width)
        return np.concatenate(
            [np.full(int(np.prod(shape)), sds[site], np.float32) for site, shape in self.shapes.items()]
        )

    @property
    def size(self) -> int:
        """Return the number of weights P."""
        return len(self.spread)

    def sites(self, z: Single) -> dict[str, Single]:
        """Return the weights by name at coordinates z (..., P)."""
        flat, sites, start = z * self.spread, {}, 0
        for site, shape in self.shapes.items():
            size = int(np.prod(shape))
            sites[site] = flat[..., start : start + size].reshape((*flat.shape[:-1], *shape))
            start += size
        return sites

    def slope(self, slopes: Mapping[str, Single]) -> Single:
        """Return a gradient by site in whitened coordinates (P,)."""
        return np.concatenate([slopes[site].ravel() for site in self.shapes]) * self.spread

    def misfit(self, z: Single, rows: slice | NDArray[np.intp], mask: Single | None = None) -> tuple[float, Single]:
        """Return minus the log likelihood of some rows, and its gradient (P,); a mask (H,) silences units."""
        weights, x, y = self.sites(z), self.x[rows], self.y[rows]
        f, h, way = self.model.logits(weights, x)
        if mask is not None:
            h = h * mask
            f = h @ weights["weight"] + weights["bias"]
        f = np.maximum(f - f.max(1, keepdims=True), np.float32(-60))  # below that numbers are denormal, and slow
        odds = np.exp(f)
        total = odds.sum(1)
        own = np.arange(len(y)), y
        loss = float((np.log(total) - f[own]).sum())
        error = odds / total[:, None]
        error[own] -= 1
        back = error @ weights["weight"].T
        slopes = self.model.back(weights, x, way, back if mask is None else back * mask)
        slopes |= {"weight": h.T @ error, "bias": error.sum(0)}
        return loss, self.slope(slopes)

    def loss(self, z: Single) -> tuple[float, Single]:
        """Return -log p(y, z) up to a constant over all rows, and its gradient (P,)."""
        loss, slope = 0.5 * float(z @ z), z.copy()
        for start in range(0, len(self.y), _BLOCK):
            some, part = self.misfit(z, slice(start, start + _BLOCK))
            loss, slope = loss + some, slope + part
        return loss, slope

    def start(self, seed: tuple[int, ...]) -> Single:
        """Return where a search begins: a draw of half the prior's width."""
        z: Single = (0.5 * np.random.default_rng(seed).standard_normal(self.size)).astype(np.float32)
        return z


@dataclass(frozen=True, eq=False)
class Found:
    """How far a search is: iterations, the place z (P,), and whether it has ended."""

    done: int
    z: Single
    there: bool


def searched(problem: Problem, seed: tuple[int, ...], steps: int) -> Iterator[Found]:
    """Yield how far a search has come, and last of all where it ended: Adam, then at most `steps` steps of L-BFGS.

    Source: Nocedal and Wright (2006), algorithm 7.4, with steps halved until the loss falls as far as the slope
    promises.
    """
    z, random, adam = problem.start(seed), np.random.default_rng([*seed, 1]), Adam(problem.size, _DOWN)
    for _ in range(_DOWN):
        rows = random.integers(0, len(problem.y), _BLOCK)
        z = z - adam.move(problem.misfit(z, rows)[1] * np.float32(len(problem.y) / _BLOCK) + z)
    loss, slope = problem.loss(z)
    pairs: list[tuple[Single, Single, float]] = []
    earlier = loss
    for done in range(1, steps + 1):
        way = _direction(slope, pairs)
        along = float(way @ slope)
        step = 1.0 if pairs else min(1.0, 1.0 / float(np.abs(slope).max() + 1e-12))
        for _ in range(_HALVINGS):
            there = z + np.float32(step) * way
            value, after = problem.loss(there)
            if value <= loss + 1e-4 * step * along:
                break
            step *= 0.5
        else:  # no way down that single precision can see
            yield Found(done, z, there=True)
            return
        moved, turn = there - z, after - slope
        bent = float(moved @ turn)
        if bent > 1e-10:
            pairs = [*pairs[1 - _MEMORY :], (moved, turn, 1.0 / bent)]
        z, loss, slope = there, value, after
        if done % _ROUND == 0 or done == steps:
            ended = earlier - loss < _ENOUGH * abs(loss)
            yield Found(done, z, ended)
            if ended:
                return
            earlier = loss


def _direction(slope: Single, pairs: list[tuple[Single, Single, float]]) -> Single:
    """Return where to go: minus the slope, bent by what the last steps say of the curvature."""
    way, shares = -slope, []
    for moved, turn, weight in reversed(pairs):
        share = np.float32(weight * float(moved @ way))
        shares.append(share)
        way = way - share * turn
    if pairs:
        moved, turn, weight = pairs[-1]
        way = way * np.float32(1.0 / (weight * float(turn @ turn)))
    for (moved, turn, weight), share in zip(pairs, reversed(shares), strict=True):
        way = way + moved * (share - np.float32(weight * float(turn @ way)))
    return way


def steps(question: Question) -> Iterator[Step]:
    """Yield the answer of a network of pictures by the question's method."""
    yield from _STEPS[question.method](question, Problem.of(question))


def _map(question: Question, problem: Problem) -> Iterator[Step]:
    for found in searched(problem, (question.seed, 61), question.budget.steps):
        ended = found.there or found.done >= question.budget.steps
        fit = Fit(question, _draws(problem, found.z[None]), np.ones(1), None, _about([found], complete=ended))
        yield Step(found.done, found.done if ended else question.budget.steps, fit)


def _laplace_last(question: Question, problem: Problem) -> Iterator[Step]:
    from scipy.linalg import cholesky, solve_triangular  # noqa: PLC0415 (a tenth of a second to import)

    budget, found = question.budget, None
    for found in searched(problem, (question.seed, 61), budget.steps):
        yield Step(found.done, max(budget.steps, found.done + 1), None)
    assert found is not None
    weights = problem.sites(found.z)
    h = np.concatenate([problem.model.hidden(weights, problem.x[at])[0] for at in _blocks(len(problem.y))])
    mean = np.concatenate([weights["weight"], weights["bias"][None]]).astype(np.float64)  # (H + 1, 10)
    design = np.column_stack([h.astype(np.float64), np.ones(len(h))])
    sds = problem.model.spread(problem.width)
    prior = np.append(np.full(len(mean) - 1, sds["weight"]), sds["bias"])
    precise = curvature(design, design @ mean, prior)
    random, count = np.random.default_rng([question.seed, 62]), budget.draws * budget.chains
    noise = solve_triangular(cholesky(precise), random.standard_normal((len(precise), count)))
    drawn = mean + noise.T.reshape(count, CLASSES, -1).transpose(0, 2, 1)
    sites = {"weight": drawn[:, :-1], "bias": drawn[:, -1]}
    reader = LastLayer(problem.model, _kept(weights))
    yield Step(found.done, found.done, Fit(question, sites, np.ones(count), None, _about([found]), reader))


def curvature(design: FloatArray, f: FloatArray, prior: FloatArray) -> FloatArray:
    r"""Return minus the Hessian of the log posterior of a softmax regression, class by class, (K Q, K Q).

    .. math:: \Lambda_{jk} = \sum_n (p_{nj} [j = k] - p_{nj} p_{nk})\, \phi_n \phi_n^T + [j = k]\, \mathrm{diag}(s^{-2})

    for a design (N, Q), logits f (N, K) and prior sds s (Q,).

    >>> curvature(np.ones((4, 1)), np.zeros((4, 2)), np.array([1.0]))
    array([[ 2., -1.],
           [-1.,  2.]])
    """
    p = np.exp(f - f.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    classes, size = p.shape[1], design.shape[1]
    whole = np.zeros((classes, size, classes, size))
    for j in range(classes):
        for k in range(j, classes):
            weight = p[:, j] * ((j == k) - p[:, k])
            whole[j, :, k] = whole[k, :, j] = sum(
                design[at].T @ (design[at] * weight[at, None]) for at in _blocks(len(design))
            )
        whole[j, :, j] += np.diag(prior**-2.0)
    return whole.reshape(classes * size, -1)


def _ensemble(question: Question, problem: Problem) -> Iterator[Step]:
    budget = question.budget
    ended: list[Found] = []
    for member in range(budget.members):
        last: list[Found] = []
        for found in searched(problem, (question.seed, 61, member), budget.steps):
            yield Step(len(ended), budget.members, None)
            last = [found]
        ended += last
    sites = _draws(problem, np.stack([one.z for one in ended]))
    yield Step(len(ended), len(ended), Fit(question, sites, np.ones(len(ended)), None, _about(ended)))


def _dropout(question: Question, problem: Problem) -> Iterator[Step]:
    budget, random = question.budget, np.random.default_rng([question.seed, 63])
    z, keep = problem.start((question.seed, 61)), 1.0 - budget.dropout_rate
    adam = Adam(problem.size, budget.steps)
    for done in range(1, budget.steps + 1):
        rows = random.integers(0, len(problem.y), _BLOCK)
        mask = (random.random(problem.model.units) < keep).astype(np.float32) / np.float32(keep)
        slope = problem.misfit(z, rows, mask)[1] * np.float32(len(problem.y) / _BLOCK) + z
        z = z - adam.move(slope)
        if done % _NEWS == 0:
            yield Step(done, budget.steps + 1, None)
    weights = problem.sites(z)
    masks = (random.random((_DRAWS, problem.model.units)) < keep) / keep
    bias = np.repeat(weights["bias"][None], _DRAWS, axis=0)
    sites: dict[str, Any] = {"weight": masks[:, :, None] * weights["weight"], "bias": bias}
    reader = LastLayer(problem.model, _kept(weights))
    about = Diagnostics("approximate")
    yield Step(budget.steps + 1, budget.steps + 1, Fit(question, sites, np.ones(_DRAWS), None, about, reader))


def _vi_meanfield(question: Question, problem: Problem) -> Iterator[Step]:
    r"""Climb ELBO = E_q[log p(y | z)] - weight KL(q || p), z = m + s e, with log s as the second half of the place."""
    budget, random = question.budget, np.random.default_rng([question.seed, 64])
    size, weight = problem.size, np.float32(budget.kl_weight)
    batch = budget.batch or _BLOCK
    scale = np.float32(len(problem.y) / batch)
    place = np.concatenate([problem.start((question.seed, 61)), np.full(size, np.log(_FIRST_SD), np.float32)])
    adam, elbo, kl = Adam(2 * size, budget.steps), np.empty(budget.steps), np.empty(budget.steps)
    for done in range(budget.steps):
        m, s = place[:size], np.exp(place[size:])
        e = random.standard_normal(size, np.float32)
        loss, slope = problem.misfit(m + s * e, random.integers(0, len(problem.y), batch))
        kl[done] = 0.5 * float((m * m + s * s - 1).sum()) - float(place[size:].sum())
        elbo[done] = -loss * float(scale) - kl[done]
        slope = slope * scale
        place = place - adam.move(np.concatenate([slope + weight * m, slope * e * s + weight * (s * s - 1)]))
        if (done + 1) % _NEWS == 0:
            yield Step(done + 1, budget.steps + 1, None)
    count = budget.draws * budget.chains
    e = np.random.default_rng([question.seed, 65]).standard_normal((count, size), np.float32)
    about = Diagnostics("approximate", elbo=elbo, kl=kl)
    sites = _draws(problem, place[:size] + np.exp(place[size:]) * e)
    yield Step(budget.steps + 1, budget.steps + 1, Fit(question, sites, np.ones(count), None, about))


class Adam:
    """Adam's moves, slower along half a cosine. Source: Kingma and Ba (2015)."""

    def __init__(self, size: int, steps: int) -> None:
        """Begin at rest."""
        self.first, self.second, self.done, self.steps = (
            np.zeros(size, np.float32),
            np.zeros(size, np.float32),
            0,
            steps,
        )

    def move(self, slope: Single) -> Single:
        """Return how far to go down, (P,)."""
        self.done += 1
        self.first += np.float32(0.1) * (slope - self.first)
        self.second += np.float32(0.001) * (slope * slope - self.second)
        rate = _SLOWEST + 0.5 * (_FASTEST - _SLOWEST) * (1 + np.cos(np.pi * self.done / self.steps))
        size = np.float32(rate / (1 - 0.9**self.done))
        move: Single = size * self.first / (np.sqrt(self.second / np.float32(1 - 0.999**self.done)) + np.float32(1e-8))
        return move


def _blocks(rows: int) -> Iterator[slice]:
    return (slice(start, start + _BLOCK) for start in range(0, rows, _BLOCK))


def _draws(problem: Problem, z: Single) -> dict[str, Any]:
    return dict(problem.sites(z))


def _kept(weights: Weights) -> Weights:
    return {site: values for site, values in weights.items() if site not in ("weight", "bias")}


def _about(found: list[Found], *, complete: bool = True) -> Diagnostics:
    """Return what is said of searches: whether all of them ended by themselves."""
    short = sum(not one.there for one in found)
    if not complete:
        return Diagnostics("approximate", converged=False, complete=False)
    told = (f"{short} of {len(found)} searches stopped before their mode: raise budget.steps.",) if short else ()
    return Diagnostics("approximate", converged=not short, complaints=told)


_STEPS = {
    "map": _map,
    "laplace_last": _laplace_last,
    "ensemble": _ensemble,
    "dropout": _dropout,
    "vi_meanfield": _vi_meanfield,
}
