r"""The honesty meter: how often does an interval hold the truth, over thousands of repeated worlds?

Two questions, two shares. *At each x separately*: the share of (world, place) pairs whose truth lies in the band. *The
whole line*: the share of worlds in which the band holds the true line everywhere on the axis at once, which is rarer.

    coverage(...)               worlds that repeat one truth: what a fixed line meets
    coverage_over_prior(...)    worlds drawn from the prior itself: what a credible interval promises to be right in

The band is that of the method on the screen (`MAKERS`), remade in every world. Where one Gaussian says it all,
:math:`(f_{true}(x) - m(x)) / s(x)` is a line over the root of a parabola and has one extreme besides its zero, so a
line that is inside at both ends and there is inside everywhere; a mixture over sigma is asked at the same place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from bayes_core.checks import FloatArray, floats
from bayes_core.inference.linear_posterior import LinearPosterior, solve
from bayes_core.inference.linear_variational import best_gaussians
from bayes_core.inference.sigma import Projection, SigmaDensity, Spectrum, half_cauchy_quantiles
from bayes_core.intervals import tails

_BETWEEN = 24  # worlds between the extreme ones
_NEARLY = 0.3  # of a tail: so near to an end of the band a world is asked again
_FINE = 25
_KEPT = 0.02
"""A gap from the level that is called none; wider ones must also exceed three Monte-Carlo errors."""


@dataclass(frozen=True, eq=False)
class Coverage:
    """Shares (V,) of `worlds` repeated worlds, `pointwise` and `whole` line, each with its Monte-Carlo error (V,)."""

    pointwise: FloatArray
    pointwise_mcse: FloatArray
    whole: FloatArray
    whole_mcse: FloatArray
    level: float
    worlds: int

    def verdict(self, position: int = 0) -> str:
        """Return a sign and words about the pointwise share; a gap within three errors, or within 0.02, is none.

        >>> Coverage(np.array([0.62]), np.array([0.01]), np.array([0.5]), np.array([0.01]), 0.9, 2000).verdict()
        '▼ below the level'
        """
        share = float(self.pointwise[position])
        gap = share - self.level
        if abs(gap) <= max(_KEPT, 3 * float(self.pointwise_mcse[position])):
            return "✓ at the level"
        if gap > 0:
            return "▲ above the level"
        return "▼ below the level" if share > 0.5 * self.level else "▼ far below the level"

    def at(self, here: FloatArray, there: FloatArray) -> Coverage:
        """Return the shares at positions `there`, read off those `here` (V,) by straight lines between them."""
        shares = (self.pointwise, self.pointwise_mcse, self.whole, self.whole_mcse)
        one, two, three, four = (np.interp(there, here, values) for values in shares)
        return Coverage(one, two, three, four, self.level, self.worlds)


class Bands(Protocol):
    """What R worlds believe of a line: P(row @ weights < truth) and the moments of the weights."""

    def below(self, rows: FloatArray, truth: FloatArray) -> FloatArray:
        """Return the probability (R, T) of less than truth (R or 1, T) at design rows (T, P), the same in all."""
        ...

    def below_own(self, rows: FloatArray, truth: FloatArray) -> FloatArray:
        """Return the probability (R,) of less than truth (R,) at a design row of each world's own (R, P)."""
        ...

    def moments(self) -> tuple[FloatArray, FloatArray]:
        """Return mean (R, P) and covariance (R, P, P) of the weights."""
        ...

    def among(self, some: NDArray[np.intp]) -> Bands:
        """Return what some of the worlds believe."""
        ...


Maker = Callable[[Spectrum, FloatArray, float, float], Bands]
"""How a method answers in R worlds: (spectrum, y (R, N), prior width, prior noise) -> bands."""


def coverage(
    design: FloatArray,
    y: Sequence[FloatArray],
    width: FloatArray,
    noise: float,
    rows: FloatArray,
    weights: FloatArray,
    level: float = 0.9,
    method: str = "exact",
) -> Coverage:
    r"""Return how often a method's credible band for f holds one true line, at V slider positions.

    Each y[v] (R, N) holds R repeated worlds; the band of every one is made with prior width[v] and
    sigma ~ HalfCauchy(noise), and asked whether the true line, `weights` (P,), lies inside at design rows (T, P) that
    run from one end of the axis to the other:

    .. math:: \alpha/2 < P(f(x_t) < f_{true}(x_t) \mid y_r) < 1 - \alpha/2

    Monte-Carlo errors count worlds, since places within one world stand and fall together. Raises ValueError for a
    method without a band of its own.
    """
    rows, weights = floats(rows, "rows", 2), floats(weights, "weights", 1)
    spectrum, make = Spectrum.of(design), _maker(method)
    held = [
        held_line(make(spectrum, worlds, float(w), noise), rows, weights[None], level)
        for worlds, w in zip(y, width, strict=True)
    ]
    return _counted(held, level)


