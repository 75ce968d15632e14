"""Finding modes: many searches at once on the negative log posterior, in coordinates where the prior is round.

Every search starts where the data's own scale is: noise as large as what its start leaves unexplained. A short run of
Adam finds the valley, Newton's method its floor (`_newton.py`), and a search ends when it is there; `budget.steps` is
how long it may look. With minibatches Adam takes all of the steps, and is judged by one look at all rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import optax
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.inference import _newton
from bayes_core.inference._jax import Shape, Traced, coordinates, jax, jnp, potential, pull
from bayes_core.likelihoods import OfNumbers
from bayes_core.models.base import Scaffold
from bayes_core.models.mlp import Mlp
from bayes_core.types import Dataset, Diagnostics, Question

_FASTEST, _SLOWEST = 0.1, 0.001  # learning rates of the first and the last step
_VALLEY = 200  # steps of Adam before Newton's method goes on
_ROUND = 5  # steps that a round of Newton's method counts for
_PRODUCTS, _GLANCE = 100, 10  # Hessian products of a round, and of the one look that judges a search by minibatches
_SLICE = 100_000.0  # microseconds of work, about, after which one who has moved on is heard
_AGAIN = 3  # times that searches without an end are started anew
_VANISHED, _NOTHING = 1e-3, 1e-6  # of the sd of y: noise below it is a spike if no floor is in sight, or anyway
_ODDS = 2.0  # sd of the log odds that a search on classes starts with at most: far out every slope is flat
ENOUGH = 0.01  # nats of log posterior that a member may be short of its mode
LEFT_OVER, LEFT_EACH = 0.1, 0.01  # the same for a search among random numbers, in all and for each parameter


UNDER_WAY = Diagnostics("approximate", converged=False, complete=False)
"""What is said of a search that has not ended."""


class Goal(NamedTuple):
    """What a search minimises beside the posterior's own part, all traced.

    `of_log` is 1 for the density of log sigma and 0 for that of sigma itself; `anchors` (M, P) say how
    a prior draw of its own pulls at each member.
    """

    of_log: Any
    anchors: Any


@dataclass(frozen=True, eq=False)
class Search:
    """How far M searches are: steps done and in all, places (M, P), loss, nats to the floor (NaN: unknown) (M,).

    `spike` (M,) tells of which the noise vanishes: the density grows there without bound and has no mode. Where the
    noise varies over x, by the sites `scales`, that may happen at single rows.
    """

    done: int
    total: int
    z: FloatArray
    loss: FloatArray
    left: FloatArray
    spike: NDArray[np.bool_]
    scales: tuple[str, ...] = ()

    @property
    def there(self) -> NDArray[np.bool_]:
        """Return which searches (M,) ended at a mode."""
        return (self.left <= ENOUGH) & np.isfinite(self.loss) & ~self.spike

    def about(self, *, complete: bool = True, size: int = 0) -> Diagnostics:
        """Return what is said of these searches: whether all are there, and what to do if not.

        By minibatches nobody stands still: `size` parameters may be as far off as what VI calls the top.
        """
        short = ~(self.left <= (ENOUGH if not size else LEFT_OVER + LEFT_EACH * size))
        if not complete:
            return UNDER_WAY
        if not short.any():
            return Diagnostics("approximate", converged=True)
        known = self.left[short & np.isfinite(self.left)]
        far = f", up to {known.max():.2g} nats short of it" if len(known) else ""
        told = f"{short.sum()} of {len(short)} searches stopped before their mode{far}: raise budget.steps."
        return Diagnostics("approximate", converged=False, complaints=(told,))


def loss_of(shape: Shape, traced: Traced, of_log: Any = 0.0) -> Any:
    """Return -log p(y, weights, sigma) over coordinates z, as a density of sigma itself or, `of_log`, of its log."""
    energy = potential(shape, traced)

    def loss(z: Any) -> Any:
        if shape.noise_known:
            return energy(z)
        return energy(z) + (1.0 - of_log) * coordinates(shape, traced).last(z)

    return loss


def _anchored(shape: Shape, traced: Traced, of_log: Any) -> _newton.Loss:
    """Return the loss whose prior pulls a search to an anchor (P,) instead of to zero, up to a constant."""
    loss = loss_of(shape, traced, of_log)
    return lambda z, anchor: loss(z) - (z * anchor).sum()


def minibatch(key: Any, traced: Traced, batch: int) -> Traced:
    """Return `batch` rows drawn at random with replacement, each counted N / batch times; padding is never drawn."""
    rows = (traced.weight > 0).sum()
    at = jax.random.randint(key, (batch,), 0, rows)
    return traced._replace(inputs=traced.inputs[at], y=traced.y[at], weight=traced.weight[at] * (rows / batch))


def cosine(i: Any, steps: Any, fastest: float, slowest: float) -> Any:
    """Return the learning rate of step i: from the fastest to the slowest along half a cosine."""
    return slowest + 0.5 * (fastest - slowest) * (1 + jnp.cos(jnp.pi * jnp.minimum(i / steps, 1.0)))


ADAM = optax.scale_by_adam()


def still(z: FloatArray) -> Any:
    """Return Adam's state at rest, for places of any shape."""
    return optax.ScaleByAdamState(np.int32(0), np.zeros_like(z), np.zeros_like(z))


