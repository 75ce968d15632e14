r"""What a linear model's data say about sigma, the weights integrated out: the density of log sigma and its modes.

In the singular basis X = U diag(s) R the targets are seen as c = U'y and a residual r, and all is a function of one
number. A prior that is far too narrow for many rows leaves two explanations, little noise or weights near zero: then
sigma has several modes, each about :math:`1/\sqrt{2N}` wide in log sigma, with e^-1000 in between.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.checks import FloatArray
from bayes_core.inference.sigma_table import SigmaTable
from bayes_core.numerics.peaks import Peaks, Rows, peaks

DROP = 18.0
"""Log density below the highest at which sigma's nodes end: e^-18 of the peak."""

_LOWEST = 36.0  # of a mode: e^-36 of the mass may still lie 1e5 sds away, and count for the sd
_SCAN = 0.2  # in log sigma: every term of the density changes on the scale of 1
_NODES = 21
_FINE = 300  # cells in which the distribution function of each mode of log sigma is tabled
_STEP = 0.35  # widest step in log sigma; matters only for a handful of points
_MOST = 1000  # shared nodes of a span
_TAIL = 0.15  # step in log sigma where few rows leave a heavy tail
_COARSEST, _FINEST = 0.9, 0.6  # of a mode's sd: the widest step, alone and where modes run into each other
_RARE = 1e-3  # share of the posterior of a mode that chains may pass over
_PERFECT = 128 * float(np.finfo(float).eps)  # of |y|: a residual that is rounding


@dataclass(frozen=True, eq=False)
class Spectrum:
    """A design matrix (N, P) in its singular basis: left (N, P), scale (P,), right (P, P).

    Scales that are rounding errors are 0: a column that repeats others adds no direction.
    """

    left: FloatArray
    scale: FloatArray
    right: FloatArray

    @classmethod
    def of(cls, design: FloatArray) -> Spectrum:
        """Decompose a design matrix; zero rows stand in where there are fewer rows than columns."""
        rows, columns = design.shape
        padded = np.vstack([design, np.zeros((max(columns - rows, 0), columns))])
        left, scale, right = np.linalg.svd(padded, full_matrices=False)
        least = max(rows, columns) * float(np.finfo(float).eps) * scale.max(initial=0.0)
        return cls(left[:rows], np.where(scale > least, scale, 0.0), right)

    def turned(self, rows: FloatArray) -> FloatArray:
        """Return rows (..., P) in the singular basis; what rounding leaves of them along a scale of 0 is 0 too."""
        turned: FloatArray = rows @ self.right.T
        least = len(self.scale) * float(np.finfo(float).eps) * np.linalg.norm(rows, axis=-1, keepdims=True)
        return np.where((self.scale == 0) & (np.abs(turned) <= least), 0.0, turned)

    def unturned(self, covariance: FloatArray) -> FloatArray:
        """Return covariances (R, P, P) in the singular basis in the weights' own."""
        own: FloatArray = np.einsum("pa,rpq,qb->rab", self.right, covariance, self.right)
        return own

    def given_sigma(self, width: FloatArray | float, noise: FloatArray) -> tuple[FloatArray, FloatArray]:
        r"""Return what a mean is of a target seen `along`, and the weights' variance, in the singular basis, (..., P).

        .. math:: w^2 s / (\sigma^2 + w^2 s^2), \qquad w^2 \sigma^2 / (\sigma^2 + w^2 s^2)

        with the variance of the noise sigma^2 (..., 1) and the prior's width w, which broadcasts against it.
        """
        shrunk = noise + (width * self.scale) ** 2
        return width**2 * self.scale / shrunk, width**2 * noise / shrunk

    @property
    def rank(self) -> int:
        """Return the number of directions that the columns span."""
        return int(np.count_nonzero(self.scale))


@dataclass(frozen=True, eq=False)
class Projection:
    """Targets seen through a spectrum: along (V, P) the columns, the squared residual (V,), the row count."""

    along: FloatArray
    residual: FloatArray
    rows: int

    @classmethod
    def of(cls, spectrum: Spectrum, y: FloatArray) -> Projection:
        """Project targets y (V, N)."""
        along = y @ spectrum.left
        rest = y - along @ spectrum.left.T
        return cls(along, np.einsum("vn,vn->v", rest, rest), y.shape[1])

    def take(self, row: Rows | slice) -> Projection:
        """Return the targets of some positions."""
        return Projection(self.along[row], self.residual[row], self.rows)

    @cached_property
    def total(self) -> FloatArray:
        """Return |y|^2, (V,)."""
        total: FloatArray = self.residual + np.einsum("vp,vp->v", self.along, self.along)
        return total

    def unexplained(self, scale: FloatArray) -> FloatArray:
        """Return the squared residual (V,) that no weights can explain."""
        lost = scale == 0
        return self.residual + (self.along[:, lost] ** 2).sum(1) if lost.any() else self.residual