def coverage_over_prior(
    design: FloatArray,
    width: FloatArray,
    noise: float,
    rows: FloatArray,
    level: float = 0.9,
    method: str = "exact",
    worlds: int = 2000,
    seed: int = 0,
) -> Coverage:
    """Return the same where line and noise of every world are drawn from the prior, N(0, width^2) and half-Cauchy.

    This is the average that a credible interval promises to be right in: pointwise, the exact one is.
    """
    random = np.random.default_rng([seed, 11])
    normal, shocks = random.standard_normal((worlds, design.shape[1])), random.standard_normal((worlds, len(design)))
    sigma = half_cauchy_quantiles(noise, (random.permutation(worlds) + 0.5) / worlds)
    spectrum, make = Spectrum.of(design), _maker(method, own=True)
    held = []
    for w in width:
        weights = float(w) * normal
        y = weights @ design.T + sigma[:, None] * shocks
        held.append(held_line(make(spectrum, y, float(w), noise), rows, weights, level))
    return _counted(held, level)


def held_line(
    bands: Bands, rows: FloatArray, weights: FloatArray, level: float
) -> tuple[FloatArray, NDArray[np.bool_]]:
    """Return in how large a share of places, and whether everywhere, each world's band holds a line, (R,) each.

    The true line has weights (R or 1, P); the rows (T, P) run from one end of the axis to the other. A mixture over
    sigma may have its extreme a little beside that of its moments: worlds that are nearly out are asked on a fine grid.
    """
    low, high = tails(level)

    def room(below: FloatArray) -> FloatArray:
        """Return how far a probability is from either end of the band, negative outside."""
        return np.minimum(below - low, high - below)

    def of(some: NDArray[np.intp]) -> FloatArray:
        return weights if len(weights) == 1 else weights[some]

    here = room(bands.below(rows, weights @ rows.T))
    least = here.min(1)
    held = np.flatnonzero(least > 0)  # the others have missed it already
    if len(held):
        part = bands.among(held)
        where = farthest(part, rows[0], rows[-1], of(held))
        truth = np.einsum("rp,rp->r", where, np.broadcast_to(of(held), where.shape))
        least[held] = np.minimum(least[held], room(part.below_own(where, truth)))
    near = np.flatnonzero((least > 0) & (least < _NEARLY * low))
    if len(near) and not isinstance(bands, Gaussian):
        fine = rows[0] + np.linspace(0, 1, _FINE)[:, None] * (rows[-1] - rows[0])
        least[near] = np.minimum(least[near], room(bands.among(near).below(fine, of(near) @ fine.T)).min(1))
    return (here > 0).mean(1), least > 0


def farthest(bands: Bands, start: FloatArray, end: FloatArray, weights: FloatArray) -> FloatArray:
    r"""Return the design row (R, P) between two ends (P,) where each world's truth lies most sds from its mean.

    With d(u) = d_0 + d_1 u the distance along the way from one end to the other and
    s^2(u) = q_0 + 2 q_1 u + q_2 u^2 the variance, that is :math:`u = (d_1 q_0 - d_0 q_1) / (d_0 q_2 - d_1 q_1)`,
    or an end where this lies outside.
    """
    mean, covariance = bands.moments()
    way, off = end - start, weights - mean
    d0, d1 = off @ start, off @ way
    q0, q1, q2 = (np.einsum("a,rab,b->r", a, covariance, b) for a, b in ((start, start), (start, way), (way, way)))
    with np.errstate(divide="ignore", invalid="ignore"):
        along = (d1 * q0 - d0 * q1) / (d0 * q2 - d1 * q1)
    along = np.clip(np.nan_to_num(along, nan=0.0), 0.0, 1.0)
    where: FloatArray = start + along[:, None] * way
    return where


def _counted(held: Sequence[tuple[FloatArray, NDArray[np.bool_]]], level: float) -> Coverage:
    """Return the shares at every position, with their errors."""
    shares, errors = [], []
    for parts in held:
        shares.append([part.mean() for part in parts])
        errors.append([part.std(ddof=1) / np.sqrt(len(part)) for part in parts])
    (pointwise, whole), (one, two) = np.transpose(shares), np.transpose(errors)
    return Coverage(pointwise, one, whole, two, level, len(held[0][0]))


