r"""How far a true line lies from the middle of its band, in thousands of worlds at once, in standard normal units.

A band of a level holds the truth at x where the probit of P(f(x) < f_true(x) | y) is smaller in size than that of the
level. All that a linear model knows of its targets are a few numbers (`Projection`), so worlds of different widths and
noises are rows of one array, each on 15 nodes of sigma of its own: 2 microseconds a world. `coverage.py` asks the same
on nodes for all, and the tests hold the two together.

For one Gaussian the probit along the axis is :math:`\zeta \cdot e(\phi(x))`, a fixed vector seen from a direction
that turns as x moves; so two places say how large it becomes between them. A mixture over sigma is nearly so, and no
two places are far apart in angle (`places`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from bayes_core.checks import FloatArray
from bayes_core.inference.linear_variational import best_gaussians
from bayes_core.inference.sigma import Projection, SigmaDensity, Spectrum
from bayes_core.intervals import tails

_SHARE = tuple(map(np.float32, (0.797360532, 0.0375549133, -4.64435431e-4, 3.88166701e-6)))
"""Of x, x^3, x^5, x^7: their tanh is 2 Phi(x) - 1, with an error of 0.001 in x (up to 6) and 0.00013 in Phi."""
_SURE = 4.5  # beyond it shares round to one, and a probit is the nodes' own on average
_FAR = 1e3
_CERTAIN = np.float32(9.0)  # beyond it Phi is 0 or 1
_SCANS = (20, 12, 12)  # nodes of the scans that find where sigma can be
_NODES, _MANY = 15, 240  # where it is; where that is several narrow places
_DROP = 11.0  # log density below the highest at which nodes end
_SPARSE = 0.6  # of all weight on one node: too few of them
_CHUNK = 2048  # worlds whose arrays fit a processor's own memory
_CLIMB = 24  # steps of a variational search; the few worlds that need more are nearly there
_TURN = np.radians(40)  # between neighbouring places


Small = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Probits:
    """At T places of B worlds: `probit` (T, B), and `lean` (T - 1, B), how neighbouring places go together."""

    probit: FloatArray
    lean: FloatArray

    @property
    def top(self) -> FloatArray:
        """Return how far every truth lies from the middle of its band where it lies farthest, (B,)."""
        return farthest(self.probit, self.lean)


def farthest(probit: FloatArray, lean: FloatArray) -> FloatArray:
    """Return how large probits (T, ...) become in size between the first place and the last, (...).

    Between two places it is largest where it grows from either of them towards the other.
    """
    square = probit * probit
    top = square.max(0)
    for one, other, own, next_own, together in zip(probit[:-1], probit[1:], square[:-1], square[1:], lean, strict=True):
        product = one * other
        grows = np.minimum(product - together * own, product - together * next_own) > 0
        product *= 2 * together
        peak = own + next_own
        peak -= product
        peak *= grows / (1 - together * together)
        np.maximum(top, peak, out=top)
    far: FloatArray = np.sqrt(top)
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


Asked = Callable[[Spectrum, Projection, FloatArray, FloatArray, FloatArray, FloatArray], Probits]
"""(spectrum, what B worlds show, prior width (B,), prior noise (B,), rows (T, P), truth (B or 1, T)) -> probits."""


def probits(
    method: str, spectrum: Spectrum, seen: Projection, width: FloatArray, noise: FloatArray, rows: FloatArray,
    truth: FloatArray,
) -> Probits:  # fmt: skip
    """Return how far true values (B or 1, T) at design rows (T, P) lie from the middle of a method's bands."""
    ask = ASKED[method]
    parts = []
    for start in range(0, len(width), _CHUNK):
        some = slice(start, start + _CHUNK)
        true = truth if len(truth) == 1 else truth[some]
        parts.append(ask(spectrum, seen.take(some), width[some], noise[some], rows, true))
    return Probits(*(np.concatenate(part, axis=1) for part in zip(*((p.probit, p.lean) for p in parts), strict=True)))


def _exact(
    spectrum: Spectrum, seen: Projection, width: FloatArray, noise: FloatArray, rows: FloatArray, truth: FloatArray
) -> Probits:
    low, high = _window(spectrum, seen, width, noise)
    found = _on_nodes(spectrum, seen, width, noise, rows, truth, low, high, _NODES)
    sparse = np.flatnonzero(found[2] > _SPARSE)
    if len(sparse):
        true = truth if len(truth) == 1 else truth[sparse]
        some = (width[sparse], noise[sparse], rows, true, low[sparse], high[sparse], _MANY)
        again = _on_nodes(spectrum, seen.take(sparse), *some)
        for part, better in zip(found, again, strict=True):
            part[..., sparse] = better
    return Probits(found[0], found[1])


