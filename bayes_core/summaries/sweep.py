"""One answer for every position of a slider at once: what the live chart scrubs through while a hand moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.inference.linear_posterior import Spectrum, solve
from bayes_core.inference.map import modes
from bayes_core.inference.prior import density, unseen
from bayes_core.intervals import Interval
from bayes_core.models import Linear
from bayes_core.summaries.answers import Answer, Draws, Exact, MarginalDensity, Points, intervals, thinned
from bayes_core.types import Fit

_TOLERANCE = 1e-5  # of a posterior sd: far below a pixel
_REWEIGHTED_DRAWS = 2000


@dataclass(frozen=True, eq=False)
class Track:
    """The questions along one handle: prior width (V,) and targets y (V, N) at every value (V,), inputs x (N, D)."""

    handle: str
    values: FloatArray
    x: FloatArray
    y: FloatArray
    width: FloatArray
    noise: float
    noise_known: bool = False

    @property
    def noises(self) -> FloatArray:
        """Return the prior's noise scale at every position, (V,)."""
        return np.full(len(self.values), self.noise)


@dataclass(frozen=True, eq=False)
class Lens:
    """Where and how a posterior is looked at: grid x (G, D), levels, member curves, a grid (D,) per marginal."""

    x: FloatArray
    marginals: Mapping[str, FloatArray]
    level: float = 0.9
    inner: float = 0.5
    members: int = 24
    seed: int = 0


@dataclass(frozen=True, eq=False)
class Marginal(MarginalDensity):
    """Densities (V, D) of one parameter over its grid, after and before the data, with moments (V,)."""

    prior: FloatArray


@dataclass(frozen=True, eq=False)
class Sweep:
    """Everything a picture shows, at all V positions of a handle.

    intervals "credible", "inner" and "predictive" hold (V, G) edges; `reference` are the exact ones, drawn beside an
    answer that is not exact. members (V, M, G) are functions, member_weights (V, M, P) their weights; joint maps a
    level to an outline (V, L, 2) of (intercept, first coefficient). worth (V,) is how many points the prior of the
    first coefficient is worth, where the noise is its posterior median.
    trusted is the range of positions where reweighted draws may be believed, None where nothing is reweighted.
    """

    track: Track
    lens: Lens
    intervals: Mapping[str, Interval]
    reference: Mapping[str, Interval]
    members: FloatArray
    member_weights: FloatArray
    marginals: Mapping[str, Marginal]
    joint: Mapping[float, FloatArray]
    worth: FloatArray
    trusted: tuple[int, int] | None = None


def prior_worth(design: FloatArray, sigma: FloatArray, width: FloatArray, column: int = 1) -> FloatArray:
    r"""Return how many of the N data points tell as much of one weight as the prior does, (V,).

    What N points tell of a weight is the precision that is left when all other weights, under the same prior, are
    integrated out; the prior adds :math:`1/w^2`, and that is worth k points where it equals k/N of theirs:

    .. math:: k = \frac{N}{w^2 d}, \quad d = \big(g - h^\top (G + \tfrac{\sigma^2}{w^2} I)^{-1} h\big) / \sigma^2

    with g, h and G the blocks of X'X that belong to the weight, to both, and to the others. The posterior
    mean of the weight, given sigma, is N / (N + k) times what it would be without a prior of its own. Infinite where
    the data say nothing of it, NaN where sigma is.
    """
    others = np.delete(np.arange(design.shape[1]), column)
    gram = design.T @ design
    g, h, rest = gram[column, column], gram[others, column], gram[np.ix_(others, others)]
    worth = np.full(len(sigma), np.nan)
    known = np.isfinite(sigma)
    pinned = rest + ((sigma / width) ** 2)[known, None, None] * np.eye(len(others))
    told = np.maximum(g - np.linalg.solve(pinned, h[:, None])[..., 0] @ h, 0.0)
    with np.errstate(divide="ignore"):
        share = len(design) * (sigma / width)[known] ** 2 / told
    worth[known] = np.where(told <= 1e-14 * g, np.inf, share)
    return worth


def sweep(
    track: Track, lens: Lens, model: Linear, method: str = "exact", fit: Fit | None = None, home: int = 0
) -> Sweep:
    """Return the answer of a method at every position of a track.

    exact, prior and map are computed anew at every position. Any other method needs its `fit` at position `home`:
    its draws are reweighted, and `trusted` says how far that holds.
    Raises ValueError when such a fit is missing.
    """
    spectrum = Spectrum.of(model.design(track.x))
    posterior = solve(spectrum, track.y, track.width, track.noises, track.noise_known)
    exact = Exact(posterior, model, lens.seed, _TOLERANCE)
    answer = exact if method == "exact" else _other(track, lens, model, method, fit, home)
    reference = {} if method == "exact" else intervals(exact.at(lens.x), lens.x, lens.level)
    marginals = {}
    for name, grid in lens.marginals.items():
        found = answer.marginal(name, grid, lens.level)
        before = density(name, grid, track.width, track.noises)
        marginals[name] = Marginal(**vars(found), prior=before)
    of_members, levels = answer.parameters(lens.members), (lens.level, lens.inner)
    noise = marginals["sigma"] if "sigma" in marginals else answer.marginal("sigma", track.noise * np.array([0.5, 1.0]))
    return Sweep(
        track,
        lens,
        intervals(answer.at(lens.x), lens.x, lens.level, lens.inner),
        reference,
        answer.members(lens.x, lens.members),
        np.concatenate([of_members["intercept"][:, :, None], of_members["coef"]], axis=2),
        marginals,
        dict(zip(levels, answer.joint(("intercept", "coef[0]"), levels), strict=True)),
        prior_worth(model.design(track.x), noise.quantiles[1], track.width),
        answer.trusted,
    )


def _other(track: Track, lens: Lens, model: Linear, method: str, fit: Fit | None, home: int) -> Answer:
    """Return a method's answer where it is not the exact one."""
    if method == "prior":
        before = unseen(model.design(track.x).shape[1], track.width, track.noises, track.noise_known)
        return Exact(before, model, lens.seed, _TOLERANCE)
    if method == "map":
        spectrum = Spectrum.of(model.design(track.x))
        weights, sigma = modes(spectrum, track.y, track.width, track.noises, track.noise_known)
        return Points(model, {"intercept": weights[:, 0], "coef": weights[:, 1:]}, sigma)
    if fit is None:
        raise ValueError(f"a sweep of {method!r} reweights draws: give fit=, the answer at position {home}")
    few = thinned(fit, slice(None, None, max(1, len(fit.noise) // _REWEIGHTED_DRAWS)))
    weights = np.column_stack([few.draws["intercept"], few.draws["coef"]])
    joint = log_joint(track, model, weights, few.noise)
    shock = np.random.default_rng(lens.seed).standard_normal(len(few.noise))
    return Draws.reweighted(few, joint - joint[home], home, shock)


def log_joint(track: Track, model: Linear, weights: FloatArray, sigma: FloatArray) -> FloatArray:
    """Return log p(y_v, weights_s, sigma_s) at every position, (V, S), up to what is the same at every position."""
    design = model.design(track.x)
    fitted = weights @ design.T
    middle = track.y.mean(0)  # of the positions: squares of what is left keep their digits however far y is from zero
    y, fitted = track.y - middle, fitted - middle
    square = (y**2).sum(1)[:, None] - 2 * y @ fitted.T + (fitted**2).sum(1)
    width = track.width[:, None]
    size = (weights**2).sum(1)
    value: FloatArray = -0.5 * square / sigma**2 - 0.5 * size / width**2 - weights.shape[1] * np.log(width)
    return value