# ------------------------------------------------------------------------------------------------ who makes the band
@dataclass(frozen=True, eq=False)
class Gaussian:
    """One Gaussian of the weights in each world: mean (R, P), covariance (R, P, P)."""

    mean: FloatArray
    covariance: FloatArray

    def below(self, rows: FloatArray, truth: FloatArray) -> FloatArray:
        """Return the normal distribution function of the truth at shared rows."""
        variance = np.einsum("tp,rpq,tq->rt", rows, self.covariance, rows)
        value: FloatArray = ndtr((truth - self.mean @ rows.T) / np.sqrt(variance))
        return value

    def below_own(self, rows: FloatArray, truth: FloatArray) -> FloatArray:
        """Return the normal distribution function of the truth at each world's own row."""
        variance = np.einsum("rp,rpq,rq->r", rows, self.covariance, rows)
        value: FloatArray = ndtr((truth - (rows * self.mean).sum(1)) / np.sqrt(variance))
        return value

    def moments(self) -> tuple[FloatArray, FloatArray]:
        """Return mean and covariance."""
        return self.mean, self.covariance

    def among(self, some: NDArray[np.intp]) -> Gaussian:
        """Return some of the worlds."""
        return Gaussian(self.mean[some], self.covariance[some])

    def edges(self, rows: FloatArray, level: float) -> tuple[FloatArray, FloatArray]:
        """Return the band (R, T) at design rows (T, P)."""
        half = ndtri(tails(level)[1]) * np.sqrt(np.einsum("tp,rpq,tq->rt", rows, self.covariance, rows))
        middle = self.mean @ rows.T
        return middle - half, middle + half


@dataclass(frozen=True, eq=False)
class Each:
    """The exact posterior of every world on sigma nodes of its own, R positions of it."""

    posterior: LinearPosterior

    def below(self, rows: FloatArray, truth: FloatArray) -> FloatArray:
        """Return the mixture's distribution function at shared rows."""
        centre, spread = self.posterior.nodes(rows)
        weight = self.posterior.node_weight[:, None, :]
        value: FloatArray = (weight * ndtr((truth[..., None] - centre) / spread)).sum(-1)
        return value

    def below_own(self, rows: FloatArray, truth: FloatArray) -> FloatArray:
        """Return the mixture's distribution function at each world's own row."""
        mean, variance = self.posterior.given_sigma(np.exp(self.posterior.log_sigma))
        turned = self.posterior.spectrum.turned(rows)[:, None, :]
        standard = (truth[:, None] - (mean * turned).sum(-1)) / np.sqrt((variance * turned**2).sum(-1))
        value: FloatArray = (self.posterior.node_weight * ndtr(standard)).sum(1)
        return value

    def moments(self) -> tuple[FloatArray, FloatArray]:
        """Return mean and covariance of the weights."""
        return self.posterior.covariance()

    def among(self, some: NDArray[np.intp]) -> Each:
        """Return some of the worlds."""
        return Each(self.posterior.take(some))

    def edges(self, rows: FloatArray, level: float) -> tuple[FloatArray, FloatArray]:
        """Return the band (R, T) at design rows (T, P)."""
        lower, upper = self.posterior.quantiles(rows, tails(level), tolerance=1e-4)
        return lower, upper


@dataclass(frozen=True, eq=False)
class Shared:
    """The exact posterior of every world on one grid of sigma nodes for all: fast where the worlds are alike.

    node (R, K) weighs the nodes; given sigma the weights have variances (K, P) and means reach (K, P) times what is
    seen `along` (R, P) the singular basis of the `spectrum`.
    """

    node: FloatArray
    along: FloatArray
    reach: FloatArray
    variance: FloatArray
    spectrum: Spectrum

    @classmethod
    def of(cls, spectrum: Spectrum, y: FloatArray, width: float, noise: float) -> Shared:
        """Weigh the nodes of log sigma in every world."""
        seen, one = Projection.of(spectrum, y), np.ones(len(y))
        density = SigmaDensity(spectrum.scale, seen, width * one, noise * one)
        log_sigma, log_step = density.take(_extreme(density)).shared_nodes()
        log_mass = density(np.broadcast_to(log_sigma, (len(y), len(log_sigma)))) + log_step
        node = np.exp(log_mass - log_mass.max(1, keepdims=True))
        reach, variance = spectrum.given_sigma(width, np.exp(2 * log_sigma)[:, None])
        return cls(node / node.sum(1, keepdims=True), seen.along, reach, variance, spectrum)

    def below(self, rows: FloatArray, truth: FloatArray) -> FloatArray:
        """Return the mixture's distribution function at shared rows."""
        turned = self.spectrum.turned(rows)
        spread = np.sqrt(self.variance @ (turned**2).T)  # (K, T)
        reach = self.reach[:, None, :] * turned / spread[:, :, None]  # (K, T, P)
        centre = (self.along @ reach.reshape(-1, reach.shape[2]).T).reshape(len(self.along), *spread.shape)
        value: FloatArray = np.einsum("rk,rkt->rt", self.node, ndtr(truth[:, None, :] / spread - centre))
        return value

    def below_own(self, rows: FloatArray, truth: FloatArray) -> FloatArray:
        """Return the mixture's distribution function at each world's own row."""
        turned = self.spectrum.turned(rows)
        standard = (truth[:, None] - (self.along * turned) @ self.reach.T) / np.sqrt(turned**2 @ self.variance.T)
        value: FloatArray = (self.node * ndtr(standard)).sum(1)
        return value

    def moments(self) -> tuple[FloatArray, FloatArray]:
        """Return mean and covariance of the weights."""
        size = len(self.spectrum.scale)
        reach = self.node @ self.reach
        products = (self.reach[:, :, None] * self.reach[:, None, :]).reshape(len(self.reach), -1)
        inner = (self.node @ products).reshape(-1, size, size) - reach[:, :, None] * reach[:, None, :]
        inner = inner * self.along[:, :, None] * self.along[:, None, :]
        inner[:, np.arange(size), np.arange(size)] += self.node @ self.variance
        return (self.along * reach) @ self.spectrum.right, self.spectrum.unturned(inner)

    def among(self, some: NDArray[np.intp]) -> Shared:
        """Return some of the worlds."""
        return Shared(self.node[some], self.along[some], self.reach, self.variance, self.spectrum)