def log_likelihood(log_sigma: FloatArray, width: FloatArray, scale: FloatArray, seen: Projection) -> FloatArray:
    r"""Return log p(y | sigma), weights integrated out, at log_sigma (V, K) and widths (V,).

    .. math:: -\tfrac12 \Big[N \log 2\pi + (N - P) \log \sigma^2 + \textstyle\sum_j \log(\sigma^2 + w^2 s_j^2)
        + \sum_j c_j^2 / (\sigma^2 + w^2 s_j^2) + r / \sigma^2\Big]
    """
    variance = np.exp(2 * log_sigma) + (scale[:, None] * width)[:, :, None] ** 2  # (P, V, K): sums run along memory
    rank_free = seen.rows - len(scale)
    with np.errstate(over="ignore"):
        misfit = (seen.along.T[:, :, None] ** 2 / variance).sum(0) + seen.residual[:, None] * np.exp(-2 * log_sigma)
    spread = np.log(variance).sum(0) + 2 * rank_free * log_sigma
    value: FloatArray = -0.5 * (seen.rows * np.log(2 * np.pi) + spread + misfit)
    return value


def log_half_cauchy(log_sigma: FloatArray, scale: FloatArray) -> FloatArray:
    """Return the log density of log sigma when sigma ~ HalfCauchy(scale); scale broadcasts against it."""
    ratio = log_sigma - np.log(scale)
    far = np.abs(ratio)
    value: FloatArray = np.log(2 / np.pi) - far - np.log1p(np.exp(-2 * far))
    return value


def half_cauchy_quantiles(scale: float, probabilities: ArrayLike) -> FloatArray:
    r"""Return the quantiles of HalfCauchy(scale), :math:`s \tan(\pi p / 2)`: it has a median, s, and no mean and no sd.

    >>> half_cauchy_quantiles(10.0, (0.05, 0.5, 0.95)).round(2)
    array([  0.79,  10.  , 127.06])
    """
    quantiles: FloatArray = scale * np.tan(0.5 * np.pi * np.asarray(probabilities, float))
    return quantiles