@cache
def _descent(shape: Shape, batch: int) -> Any:
    """Return the compiled run of Adam (z, its state, i) -> the same at step `until`; one program for any length."""

    @jax.jit
    def descend(carry: Any, until: Any, steps: Any, seed: Any, goal: Goal, traced: Traced) -> Any:
        key = jax.random.key(seed)

        def step(carry: Any) -> Any:
            z, state, i = carry
            seen = minibatch(jax.random.fold_in(key, i), traced, batch) if batch else traced
            slope = jax.vmap(jax.grad(_anchored(shape, seen, goal.of_log)))(z, goal.anchors)
            moves, state = ADAM.update(slope, state)
            return z - cosine(i, steps, _FASTEST, _SLOWEST) * moves, state, i + 1

        return jax.lax.while_loop(lambda carry: carry[2] < until, step, carry)

    return descend


@cache
def _floor(shape: Shape, products: int) -> Any:
    """Return the compiled run of Newton's method to a round, or to the end if that comes first."""

    @jax.jit
    def descend(searches: _newton.Searches, until: Any, goal: Goal, traced: Traced) -> Any:
        loss = _anchored(shape, traced, goal.of_log)
        return _newton.advance(loss, searches, goal.anchors, until, products)

    return descend


@cache
def curvature(shape: Shape) -> Any:
    """Return the compiled Hessian (P, P) of the loss at a place z (P,)."""

    @jax.jit
    def hessian(z: Any, of_log: Any, traced: Traced) -> Any:
        return jax.hessian(loss_of(shape, traced, of_log))(z)

    return hessian


def pieces(done: int, end: int, size: int) -> Iterator[int]:
    """Return where to stop on the way from `done` to `end`, at most `size` apart.

    >>> list(pieces(0, 5, 2))
    [2, 4, 5]
    """
    while done < end:
        done = min(done + size, end)
        yield done


def slice_of(numbers: int) -> int:
    """Return how many gradients of so many numbers (members x rows x parameters) one who waits may wait for."""
    return max(int(_SLICE / (20.0 + numbers / 500.0)), 1)


