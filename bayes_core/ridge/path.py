r"""MAP is ridge: the posterior mode of a Gaussian prior beside scikit-learn's Ridge, and what the mode throws away.

The negative log posterior of weights ~ N(0, w^2) and known noise sigma is, up to a constant,

.. math:: \frac{1}{2\sigma^2} \left( |y - X\beta|^2 + \lambda |\beta|^2 \right), \qquad \lambda = \sigma^2 / w^2

so its minimum is ridge regression with penalty lambda, and its curvature is the posterior's precision. The intercept is
a column of ones with the same prior as every other weight, on both sides (Bishop 2006, section 3.1.4 and 3.3).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from bayes_core.checks import FloatArray
from bayes_core.inference.linear_posterior import LinearPosterior, Spectrum, solve
from bayes_core.inference.map import modes
from bayes_core.intervals import tails
from bayes_core.numerics.lasso import lasso
from bayes_core.numerics.rounding import round_up
from bayes_core.ridge.along import Along
from bayes_core.ridge.problem import Family, Problem


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


def curve_and_band(
    problem: Problem, width: FloatArray, noise: float, degree: float, grid: FloatArray, level: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return ridge's curve (V, G) along widths (V,), and the credible band around it."""
    model = problem.model(degree)
    path = RidgePath.of(problem.design(degree), problem.y, width, np.full(len(width), noise))
    band = path.posterior.band(model.design(grid[:, None]), grid, level)
    return path.coef @ model.design(grid[:, None]).T, band.lower, band.upper


def weight_range(path: RidgePath) -> float:
    """Return where an axis of the weights ends that shows every mode with one sd of its posterior, and some room."""
    return round_up(1.4 * float((np.abs(path.coef) + path.sd).max()))


@dataclass(frozen=True, eq=False)
class Paths:
    """Every weight over the penalty, at V positions of a handle: modes (V, P, L) over log10 penalty (L,).

    lower and upper (V, P, L) are the posterior's interval where it has a closed form; NaN elsewhere, and where a model
    has no such weight.
    """

    log_penalty: FloatArray
    coef: FloatArray
    lower: FloatArray
    upper: FloatArray

    @classmethod
    def of(
        cls,
        problem: Problem,
        track: Along,
        family: Family,
        log_penalty: FloatArray,
        columns: int | None = None,
        level: float = 0.9,
    ) -> Paths:
        """Return the weights at log10 penalties (L,), padded to `columns`, for each position's degree and noise.

        Along a path the noise stays and the width follows from the penalty, so that at one penalty the modes are the
        same at every noise and a Gaussian posterior's sd is proportional to it.
        """
        penalty = 10**log_penalty
        shape = len(track), problem.columns(track.degree, columns), len(penalty)
        coef, lower, upper = (np.full(shape, np.nan) for _ in range(3))
        reach = ndtri(tails(level)[1])
        for degree, at in track.groups():
            design = problem.design(degree)
            size = design.shape[1]
            if family == "laplace":
                coef[at, :size] = lasso(design, problem.y, penalty).T
                continue
            path = RidgePath.of(design, problem.y, 1 / np.sqrt(penalty), np.ones_like(penalty))
            spread = reach * track.noise[at, None, None] * path.sd.T
            coef[at, :size] = path.coef.T
            lower[at, :size], upper[at, :size] = path.coef.T - spread, path.coef.T + spread
        return cls(log_penalty, coef, lower, upper)


def scikit_ridge(design: FloatArray, y: FloatArray, penalty: FloatArray) -> FloatArray:
    """Return scikit-learn's Ridge weights (V, P) at penalties (V,); its intercept is our column of ones."""
    from sklearn import config_context  # noqa: PLC0415 (slow to import)
    from sklearn.linear_model import ridge_regression  # noqa: PLC0415 (what Ridge calls once it has checked its input)

    targets = np.repeat(y[:, None], len(penalty), axis=1)  # a penalty for each: one fit for all of them
    with config_context(assume_finite=True, skip_parameter_validation=True):  # two thirds of its time otherwise
        coef: FloatArray = ridge_regression(design, targets, penalty, solver="svd")
    return coef.reshape(len(penalty), -1)


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