@dataclass(frozen=True, eq=False)
class SigmaDensity:
    """log p(y, log sigma) at V positions of prior width (V,) and noise scale (V,), not normalised."""

    scale: FloatArray
    seen: Projection
    width: FloatArray
    noise: FloatArray

    def __call__(self, log_sigma: FloatArray, row: Rows | None = None) -> FloatArray:
        """Return it at log_sigma (V, K), or (B, K) at the positions `row` (B,)."""
        at = self if row is None else self.take(row)
        return log_likelihood(log_sigma, at.width, at.scale, at.seen) + log_half_cauchy(log_sigma, at.noise[:, None])

    def take(self, row: Rows) -> SigmaDensity:
        """Return the density at some of the positions."""
        return SigmaDensity(self.scale, self.seen.take(row), self.width[row], self.noise[row])

    def modes(self) -> Peaks:
        """Return every mode of log sigma that may count."""
        return peaks(self, *self.ends(), _SCAN, DROP, _LOWEST)

    def ends(self) -> tuple[FloatArray, FloatArray]:
        r"""Return log sigma (V,) below and above which there is less than e^-DROP of the peak.

        With n = N - rank, the data's own |y|^2 and what no weights explain of it, the slope of the density

        .. math:: -n + \sum_j \frac{\sigma^2}{\sigma^2 + d_j}\Big(\frac{c_j^2}{\sigma^2 + d_j} - 1\Big)
            + \frac{r}{\sigma^2} + 1 - \frac{2\sigma^2}{\sigma^2 + c^2}

        is known to be positive below and negative above.
        """
        rows, rank = self.seen.rows, int(np.count_nonzero(self.scale))
        total, far = self.seen.total, DROP + 1
        if rows > rank:
            low = 0.5 * np.log(self.seen.unexplained(self.scale) / (rows + 2)) - 1.75
        else:
            inner = self.width * (self.scale[self.scale > 0].min() if rank else np.inf)
            low = np.log(np.minimum(inner, self.noise)) - 0.5 * np.log(8 * rows + 16) - 1.17 * far
        high = np.log(4 * np.maximum(np.sqrt(total), self.noise)) + far / (0.82 + rows - min(rank, rows))
        slope = 0.75 * rows - rank - 1
        if slope >= 1:
            high = np.minimum(high, 0.5 * np.log(4 * total / rows) + far / slope)
        return low, high

    def nodes(self) -> SigmaNodes:
        """Return evenly spaced nodes of log sigma around each mode, and the log density there.

        Modes with more than e^-DROP in between are one span.
        """
        found = self.modes()
        begins = np.ones(len(found.row), bool)
        touch = found.low[1:] <= found.high[:-1] + 1e-9 * (found.high[:-1] - found.low[:-1])
        begins[1:] = (np.diff(found.row) > 0) | ~touch
        first = np.flatnonzero(begins)
        low, high = np.minimum.reduceat(found.low, first), np.maximum.reduceat(found.high, first)
        narrow = np.minimum.reduceat(found.sd, first)
        together = np.diff(np.append(first, len(found.row))) > 1
        step = np.minimum(np.where(together, _FINEST, _COARSEST) * narrow, _STEP)
        count = max(_NODES, int(np.ceil(float(((high - low) / step).max()))) + 1)
        return SigmaNodes.of(self, found.row[first], low, high, count)

    def shared_nodes(self) -> tuple[FloatArray, FloatArray]:
        """Return nodes (K,) of log sigma that serve all positions, and the log of each one's share of the line (K,).

        About 1.4 of the narrowest mode's sds apart, which is good to 1e-4.
        """
        found = self.modes()
        order = np.argsort(found.low)
        low, high, sd = found.low[order], found.high[order], found.sd[order]
        reached = np.maximum.accumulate(high)
        first = np.flatnonzero(np.append(True, low[1:] > reached[:-1]))
        nodes, steps = [], []
        for begin, end, narrow in zip(
            low[first], np.maximum.reduceat(high, first), np.minimum.reduceat(sd, first), strict=True
        ):
            count = int(np.clip(np.ceil((end - begin) / min(1.4 * narrow, 0.3)), 12, _MOST)) + 1
            nodes.append(np.linspace(begin, end, count))
            steps.append(np.full(count, np.log((end - begin) / (count - 1))))
        return np.concatenate(nodes), np.concatenate(steps)

    def tail_nodes(self) -> tuple[FloatArray, FloatArray]:
        """Return nodes of log sigma and their weights, (V, K) each, that also hold all of E[sigma^2].

        With few rows the heavy tail carries it far outside the posterior's own mass.
        """
        low, _ = self.ends()
        reach = self.width * self.scale.max(initial=0.0)
        top = np.maximum(np.maximum(np.sqrt(self.seen.total), self.noise), reach)
        high = np.log(4 * top) + (DROP + 1) / max(self.seen.rows - 1.2, 0.8)
        at = np.linspace(low, high, int(np.ceil(float((high - low).max()) / _TAIL)) + 1, axis=1)
        value = self(at)
        weight = np.exp(value - value.max(1, keepdims=True))
        return at, weight / weight.sum(1, keepdims=True)


@dataclass(frozen=True, eq=False)
class SigmaNodes:
    """K nodes at V positions: log_sigma and weight (V, K), low and high (V, M) of the spans, log_evidence (V,)."""

    log_sigma: FloatArray
    weight: FloatArray
    low: FloatArray
    high: FloatArray
    log_evidence: FloatArray

    @classmethod
    def of(cls, density: SigmaDensity, row: Rows, low: FloatArray, high: FloatArray, count: int) -> SigmaNodes:
        """Lay `count` nodes over each span; positions with fewer spans than others repeat the last, without weight."""
        positions, spans = len(density.width), np.bincount(row)
        most = int(spans.max())
        if most == 1:
            at = np.linspace(low, high, count, axis=1)
            value, step = density(at), ((high - low) / (count - 1))[:, None]
            edges = low[:, None], high[:, None]
        else:
            last = np.cumsum(spans) - 1
            span = np.minimum((last - spans + 1)[:, None] + np.arange(most), last[:, None])  # (V, M)
            at = np.linspace(low, high, count, axis=1)
            value = density(at, row)[span]
            value[np.arange(most) >= spans[:, None]] = -np.inf
            at, value = at[span].reshape(positions, -1), value.reshape(positions, -1)
            step = np.repeat(((high - low) / (count - 1))[span], count, axis=1)
            edges = low[span], high[span]
        peak = value.max(1, keepdims=True)
        mass = np.exp(value - peak) * step
        total = mass.sum(1, keepdims=True)
        return cls(at, mass / total, *edges, peak[:, 0] + np.log(total[:, 0]))

    def take(self, row: Rows) -> SigmaNodes:
        """Return the nodes of some of the positions."""
        return SigmaNodes(
            *(part[row] for part in (self.log_sigma, self.weight, self.low, self.high, self.log_evidence))
        )

    def table(self, density: SigmaDensity) -> SigmaTable:
        """Return the distribution of log sigma in small cells of each span."""
        positions = len(self.low)
        at = np.linspace(self.low, self.high, _FINE + 1, axis=2)
        step = np.repeat(((self.high - self.low) / _FINE)[..., None], _FINE + 1, axis=2)
        step[..., 0] = 0.0
        step[:, 1:][self.low[:, 1:] == self.low[:, :-1]] = 0.0  # a span that only repeats the last
        at, step = at.reshape(positions, -1), step.reshape(positions, -1)
        value = density(at)
        return SigmaTable(at, np.exp(value - value.max(1, keepdims=True)), step)