def starting_points(
    dataset: Dataset, shape: Shape, scaffold: Scaffold, noise: float, members: int, seed: tuple[int, ...]
) -> FloatArray:
    """Return `members` draws of the prior (M, P) with a noise and an output layer of the data's own scale.

    A network's output is turned down to vary no more than y does, or log odds by `_ODDS`, and sigma is what it then
    leaves unexplained: a search that starts with the residuals thirty times its sigma spends all its steps on the way.
    """
    z: FloatArray = np.random.default_rng(seed).standard_normal((members, shape.size))
    if not isinstance(shape.model, Mlp):
        if not shape.noise_known:
            z[:, -1] = 0.0
        return z
    place = scaffold.unflatten(np.arange(shape.size))
    output = np.append(place["weight"].ravel(), place["bias"].ravel())
    if not shape.noise_known:
        z[:, -1] = 0.0
    sites = scaffold.unflatten(scaffold.forth(z))
    every, factor = _curves(shape, sites, dataset.x)
    wanted = scale_of(dataset.y, noise) if shape.likelihood.noisy else _ODDS
    share = np.minimum(1.0, wanted / np.maximum(every.std(1).max(1), 1e-300))[:, None]
    z[:, output] *= share
    if not shape.noise_known:
        off = (dataset.y[:, None] - share[:, :, None] * every) / factor
        rest = np.sqrt((off**2).reshape(members, -1).mean(1))
        log_sigma = np.log(np.maximum(rest, 1e-6 * scale_of(dataset.y, noise)))
        z[:, -1] = (log_sigma - scaffold.centre[-1]) / scaffold.axes[-1]
    return z


