"""The loss as a surface over two weights, the others held: its bowls and their contours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.numerics.lasso import lasso
from bayes_core.ridge.along import Along, log_penalty
from bayes_core.ridge.path import RidgePath
from bayes_core.ridge.problem import Family, Problem

Pair = tuple[int, int]
Ends = tuple[tuple[float, float], tuple[float, float]]

DROPS = (0.5, 2.0, 4.5)
"""How far above its lowest point each contour lies: where a Gaussian is 1, 2 and 3 sd from its top."""

_POINTS = 61  # of a contour, which ends where it began


@dataclass(frozen=True, eq=False)
class Bowl:
    """The loss over two weights at V positions of a handle, the others held at their mode.

    mode (V, 2) is its lowest point, centre (V, 2) the likelihood's. likelihood, prior and loss (their sum) are K
    contours each, (V, K, L, 2), that lie by DROPS above the lowest point of their own surface.
    """

    mode: FloatArray
    centre: FloatArray
    likelihood: FloatArray
    prior: FloatArray
    loss: FloatArray

    @classmethod
    def of(cls, problem: Problem, track: Along, coef: FloatArray, family: Family, pair: Pair) -> Bowl:
        """Return the loss over a pair of weights at every position of a track, where coef (V, P) are the modes.

        -log posterior = |y - X b|^2 / (2 noise^2) + |b|^2 / (2 width^2) under a Gaussian prior, + |b|_1 / width instead
        under a Laplace one. A model without such a pair is looked at over its first two weights.
        """
        size, count = len(track), len(DROPS)
        mode, centre = np.full((size, 2), np.nan), np.full((size, 2), np.nan)
        likelihood, loss = (np.full((size, count, _POINTS, 2), np.nan) for _ in range(2))
        for degree, at in track.groups():
            design, width = problem.design(degree), track.width[at]
            two, weights = drawn_over(pair, design.shape[1]), coef[at, : design.shape[1]]
            centre[at], precision = conditional_bowl(design, problem.y, weights, track.noise[at], two)
            mode[at] = weights[:, two]
            both = precision + np.eye(2) / width[:, None, None] ** 2
            for k, drop in enumerate(DROPS):
                likelihood[at, k] = contour(centre[at], precision, drop)
                if family == "normal":
                    loss[at, k] = contour(mode[at], both, drop)
                else:
                    loss[at, k] = laplace_contour(centre[at], precision, width, mode[at], drop)
        prior = np.stack([prior_contour(track.width, family, drop) for drop in DROPS], 1)
        return cls(mode, centre, likelihood, prior, loss)


def drawn_over(pair: Pair, columns: int) -> Pair:
    """Return the pair of weights, or the first two where a design has fewer columns.

    >>> drawn_over((1, 2), 10), drawn_over((1, 2), 2)
    ((1, 2), (0, 1))
    """
    return pair if max(pair) < columns else (0, 1)


def map_path(
    design: FloatArray, y: FloatArray, pair: Pair, width: float, noise: float, family: Family, points: int = 60
) -> FloatArray:
    """Return the mode of a pair of weights (points, 2) from a hundredth of the present penalty to one without end."""
    here = log_penalty(np.array(width), np.array(noise), family)
    if family == "normal":
        penalty = 10 ** np.linspace(here - 2, here + 8, points)
        coef = RidgePath.of(design, y, 1 / np.sqrt(penalty), np.ones_like(penalty)).coef
    else:
        coef = lasso(design, y, noise**2 / width * np.geomspace(1e-2, 1e4, points))
    return coef[:, list(drawn_over(pair, design.shape[1]))]


def surface_range(path: FloatArray, aspect: float = 2.1) -> Ends:
    """Return the axes of a loss surface that show zero, a path (L, 2), and room for contours around it.

    The first is `aspect` times as long as the second: on a chart of that shape circles look like circles.
    """
    shown = np.vstack([path[np.isfinite(path).all(1)], np.zeros((1, 2))])
    middle, reach = (shown.min(0) + shown.max(0)) / 2, 0.85 * float(np.ptp(shown, axis=0).max())
    low, high = middle - reach * np.array([aspect, 1.0]), middle + reach * np.array([aspect, 1.0])
    return (float(low[0]), float(high[0])), (float(low[1]), float(high[1]))


def conditional_bowl(
    design: FloatArray, y: FloatArray, coef: FloatArray, noise: FloatArray, pair: tuple[int, int]
) -> tuple[FloatArray, FloatArray]:
    """Return centre (V, 2) and precision (V, 2, 2) of the likelihood of two weights, the others held at coef (V, P).

    The negative log likelihood is 1/2 (b - centre)' precision (b - centre) + constant.
    """
    two = design[:, pair]
    rest = [j for j in range(design.shape[1]) if j not in pair]
    left = y - coef[:, rest] @ design[:, rest].T
    centre = np.asarray(np.linalg.lstsq(two, left.T, rcond=None)[0].T, np.float64)
    return centre, (two.T @ two)[None] / (noise**2)[:, None, None]


def contour(centre: FloatArray, precision: FloatArray, drop: float, points: int = _POINTS) -> FloatArray:
    """Return the ellipse (V, points, 2) on which 1/2 d' precision d = drop around centre (V, 2)."""
    value, axes = np.linalg.eigh(precision)
    reach = np.sqrt(2 * drop / np.maximum(value, 1e-300))
    around: FloatArray = centre[:, None] + np.einsum("vij,vj,gj->vgi", axes, reach, _circle(points))
    return around