def _each(spectrum: Spectrum, y: FloatArray, width: float, noise: float) -> Each:
    one = np.ones(len(y))
    return Each(solve(spectrum, y, width * one, noise * one, False))


def _variational(full_rank: bool) -> Maker:
    def make(spectrum: Spectrum, y: FloatArray, width: float, noise: float) -> Gaussian:
        found = best_gaussians(spectrum, y, width, noise, full_rank=full_rank)
        return Gaussian(found.mean, found.covariance)

    return make


def _prior(spectrum: Spectrum, y: FloatArray, width: float, noise: float) -> Gaussian:
    size = len(spectrum.right)
    return Gaussian(np.zeros((len(y), size)), np.broadcast_to(width**2 * np.eye(size), (len(y), size, size)))


MAKERS: Mapping[str, Maker] = {
    "exact": Shared.of,
    "nuts": Shared.of,  # draws of the exact posterior: the same band but for Monte-Carlo error
    "vi_meanfield": _variational(full_rank=False),
    "vi_fullrank": _variational(full_rank=True),
    "prior": _prior,
}
"""The methods whose band can be remade in thousands of worlds; a single point (MAP) has none."""


def _maker(method: str, own: bool = False) -> Maker:
    """Return who makes a method's band; `own` asks for nodes of sigma for every world, where worlds differ widely."""
    if method not in MAKERS:
        raise ValueError(f"{method!r} has no band to remake in repeated worlds: choose among {', '.join(MAKERS)}")
    make = MAKERS[method]
    return _each if own and method in ("exact", "nuts") else make


def _extreme(density: SigmaDensity) -> NDArray[np.intp]:
    """Return which worlds to ask where sigma can be: the extreme ones, and some in between that may have two modes."""
    seen, width, noise = density.seen, density.width, density.noise
    shrunk = (seen.along**2 / (1 + (width[:, None] * density.scale / noise[:, None]) ** 2)).sum(1)
    sizes = (seen.total, seen.residual, shrunk + seen.residual)
    found = {int(pick(size)) for size in sizes for pick in (np.argmin, np.argmax)}
    between = np.argsort(seen.total)[np.linspace(0, len(shrunk) - 1, min(_BETWEEN, len(shrunk))).astype(int)]
    return np.array(sorted(found | set(between.tolist())))


def world_bands(
    design: FloatArray,
    y: Sequence[FloatArray],
    width: FloatArray,
    noise: float,
    rows: FloatArray,
    weights: FloatArray,
    level: float,
    method: str,
) -> tuple[FloatArray, FloatArray, NDArray[np.bool_]]:
    """Return a method's bands themselves in some repeated worlds: lower, upper (V, R, T), and whether each holds the
    whole true line, (V, R).
    """
    spectrum, make = Spectrum.of(design), _maker(method, own=True)
    lower, upper, held = [], [], []
    for worlds, w in zip(y, width, strict=True):
        bands = make(spectrum, worlds, float(w), noise)
        assert isinstance(bands, Gaussian | Each)
        ends = bands.edges(rows, level)
        lower.append(ends[0])
        upper.append(ends[1])
        held.append(held_line(bands, rows, weights[None], level)[1])
    return np.array(lower), np.array(upper), np.array(held)
