r"""How far a true line lies from the middle of its band, in thousands of worlds at once, in standard normal units.

A band of a level holds the truth at x where the probit of P(f(x) < f_true(x) | y) is smaller in size than that of the
level. All that a linear model knows of its targets are a few numbers (`Projection`), so worlds of different widths and
noises are rows of one array, each on 11 nodes of sigma of its own: half a microsecond a world. `coverage.py` asks the
same on nodes for all, and the tests hold the two together.

For one Gaussian the probit along the axis is :math:`\zeta \cdot e(\phi(x))`, a fixed vector seen from a direction
that turns as x moves; so two places say how large it becomes between them. A mixture over sigma is nearly so, and no
two places are far apart in angle (`places`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from bayes_core.checks import FloatArray
from bayes_core.inference.linear_variational import best_gaussians
from bayes_core.inference.sigma import Projection, SigmaDensity, Spectrum
from bayes_core.intervals import tails
from bayes_core.numerics.normal import Small, held, holding

_SURE = 4.5  # beyond it shares round to one, and a probit is the nodes' own on average
_FAR = 1e3
_CERTAIN = np.float32(9.0)  # beyond it Phi is 0 or 1
_SCANS = (32, 10)  # nodes of the scans that find where sigma can be: for all of a group, and of each world's own
_NODES, _MANY = 11, 240  # where it is; where that is several narrow places
_DROP = 10.0  # log density below the highest at which nodes end
_SPARSE = 0.6  # of all weight on one node: too few of them
_CHUNK = 2048  # worlds whose arrays fit a processor's own memory
_CLIMB = 24  # steps of a variational search; the few worlds that need more are nearly there
_TURN = np.radians(40)  # between neighbouring places


Floats = TypeVar("Floats", FloatArray, Small)


@dataclass(frozen=True, eq=False)
class Probits:
    """At T places of B worlds: `probit` (T, B), and `lean` (T - 1, B), how neighbouring places go together."""

    probit: FloatArray
    lean: FloatArray

    @property
    def top(self) -> FloatArray:
        """Return how far every truth lies from the middle of its band where it lies farthest, (B,)."""
        return farthest(self.probit, self.lean)


def farthest(probit: Floats, lean: Floats, low: FloatArray | float = 0.0, high: FloatArray | float = np.inf) -> Floats:
    """Return how large probits (T, ...) become in size between the first place and the last, (...).

    Leans (T - 1, ...) say how neighbouring places go together: between two it is largest where it grows from either of
    them towards the other. Between places is looked only where the places alone are between `low` and `high`.
    """
    top = np.abs(probit).max(0)
    some = np.flatnonzero((top > low) & (top < high))
    each = top.size // lean[0].size  # so many worlds in a row share a lean
    together = lean.reshape(len(lean), -1).take(some // each, axis=1)
    near = probit.reshape(len(probit), -1).take(some, axis=1)
    square, product = near * near, near[1:] * near[:-1]
    peak = square[1:] + square[:-1] - 2 * together * product
    peak *= product > together * np.maximum(square[1:], square[:-1])
    peak /= 1 - together * together
    found = top.ravel()
    found[some] = np.sqrt(np.maximum(found[some] ** 2, peak.max(0, initial=0.0)))
    far: Floats = found.reshape(top.shape)
    return far


def edge(level: float) -> float:
    """Return the probit of the end of a band of a level: smaller ones are held.

    >>> round(edge(0.9), 3)
    1.645
    """
    return float(ndtri(tails(level)[1]))


def places(spectrum: Spectrum, rows: FloatArray) -> tuple[FloatArray, NDArray[np.intp]]:
    """Return design rows (T', P) in order, so many that no two neighbours are far apart in angle, and which are `rows`.

    Angles are taken as a prior sees them and as data without a prior do.
    """
    scale = np.where(spectrum.scale > 0, spectrum.scale, spectrum.scale.max(initial=0.0) or 1.0)
    fine = np.linspace(0, 1, 33)[1:, None]
    all_rows, kept = [rows[:1]], [0]
    for start, end in pairwise(rows):
        way = np.vstack([start[None], start + fine * (end - start)])
        turned = way @ spectrum.right.T
        steps = np.zeros(len(way) - 1)
        for seen in (turned, turned / scale):
            unit = seen / np.linalg.norm(seen, axis=1, keepdims=True)
            steps = np.maximum(steps, np.arccos(np.clip((unit[1:] * unit[:-1]).sum(1), -1, 1)))
        turn = np.append(0.0, np.cumsum(steps))
        more = int(np.ceil(turn[-1] / _TURN)) - 1
        at = np.interp(turn[-1] * np.arange(1, more + 1) / (more + 1), turn, np.linspace(0, 1, len(way)))
        all_rows += [start + at[:, None] * (end - start), end[None]]
        kept.append(kept[-1] + more + 1)
    return np.vstack(all_rows), np.array(kept)


Asked = Callable[[Spectrum, Projection, FloatArray, float, FloatArray, FloatArray], Probits]
"""(spectrum, what B worlds show, prior widths (M,) of M groups of as many of them, prior noise, rows (T, P), truth
(B or 1, T)) -> probits."""


def probits(
    method: str, spectrum: Spectrum, seen: Projection, width: FloatArray, noise: float, rows: FloatArray,
    truth: FloatArray,
) -> Probits:  # fmt: skip
    """Return how far true values (B or 1, T) at design rows (T, P) lie from the middle of a method's bands.

    The B worlds are M groups of as many, one after the other, each with a prior width (M,) of its own.
    """
    ask, each = ASKED[method], len(seen.residual) // len(width)
    step = max(_CHUNK // each, 1)
    parts = []
    for first in range(0, len(width), step):
        some = slice(first * each, (first + step) * each)
        true = truth if len(truth) == 1 else truth[some]
        parts.append(ask(spectrum, seen.take(some), width[first : first + step], noise, rows, true))
    if len(parts) == 1:
        return parts[0]
    return Probits(*(np.concatenate(part, axis=1) for part in zip(*((p.probit, p.lean) for p in parts), strict=True)))


def _exact(
    spectrum: Spectrum, seen: Projection, width: FloatArray, noise: float, rows: FloatArray, truth: FloatArray
) -> Probits:
    low, high = _window(spectrum, seen, width, noise)
    width = np.repeat(width, len(low) // len(width))
    found = _on_nodes(spectrum, seen, width, noise, rows, truth, low, high, _NODES)
    sparse = np.flatnonzero(found[2] > _SPARSE)
    if len(sparse):
        true = truth if len(truth) == 1 else truth[sparse]
        some = (width[sparse], noise, rows, true, low[sparse], high[sparse], _MANY)
        again = _on_nodes(spectrum, seen.take(sparse), *some)
        for part, better in zip(found, again, strict=True):
            part[..., sparse] = better
    return Probits(found[0], found[1])


def _log_density(
    spectrum: Spectrum, seen: Projection, width: FloatArray, noise: float, at: FloatArray
) -> tuple[FloatArray, FloatArray, list[FloatArray]]:
    """Return log p(y, log sigma) less a constant at (K, B), sigma^2, and the variances of what is seen along each."""
    variance = np.exp(2 * at)
    misfit = seen.residual / variance
    along = [variance + (width * scale) ** 2 for scale in spectrum.scale]
    for j, one in enumerate(along):
        misfit += seen.along[:, j] ** 2 / one
    misfit *= -0.5
    misfit += _spread(spectrum, seen.rows, noise, at, variance, along)
    return misfit, variance, along


def _spread(
    spectrum: Spectrum, rows: int, noise: float, at: FloatArray, variance: FloatArray, along: list[FloatArray]
) -> FloatArray:
    """Return what of the log density no targets enter."""
    spread = variance + noise**2
    spread *= spread
    for one in along:
        spread *= one
    np.log(spread, out=spread)
    spread *= -0.5
    spread += (1 - (rows - len(spectrum.scale))) * at
    return spread


def _window(spectrum: Spectrum, seen: Projection, width: FloatArray, noise: float) -> tuple[FloatArray, FloatArray]:
    """Return between which log sigma (B,) nearly all of each posterior lies: a scan, and a zoom into it.

    The worlds of a group share the nodes of the scan, where only three numbers are a world's own: a matrix product.
    """
    groups, own = len(width), np.repeat(width, len(seen.residual) // len(width))
    ends = SigmaDensity(spectrum.scale, seen, own, np.full(len(own), noise)).ends()
    low, high = ends[0].reshape(groups, -1).min(1), ends[1].reshape(groups, -1).max(1)
    step = (high - low) / (_SCANS[0] - 1)
    at = low[:, None] + step[:, None] * np.arange(_SCANS[0])
    variance = np.exp(2 * at)
    along = [variance + ((width * scale) ** 2)[:, None] for scale in spectrum.scale]
    squares = np.column_stack([seen.along**2, seen.residual]).reshape(groups, -1, len(along) + 1)
    inverse = (-0.5 / np.stack([*along, variance], axis=2)).astype(np.float32)
    value = inverse @ squares.swapaxes(1, 2).astype(np.float32)  # (M, K, n)
    value += _spread(spectrum, seen.rows, noise, at, variance, along)[:, :, None].astype(np.float32)
    lows, highs = _heavy(value, low[:, None], step[:, None], seen.rows)
    low, high = np.maximum(lows.ravel(), ends[0]), np.minimum(highs.ravel(), ends[1])
    step = (high - low) / (_SCANS[1] - 1)
    at = low + step * np.arange(_SCANS[1])[:, None]
    return _heavy(_log_density(spectrum, seen, own, noise, at)[0], low, step, seen.rows)


def _heavy(value: Floats, low: FloatArray, step: FloatArray, rows: int) -> tuple[FloatArray, FloatArray]:
    """Return between which of evenly spaced nodes a log density (..., K, B) is high, and one node more."""
    # a mode between two nodes may be higher than both, by the curvature that so many rows can give it
    heavy = (value > value.max(-2, keepdims=True) - (_DROP + 0.25 * rows * step**2)[..., None, :]).view(np.uint8)
    count = value.shape[-2]
    upward = np.arange(1, count + 1, dtype=np.uint8)[:, None]
    # an argmax over nodes takes three times as long
    after, before = (heavy * upward).max(-2).astype(float), count - (heavy * upward[::-1]).max(-2).astype(float)
    return low + step * np.maximum(before - 1, 0), low + step * np.minimum(after, count - 1)


def _on_nodes(
    spectrum: Spectrum, seen: Projection, width: FloatArray, noise: float, rows: FloatArray, truth: FloatArray,
    low: FloatArray, high: FloatArray, count: int,
) -> tuple[FloatArray, FloatArray, FloatArray]:  # fmt: skip
    """Return probits and leans on evenly spaced nodes, and how much of all weight the heaviest node has (B,)."""
    at = low + (high - low) * np.linspace(0, 1, count)[:, None]
    value, sigma2, along = _log_density(spectrum, seen, width, noise, at)
    value -= value.max(0)
    weight = np.exp(value, out=value)
    weight /= weight.sum(0)
    # single precision is enough from here on, and twice as fast
    small, turned = weight.astype(np.float32), spectrum.turned(rows)
    own = np.stack([(width**2 / one).astype(np.float32) for one in along])  # (P, K, B)
    means = own * (spectrum.scale[:, None] * seen.along.T).astype(np.float32)[:, None]
    own *= sigma2.astype(np.float32)
    spread = np.einsum("pkb,kb->pb", own, small).astype(np.float64)
    means, variances, shape = means.reshape(len(own), -1), own.reshape(len(own), -1), weight.shape
    true, lines = truth.astype(np.float32), turned.astype(np.float32)
    shares, far = np.empty((2, len(rows), len(width)), np.float32)
    step = max(_CHUNK // len(width), 1)
    for first in range(0, len(rows), step):
        some = slice(first, first + step)
        line = lines[some]
        off = true.T[some, None] - (line @ means).reshape(-1, *shape)
        off /= np.sqrt(line**2 @ variances).reshape(-1, *shape)
        share = held(np.clip(off, -_CERTAIN, _CERTAIN))
        np.einsum("tkb,kb->tb", off, small, out=far[some])
        np.einsum("tkb,kb->tb", share, small, out=shares[some])
    return _unshared(shares, far), _lean(turned, spread), weight.max(0)


def _unshared(share: Small, own: Small) -> FloatArray:
    """Return the probits of P = (1 + share) / 2; where P rounds to 0 or 1, the nodes' `own` on average."""
    value = holding(share)
    sure = np.flatnonzero(np.abs(value) > _SURE)
    far = own.ravel()[sure]
    value.ravel()[sure] = np.copysign(np.clip(np.abs(far), _SURE, _FAR), far)
    found: FloatArray = value.astype(np.float64)
    return found


def _lean(turned: FloatArray, variance: FloatArray) -> FloatArray:
    """Return the correlations (T - 1, B) of neighbouring rows (T, P) where the weights have variances (P, B)."""
    size = np.sqrt(turned**2 @ variance)
    lean: FloatArray = np.clip((turned[1:] * turned[:-1]) @ variance / (size[1:] * size[:-1]), -0.999, 0.999)
    return lean


def _variational(full_rank: bool) -> Asked:
    def ask(
        spectrum: Spectrum, seen: Projection, width: FloatArray, noise: float, rows: FloatArray, truth: FloatArray
    ) -> Probits:
        width = np.repeat(width, len(seen.residual) // len(width))
        found = best_gaussians(spectrum, seen, width, noise, full_rank=full_rank, steps=_CLIMB)
        return _of_gaussians(found.mean, found.covariance, rows, truth)

    return ask


def _prior(
    spectrum: Spectrum, seen: Projection, width: FloatArray, noise: float, rows: FloatArray, truth: FloatArray
) -> Probits:
    size, width = rows.shape[1], np.repeat(width, len(seen.residual) // len(width))
    return _of_gaussians(np.zeros((len(width), size)), (width**2)[:, None, None] * np.eye(size), rows, truth)


def _of_gaussians(mean: FloatArray, covariance: FloatArray, rows: FloatArray, truth: FloatArray) -> Probits:
    flat = covariance.reshape(len(covariance), -1).T  # (P P, B)
    size = np.sqrt(_products(rows, rows) @ flat)
    lean = _products(rows[1:], rows[:-1]) @ flat / (size[1:] * size[:-1])
    probit = np.clip((truth.T - rows @ mean.T) / size, -_FAR, _FAR)
    return Probits(probit, np.clip(lean, -0.999, 0.999))


def _products(one: FloatArray, other: FloatArray) -> FloatArray:
    """Return all products (T, P P) of two rows' entries, row by row (T, P)."""
    return (one[:, :, None] * other[:, None, :]).reshape(len(one), -1)


ASKED: Mapping[str, Asked] = {
    "exact": _exact,
    "nuts": _exact,
    "vi_meanfield": _variational(full_rank=False),
    "vi_fullrank": _variational(full_rank=True),
    "prior": _prior,
}
"""Those of `coverage.MAKERS`, asked quickly."""