def prior_contour(width: FloatArray, family: Family, drop: float, points: int = _POINTS) -> FloatArray:
    """Return where -log prior of two weights lies `drop` above zero's, (V, points, 2), at widths (V,).

    A Gaussian prior's is a circle of radius width * sqrt(2 drop), a Laplace one's the diamond |b|_1 = width * drop.
    """
    circle = _circle(points)
    if family == "normal":
        ring: FloatArray = np.sqrt(2 * drop) * width[:, None, None] * circle
    else:
        ring = drop * width[:, None, None] * (circle / np.abs(circle).sum(1, keepdims=True))
    return ring


def laplace_contour(
    centre: FloatArray, precision: FloatArray, width: FloatArray, lowest: FloatArray, drop: float, points: int = _POINTS
) -> FloatArray:
    """Return where 1/2 d' precision d + |b|_1 / width lies `drop` above its value at `lowest` (V, 2).

    d = b - centre (V, 2). The loss is convex, so along every ray from its lowest point it rises: the crossing is found
    by bisection. Shape (V, points, 2).
    """
    ray = _circle(points)

    def loss(b: FloatArray) -> FloatArray:
        d = b - centre[:, None]
        value: FloatArray = 0.5 * np.einsum("vgi,vij,vgj->vg", d, precision, d) + np.abs(b).sum(-1) / width[:, None]
        return value

    base = loss(lowest[:, None])
    size = np.linalg.eigvalsh(precision)[:, :1]
    low = np.zeros((len(centre), points))
    # out there the quadratic alone is that high, or |b|_1 / width alone: the nearer of the two bounds holds
    along = np.sqrt(2 * drop / np.maximum(size, 1e-300))
    beyond = width[:, None] * (base + drop) + np.abs(lowest).sum(1, keepdims=True)
    high = np.broadcast_to(np.minimum(along, beyond), low.shape)
    for _ in range(60):
        middle = 0.5 * (low + high)
        above = loss(lowest[:, None] + middle[..., None] * ray) - base > drop
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    around: FloatArray = lowest[:, None] + (0.5 * (low + high))[..., None] * ray
    return around


def _circle(points: int) -> FloatArray:
    angle = np.linspace(0, 2 * np.pi, points)
    return np.stack([np.cos(angle), np.sin(angle)], 1)