def _curves(shape: Shape, sites: dict[str, FloatArray], x: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return what the output layer makes at x, (M, N, C): each component's mean, or logits; and its noise / sigma."""
    f = shape.model.functions(sites, x)
    if not isinstance(shape.likelihood, OfNumbers):
        return f, np.ones_like(f)
    _, mean, factor = shape.likelihood.parts(f, np.ones((1, 1)))
    return mean, factor


def _scales(shape: Shape) -> tuple[str, ...]:
    """Return the sites by which the noise varies over x."""
    return tuple(site for site, _ in shape.sites if site.endswith("_noise"))


def _least_noise(shape: Shape, scaffold: Scaffold, z: FloatArray, x: FloatArray, noise: float) -> FloatArray:
    """Return the smallest noise that each search (M,) has for a row, in any component."""
    sigma = np.full(len(z), noise) if shape.noise_known else np.exp(scaffold.last(z))
    if not _scales(shape):
        return sigma
    with np.errstate(all="ignore"):  # a search may be on its way to infinity
        factor = _curves(shape, scaffold.unflatten(scaffold.forth(z)), x)[1]
    least: FloatArray = sigma * factor.min((1, 2))
    return least


def scale_of(y: FloatArray, noise: float) -> float:
    """Return the sd of y, or what comes nearest to it where y does not vary."""
    return float(y.std()) if len(y) > 1 and y.std() > 1e-12 * np.abs(y).max() else float(np.abs(y).max()) or noise


def search(
    dataset: Dataset, shape: Shape, traced: Traced, scaffold: Scaffold, members: int, steps: int, seed: int, *,
    anchored: bool = False, of_log: bool = False, batch: int = 0, again: bool = False,
) -> Iterator[Search]:  # fmt: skip
    """Yield how far `members` searches are, and last (done = total) where they ended, after at most `steps` steps.

    `anchored` ones are pulled to a prior draw each; `of_log` asks for the mode of log sigma's density; `batch` rows are
    seen at a time (0: all). `again` starts those that ran into a spike anew from elsewhere, a few times.
    """
    noise, best = float(traced.noise), None
    for attempt in range(_AGAIN + 1 if again else 1):
        begin = starting_points(dataset, shape, scaffold, noise, members, (seed, 31, attempt)[: 2 + (attempt > 0)])
        goal = _goal(shape, traced, begin, seed if anchored else None, of_log)
        for now in _searched(shape, traced, begin, goal, steps, seed, batch):
            spike, scales = np.zeros(members, bool), _scales(shape)
            if scales or not shape.noise_known:
                sigma = _least_noise(shape, scaffold, now.z, dataset.x, noise) / scale_of(dataset.y, noise)
                spike = (sigma < _NOTHING) | (sigma < _VANISHED) & now.spike
            seen = replace(
                now, spike=spike, scales=scales, done=now.done + attempt * steps, total=now.total + attempt * steps
            )
            seen = seen if best is None else _mended(best, seen)
            if now.done < now.total:
                yield seen
        best = seen
        if not best.spike.any():
            break
    assert best is not None
    yield best


def batch_of(question: Question) -> int:
    """Return the rows of a minibatch, or refuse more than there are."""
    batch, rows = question.budget.batch, len(question.dataset.y)
    if batch > rows:
        raise ValueError(f"budget.batch is {batch} and there are {rows} rows: give at most that many")
    return batch


def only(found: Search, one: int) -> Search:
    """Return one of the searches alone."""
    parts = {name: getattr(found, name)[[one]] for name in ("z", "loss", "left", "spike")}
    return replace(found, **parts)


def no_mode(found: Search, rows: int) -> str:
    """Return why a search has no answer, or nothing."""
    if not np.isfinite(found.z).all():
        return "training ran away to infinity: rescale y, or fix the noise with noise_known=True"
    lost = int(found.spike.sum())
    if lost and found.scales:
        narrower = ", ".join(f"{site!r}: 0.3" for site in found.scales)
        return (
            f"at points that are met exactly the noise of {lost} of {len(found.spike)} searches shrank below a "
            "thousandth of the sd of y, where the density has no mode, or one that only the prior of the scale holds "
            f"up: add points, give the scale a narrower prior, such as widths={{{narrower}}}, or take the whole "
            "posterior with method='nuts'"
        )
    return (
        f"the network can fit {rows} points without error, so the density grows without bound as sigma -> 0: "
        f"{lost} of {len(found.spike)} searches ended there, where it has no mode: add points, or fix the noise with "
        "noise_known=True"
    ) if lost else ""  # fmt: skip


def _goal(shape: Shape, traced: Traced, begin: FloatArray, seed: int | None, of_log: bool) -> Goal:
    """Return what is minimised; a `seed` draws an anchor for each search."""
    anchors = np.zeros_like(begin)
    if seed is not None:
        anchors = np.random.default_rng([seed, 32]).standard_normal(begin.shape)
        if not shape.noise_known:
            anchors[:, -1] = 0.0
        anchors = pull(traced, anchors)
    return Goal(np.float64(of_log), anchors)


def _mended(old: Search, new: Search) -> Search:
    """Return the old searches with those that ran into a spike replaced by the new ones."""
    bad = old.spike
    z = np.where(bad[:, None], new.z, old.z)
    loss, left, spike = (np.where(bad, getattr(new, n), getattr(old, n)) for n in ("loss", "left", "spike"))
    return replace(new, z=z, loss=loss, left=left, spike=spike)


def _searched(
    shape: Shape, traced: Traced, begin: FloatArray, goal: Goal, steps: int, seed: int, batch: int
) -> Iterator[Search]:
    """Yield how far searches are; `spike` says of which no floor is in sight."""
    members, size = begin.shape
    valley = steps if batch else min(_VALLEY, max(steps // 4, 1))
    rounds = 1 if batch else max((steps - valley) // _ROUND, 1)
    unknown, no = np.full(members, np.inf), np.zeros(members, bool)
    slice_ = slice_of(members * size * (batch or len(traced.y)))
    adam = (begin, still(begin), np.int64(0))
    for until in pieces(0, valley, slice_):
        adam = _descent(shape, batch)(adam, until, steps if batch else valley, np.uint32(seed), goal, traced)
        if until < steps:
            yield Search(until, steps, np.asarray(adam[0]), unknown, unknown, no)
    newton = _newton.begin(adam[0])
    slice_ = slice_of(members * size * len(traced.y) * 40)
    for until in pieces(0, rounds, slice_):
        newton = _floor(shape, _GLANCE if batch else _PRODUCTS)(newton, until, goal, traced)
        z, value, done, edge = (np.asarray(a) for a in (newton.z, newton.value, newton.done, newton.edge))
        ended = bool(done.all()) or until == rounds
        stuck = _newton.stuck(newton)
        left = np.where(stuck, 0.0, np.where(edge, np.inf, np.asarray(newton.promised)))
        now = steps if ended else min(valley + _ROUND * until, steps - 1)
        yield Search(now, steps, z, value, left if ended else unknown, ~done | stuck)
        if ended:
            return
