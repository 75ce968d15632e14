"""The loss as a surface over two weights, the others held: its bowls and their contours."""

from __future__ import annotations

import numpy as np

from bayes_core.checks import FloatArray


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


def contour(centre: FloatArray, precision: FloatArray, drop: float, points: int = 61) -> FloatArray:
    """Return the ellipse (V, points, 2) on which 1/2 d' precision d = drop around centre (V, 2)."""
    angle = np.linspace(0, 2 * np.pi, points)
    circle = np.stack([np.cos(angle), np.sin(angle)], 1)
    value, axes = np.linalg.eigh(precision)
    reach = np.sqrt(2 * drop / np.maximum(value, 1e-300))
    around: FloatArray = centre[:, None] + np.einsum("vij,vj,gj->vgi", axes, reach, circle)
    return around


def laplace_contour(
    centre: FloatArray, precision: FloatArray, width: FloatArray, lowest: FloatArray, drop: float, points: int = 61
) -> FloatArray:
    """Return where 1/2 d' precision d + |b|_1 / width lies `drop` above its value at `lowest` (V, 2).

    d = b - centre (V, 2). The loss is convex, so along every ray from its lowest point it rises: the crossing is found
    by bisection. Shape (V, points, 2).
    """
    angle = np.linspace(0, 2 * np.pi, points)
    ray = np.stack([np.cos(angle), np.sin(angle)], 1)

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
