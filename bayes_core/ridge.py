r"""MAP is ridge: the posterior mode of a Gaussian prior beside scikit-learn's Ridge, and what the mode throws away.

The negative log posterior of weights ~ N(0, w^2) and known noise sigma is, up to a constant,

.. math:: \frac{1}{2\sigma^2} \left( |y - X\beta|^2 + \lambda |\beta|^2 \right), \qquad \lambda = \sigma^2 / w^2

so its minimum is ridge regression with penalty lambda, and its curvature is the posterior's precision. The intercept is
a column of ones with the same prior as every other weight, on both sides (Bishop 2006, section 3.1.4 and 3.3).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bayes_core.inference.lasso import lasso
from bayes_core.inference.linear_posterior import LinearPosterior, Spectrum, solve
from bayes_core.inference.map import modes
from bayes_core.types import FloatArray


@dataclass(frozen=True, eq=False)
class RidgePath:
    """MAP weights coef (V, P) and all that belongs to them, at V pairs of prior width and known noise.

    penalty (V,) is lambda; sd (V, P) the posterior standard deviations; log_evidence (V,) is log p(y);
    effective (V,) is the effective number of weights sum s^2 / (s^2 + lambda).

    >>> path = RidgePath.of(np.eye(3)[:, :2], np.array([2.0, 4.0, 9.0]), np.array([1.0]), np.array([1.0]))
    >>> path.penalty, path.coef, path.effective
    (array([1.]), array([[1., 2.]]), array([1.]))
    """

    penalty: FloatArray
    coef: FloatArray
    sd: FloatArray
    effective: FloatArray
    log_evidence: FloatArray
    posterior: LinearPosterior

    @classmethod
    def of(cls, design: FloatArray, y: FloatArray, width: FloatArray, noise: FloatArray) -> RidgePath:
        """Return the path of design (N, P) and y (N,) along widths (V,) and noises (V,)."""
        return cls.seen_through(Spectrum.of(design), y, width, noise)

    @classmethod
    def seen_through(cls, spectrum: Spectrum, y: FloatArray, width: FloatArray, noise: FloatArray) -> RidgePath:
        """Return the path of a design that is decomposed already."""
        for name, values in (("width", width), ("noise", noise)):
            bad = values[~(np.isfinite(values) & (values > 0))]
            if len(bad):
                raise ValueError(f"a {name} is {bad[0]:g}: every {name} must be a finite number more than 0")
        targets = np.broadcast_to(y, (len(width), len(y)))
        coef, _ = modes(spectrum, targets, width, noise, noise_known=True)
        answer = solve(spectrum, targets, width, noise, noise_known=True)
        penalty = (noise / width) ** 2
        effective = (spectrum.scale**2 / (spectrum.scale**2 + penalty[:, None])).sum(1)
        _, sd = answer.moments(np.eye(len(spectrum.scale)))
        return cls(penalty, coef, sd, effective, answer.log_evidence, answer)


def scikit_ridge(design: FloatArray, y: FloatArray, penalty: FloatArray) -> FloatArray:
    """Return scikit-learn's Ridge weights (V, P) at penalties (V,); its intercept is our column of ones."""
    from sklearn.linear_model import Ridge  # noqa: PLC0415 (slow to import)

    return np.array([Ridge(alpha=p, fit_intercept=False, solver="svd").fit(design, y).coef_ for p in penalty])


def scikit_lasso(design: FloatArray, y: FloatArray, threshold: float) -> FloatArray:
    r"""Return scikit-learn's Lasso weights (P,) with the matching alpha = t / N, where t = sigma^2 / w.

    scikit-learn minimises :math:`|y - X\beta|^2 / 2N + \alpha|\beta|_1`: our problem divided by N.
    """
    import warnings  # noqa: PLC0415

    from sklearn.exceptions import ConvergenceWarning  # noqa: PLC0415
    from sklearn.linear_model import Lasso  # noqa: PLC0415 (slow to import)

    model = Lasso(alpha=threshold / len(y), fit_intercept=False, tol=1e-10, max_iter=20_000)
    with warnings.catch_warnings():  # its own small remainder is shown as the difference from the exact path
        warnings.simplefilter("ignore", ConvergenceWarning)
        coef: FloatArray = model.fit(design, y).coef_
    return coef


def cross_validated(
    design: FloatArray, y: FloatArray, penalty: FloatArray, folds: int = 5, seed: int = 0
) -> FloatArray:
    """Return the root mean squared error (V,) on rows left out, each row once, at penalties (V,).

    Raises ValueError for fewer than two folds or fewer rows than folds.
    """
    rows = len(y)
    if not 2 <= folds <= rows:
        raise ValueError(f"{folds} folds of {rows} rows: give from 2 to {rows} folds")
    part = np.random.default_rng(seed).permutation(rows) % folds
    total = np.zeros(len(penalty))
    one = np.ones(len(penalty))
    for fold in range(folds):
        out = part == fold
        targets = np.broadcast_to(y[~out], (len(penalty), int((~out).sum())))
        coef, _ = modes(Spectrum.of(design[~out]), targets, one, np.sqrt(penalty), noise_known=True)
        total += ((coef @ design[out].T - y[out]) ** 2).sum(1)
    error: FloatArray = np.sqrt(total / rows)
    return error


def rms(coef: FloatArray, design: FloatArray, y: FloatArray) -> FloatArray:
    """Return the root mean squared error (V,) of weights (V, P) on rows (M, P) with targets (M,)."""
    error: FloatArray = np.sqrt(((coef @ design.T - y) ** 2).mean(1))
    return error


def bias_and_variance(
    design: FloatArray, truth: FloatArray, rows: FloatArray, aim: FloatArray, noise: float, penalty: FloatArray
) -> tuple[FloatArray, FloatArray]:
    r"""Return mean squared bias and mean variance (V,) of the MAP curve over repeated noise, at rows (G, P).

    truth (N,) and aim (G,) are the true function at the data and at the rows. In closed form: with
    :math:`H = R (X^\top X + \lambda I)^{-1} X^\top` the bias is :math:`H f - f_*`, the variance
    :math:`\sigma^2 \operatorname{diag} H H^\top` (Hastie, Tibshirani and Friedman 2009, section 7.3).
    """
    spectrum = Spectrum.of(design)
    turned = rows @ spectrum.right.T
    shrink = spectrum.scale / (spectrum.scale**2 + penalty[:, None])
    mean = (shrink * (truth @ spectrum.left)) @ turned.T
    variance = noise**2 * ((shrink**2) @ (turned**2).T)
    return ((mean - aim) ** 2).mean(1), variance.mean(1)


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


__all__ = [
    "RidgePath",
    "bias_and_variance",
    "conditional_bowl",
    "contour",
    "cross_validated",
    "laplace_contour",
    "lasso",
    "rms",
    "scikit_lasso",
    "scikit_ridge",
]