def _log_density(
    spectrum: Spectrum, seen: Projection, width: FloatArray, noise: FloatArray, at: FloatArray
) -> tuple[FloatArray, FloatArray, list[FloatArray]]:
    """Return log p(y, log sigma) less a constant at (K, B), sigma^2, and the variances of what is seen along each."""
    variance = np.exp(2 * at)
    spread = variance + noise**2
    spread *= spread
    misfit = seen.residual / variance
    along = []
    for j, scale in enumerate(spectrum.scale):
        one = variance + (width * scale) ** 2
        spread *= one
        misfit += seen.along[:, j] ** 2 / one
        along.append(one)
    np.log(spread, out=spread)
    spread += misfit
    spread *= -0.5
    spread += (1 - (seen.rows - len(spectrum.scale))) * at
    return spread, variance, along


def _window(
    spectrum: Spectrum, seen: Projection, width: FloatArray, noise: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return between which log sigma (B,) nearly all of each posterior lies: a scan, and zooms into it."""
    low, high = SigmaDensity(spectrum.scale, seen, width, noise).ends()
    for count in _SCANS:
        step = (high - low) / (count - 1)
        at = low + step * np.arange(count)[:, None]
        value = _log_density(spectrum, seen, width, noise, at)[0]
        # a mode between two nodes may be higher than both, by the curvature that so many rows can give it
        heavy = value > value.max(0) - (_DROP + 0.25 * seen.rows * step**2)
        first, last = heavy.argmax(0), count - 1 - heavy[::-1].argmax(0)
        low, high = low + step * np.maximum(first - 1, 0), low + step * np.minimum(last + 1, count - 1)
    return low, high


def _on_nodes(
    spectrum: Spectrum, seen: Projection, width: FloatArray, noise: FloatArray, rows: FloatArray, truth: FloatArray,
    low: FloatArray, high: FloatArray, count: int,
) -> tuple[FloatArray, FloatArray, FloatArray]:  # fmt: skip
    """Return probits and leans on evenly spaced nodes, and how much of all weight the heaviest node has (B,)."""
    at = low + (high - low) * np.linspace(0, 1, count)[:, None]
    value, sigma2, along = _log_density(spectrum, seen, width, noise, at)
    value -= value.max(0)
    weight = np.exp(value, out=value)
    weight /= weight.sum(0)
    turned, wide = spectrum.turned(rows), width**2
    own = wide / np.stack(along)  # (P, K, B)
    mean = own * (spectrum.scale[:, None, None] * seen.along.T[:, None, :])
    own *= sigma2
    spread = (own * weight).sum(1)
    # single precision is enough from here on, and twice as fast
    small, means, variances = (part.astype(np.float32) for part in (weight, mean, own))
    means, variances, shape = means.reshape(len(own), -1), variances.reshape(len(own), -1), weight.shape
    true, lines = truth.astype(np.float32), turned.astype(np.float32)
    probit = np.empty((len(rows), len(width)))
    for t, line in enumerate(lines):
        off = true[:, t] - (line @ means).reshape(shape)
        off /= np.sqrt(line**2 @ variances).reshape(shape)
        share = _share(np.clip(off, -_CERTAIN, _CERTAIN))
        off *= small
        share *= small
        probit[t] = _unshared(share.sum(0), off.sum(0))
    return probit, _lean(turned, spread), weight.max(0)


def _share(x: Small) -> Small:
    """Return 2 Phi(x) - 1, as near as a share of worlds can ask for; scipy's ndtr takes three times as long."""
    square = x * x
    value = _SHARE[-1] * square
    for one in _SHARE[-2:0:-1]:
        value += one
        value *= square
    value += _SHARE[0]
    value *= x
    tanh: Small = np.tanh(value, out=value)
    return tanh


def _unshared(share: Small, own: Small) -> FloatArray:
    """Return the probits of P = (1 + share) / 2; where P rounds to 0 or 1, the nodes' `own` on average."""
    value: FloatArray = ndtri(np.clip(0.5 + 0.5 * share.astype(np.float64), 1e-12, 1 - 1e-12))
    return np.where(np.abs(value) < _SURE, value, np.clip(np.sign(value) * np.maximum(np.abs(own), _SURE), -_FAR, _FAR))


def _lean(turned: FloatArray, variance: FloatArray) -> FloatArray:
    """Return the correlations (T - 1, B) of neighbouring rows (T, P) where the weights have variances (P, B)."""
    size = np.sqrt(turned**2 @ variance)
    lean: FloatArray = np.clip((turned[1:] * turned[:-1]) @ variance / (size[1:] * size[:-1]), -0.999, 0.999)
    return lean


def _variational(full_rank: bool) -> Asked:
    def ask(
        spectrum: Spectrum, seen: Projection, width: FloatArray, noise: FloatArray, rows: FloatArray, truth: FloatArray
    ) -> Probits:
        found = best_gaussians(spectrum, seen, width, float(noise[0]), full_rank=full_rank, steps=_CLIMB)
        return _of_gaussians(found.mean, found.covariance, rows, truth)

    return ask


def _prior(
    spectrum: Spectrum, seen: Projection, width: FloatArray, noise: FloatArray, rows: FloatArray, truth: FloatArray
) -> Probits:
    size = rows.shape[1]
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