@dataclass(frozen=True, eq=False)
class SigmaModes:
    """The modes of log sigma of one data set, from the likeliest on: where, how wide, their shares (M,), and N(m, C).

    mean (M, P) and covariance (M, P, P) are those of the weights given sigma at the mode.
    """

    log_sigma: FloatArray
    sd: FloatArray
    share: FloatArray
    mean: FloatArray
    covariance: FloatArray

    @classmethod
    def of(cls, design: FloatArray, y: FloatArray, width: float, noise: float) -> SigmaModes:
        """Return the modes that hold at least a thousandth of the posterior, each taken for a Gaussian."""
        spectrum, one = Spectrum.of(design), np.ones(1)
        seen = Projection.of(spectrum, y[None])
        found = SigmaDensity(spectrum.scale, seen, width * one, noise * one).modes()
        mass = np.exp(found.value - found.value.max()) * found.sd
        share = mass / mass.sum()
        kept = np.argsort(-share)[: int((share > _RARE).sum())]
        at, right = found.at[kept], spectrum.right
        reach, variance = spectrum.given_sigma(width, np.exp(2 * at)[:, None])
        covariance = np.einsum("pa,mp,pb->mab", right, variance, right)
        return cls(at, found.sd[kept], share[kept], (reach * seen.along) @ right, covariance)

    def named(self) -> str:
        """Return where the modes are, in words."""
        places = [f"{value:.3g}" for value in np.sort(np.exp(self.log_sigma))]
        return f"{', '.join(places[:-1])} and {places[-1]}"

    def visited(self, sigma: FloatArray) -> FloatArray:
        """Return which modes each row of draws of sigma (C, n) came to, (C, M): the nearest one in log sigma counts."""
        order = np.argsort(self.log_sigma)
        between = 0.5 * (self.log_sigma[order][1:] + self.log_sigma[order][:-1])
        nearest = order[np.searchsorted(between, np.log(sigma))]
        met: FloatArray = (nearest[:, :, None] == np.arange(len(order))).any(1)
        return met


def refuse_perfect_fit(spectrum: Spectrum, seen: Projection, y: FloatArray) -> None:
    r"""Raise ValueError where the noise is unknown and no posterior exists, or y is too far to compute with.

    With more rows than the columns have directions and a residual of zero, p(y | sigma) grows like
    :math:`\sigma^{-(N - rank)}` as sigma -> 0, and its integral over any prior with density there is infinite.
    """
    total, largest = seen.total, float(np.abs(y).max(initial=0.0))
    refuse_too_far(total, largest)
    if seen.rows <= spectrum.rank:
        return
    if (np.sqrt(seen.unexplained(spectrum.scale)) <= _PERFECT * np.sqrt(total)).any():
        raise ValueError(perfect(seen.rows, spectrum.rank))


def refuse_too_far(total: FloatArray, largest: float) -> None:
    """Raise ValueError where the squares |y|^2 (V,) are not numbers any more."""
    if not np.isfinite(total).all() or (0 < largest < 1e-140):
        raise ValueError(f"y reaches {largest:.3g}, too far to compute with: give y in other units")


def perfect(rows: int, rank: int) -> str:
    """Return why there is no posterior, and what helps.

    >>> perfect(10, 2)[:76]
    '10 points are fitted without error by 2 weights, so the density grows withou'
    """
    weights = f"{rank} weights" if rank > 1 else "one weight"
    return (
        f"{rows} points are fitted without error by {weights}, so the density grows without bound as sigma -> 0 and no "
        "posterior exists: fix the noise with noise_known=True, or give targets that vary more"
    )
