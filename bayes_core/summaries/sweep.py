"""One answer for every position of a slider at once: what the live chart scrubs through while a hand moves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.inference.exact import fixed_randomness
from bayes_core.inference.linear_posterior import LinearPosterior, Spectrum, log_half_cauchy, solve
from bayes_core.inference.map import modes
from bayes_core.inference.prior import unseen
from bayes_core.intervals import Interval, Kind, tails
from bayes_core.models import Linear
from bayes_core.numerics import mixture
from bayes_core.numerics.draws import density, ellipses, weighted_quantiles
from bayes_core.summaries.sensitivity import reweight
from bayes_core.types import Fit

_TOLERANCE = 1e-5  # of a posterior sd: far below a pixel
_JOINT_DRAWS = 600
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
class Marginal:
    """Densities (V, D) of one parameter over its grid, before and after the data, with moments (V,)."""

    grid: FloatArray
    density: FloatArray
    prior: FloatArray
    mean: FloatArray
    sd: FloatArray
    mcse: FloatArray


@dataclass(frozen=True, eq=False)
class Sweep:
    """Everything a picture shows, at all V positions of a handle.

    intervals "credible", "inner" and "predictive" hold (V, G) edges; `reference` are the exact ones, drawn beside an
    answer that is not exact. members (V, M, G) are functions, member_weights (V, M, P) their weights; joint maps a
    level to an outline (V, L, 2) of (intercept, first coefficient). worth (V,) is how many points the prior is worth.
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


def prior_worth(x: FloatArray, sigma: FloatArray, width: FloatArray) -> FloatArray:
    r"""Return how many data points tell as much of the slope as the prior, :math:`\sigma^2 / (w^2 \mathrm{var} x)`."""
    worth: FloatArray = sigma**2 / (width**2 * max(float(np.var(x[:, 0])), 1e-300))
    return worth


def sweep(
    track: Track, lens: Lens, model: Linear, method: str = "exact", fit: Fit | None = None, home: int = 0
) -> Sweep:
    """Return the answer of a method at every position of a track.

    exact, prior and map are computed anew at every position. Any other method needs its `fit` at position `home`:
    its draws are reweighted, and `trusted` says how far that holds.
    Raises ValueError when such a fit is missing.
    """
    exact = _exact(track, model)
    if method == "exact":
        return _from_posterior(track, lens, model, exact, {})
    reference = _intervals(exact, lens, model, ("credible", "predictive"))
    if method == "prior":
        size = exact.spectrum.right.shape[0]
        before = unseen(size, track.width, track.noises, track.noise_known)
        return _from_posterior(track, lens, model, before, reference)
    if method == "map":
        weights, sigma = modes(exact.spectrum, track.y, track.width, track.noises, track.noise_known)
        return _from_points(track, lens, model, weights, sigma, reference)
    if fit is None:
        raise ValueError(f"a sweep of {method!r} reweights draws: give fit=, the answer at position {home}")
    return _from_draws(track, lens, model, fit, home, reference)


def _exact(track: Track, model: Linear) -> LinearPosterior:
    return solve(Spectrum.of(model.design(track.x)), track.y, track.width, track.noises, track.noise_known)


def _intervals(answer: LinearPosterior, lens: Lens, model: Linear, names: tuple[str, ...]) -> dict[str, Interval]:
    rows, x = model.design(lens.x), lens.x[:, 0]
    low, high = tails(lens.level)
    first, last = tails(lens.inner)
    inside = (first, last) if "inner" in names else ()
    lower, upper, *inner = answer.quantiles(rows, (low, high, *inside), "function", _TOLERANCE)
    result = {"credible": Interval(x, lower, upper, lens.level, "function")}
    if inner:
        result["inner"] = Interval(x, inner[0], inner[1], lens.inner, "function")
    lower, upper = answer.quantiles(rows, (low, high), "observation", _TOLERANCE)
    return result | {"predictive": Interval(x, lower, upper, lens.level, "observation")}


ALL = ("credible", "inner", "predictive")


def _prior_density(name: str, grid: FloatArray, track: Track) -> FloatArray:
    if name == "sigma":
        log_density = log_half_cauchy(np.log(grid)[None, :], track.noises[:, None]) - np.log(grid)
    else:
        z, width = grid[None, :] / track.width[:, None], track.width[:, None]
        log_density = -0.5 * z * z - np.log(width) - 0.5 * np.log(2 * np.pi)
    density: FloatArray = np.exp(log_density)
    return density


def _row(name: str, size: int) -> FloatArray:
    row = np.zeros(size)
    row[0 if name == "intercept" else 1 + int(name.removeprefix("coef[").removesuffix("]"))] = 1.0
    return row


def _from_posterior(
    track: Track, lens: Lens, model: Linear, answer: LinearPosterior, reference: Mapping[str, Interval]
) -> Sweep:
    size = answer.spectrum.right.shape[0]
    uniform, normal = fixed_randomness(_JOINT_DRAWS, size, lens.seed)
    sigma = answer.sigma_draws(uniform)
    weights = answer.weight_draws(sigma, normal)
    none = np.zeros(len(track.values))
    if answer.seen.rows:
        sigma_mean, sigma_sd = answer.sigma_moments()
    else:  # a half-Cauchy has neither mean nor sd
        sigma_mean = sigma_sd = np.full(len(track.values), np.nan)
    marginals = {}
    for name, grid in lens.marginals.items():
        if name == "sigma":
            mean, sd = sigma_mean, sigma_sd
            curve = answer.sigma_density(grid)
        else:
            row = _row(name, size)
            mean, sd = (moment[:, 0] for moment in answer.moments(row[None, :]))
            curve = answer.density(row, grid)
        marginals[name] = Marginal(grid, curve, _prior_density(name, grid, track), mean, sd, none)
    return Sweep(
        track,
        lens,
        _intervals(answer, lens, model, ALL),
        reference,
        weights[:, : lens.members] @ model.design(lens.x).T,
        weights[:, : lens.members],
        marginals,
        {level: ellipses(weights[:, :, :2], level) for level in (lens.level, lens.inner)},
        prior_worth(track.x, sigma_mean if answer.seen.rows else track.noises, track.width),
    )


def _from_points(
    track: Track,
    lens: Lens,
    model: Linear,
    weights: FloatArray,
    sigma: FloatArray,
    reference: Mapping[str, Interval],
) -> Sweep:
    """One setting of the parameters at each position: a credible band without width, a predictive one from sigma."""
    rows, x = model.design(lens.x), lens.x[:, 0]
    f = weights @ rows.T
    intervals = {
        "credible": Interval(x, f, f, lens.level, "function"),
        "inner": Interval(x, f, f, lens.inner, "function"),
    }
    one = np.ones((1, 1, 1))
    low, high = (mixture.quantile(p, one, f[:, :, None], sigma[:, None, None], _TOLERANCE) for p in tails(lens.level))
    intervals["predictive"] = Interval(x, low, high, lens.level, "observation")
    zero = np.zeros(len(sigma))
    marginals = {}
    for name, grid in lens.marginals.items():
        value = sigma if name == "sigma" else weights @ _row(name, weights.shape[1])
        spike = np.array([density(v[None], grid) for v in value])
        marginals[name] = Marginal(grid, spike, _prior_density(name, grid, track), value, zero, zero)
    point = np.repeat(weights[:, None, :2], 2, axis=1)
    worth = prior_worth(track.x, sigma, track.width)
    joint = {lens.level: point, lens.inner: point}
    return Sweep(track, lens, intervals, reference, f[:, None, :], weights[:, None, :], marginals, joint, worth)


def log_joint(track: Track, model: Linear, weights: FloatArray, sigma: FloatArray) -> FloatArray:
    """Return log p(y_v, weights_s, sigma_s) at every position, (V, S), up to what is the same at every position."""
    design = model.design(track.x)
    fitted = weights @ design.T
    square = (track.y**2).sum(1)[:, None] - 2 * track.y @ fitted.T + (fitted**2).sum(1)
    width = track.width[:, None]
    size = (weights**2).sum(1)
    value: FloatArray = -0.5 * square / sigma**2 - 0.5 * size / width**2 - weights.shape[1] * np.log(width)
    return value


def _from_draws(
    track: Track, lens: Lens, model: Linear, fit: Fit, home: int, reference: Mapping[str, Interval]
) -> Sweep:
    """Reweight a fit's draws to every position; `home` is where they were made and keeps equal weights."""
    step = max(1, len(fit.noise) // _REWEIGHTED_DRAWS)
    weights = np.column_stack([fit.draws["intercept"], fit.draws["coef"]])[::step]
    sigma = fit.noise[::step]
    joint = log_joint(track, model, weights, sigma)
    new = reweight(joint - joint[home])
    low, high = new.trusted(home)
    mass, effective = new.weight[low : high + 1], new.effective[low : high + 1]

    def spread(part: FloatArray) -> FloatArray:
        # NaN where the weights are not to be trusted: nothing is drawn there
        full = np.full((len(track.values), *part.shape[1:]), np.nan)
        full[low : high + 1] = part
        return full

    marginals = {}
    for name, grid in lens.marginals.items():
        values = sigma if name == "sigma" else weights @ _row(name, weights.shape[1])
        mean = mass @ values
        sd = np.sqrt(np.maximum(mass @ values**2 - mean**2, 0))
        share = fit.diagnostics.ess_bulk.get(name, float(len(fit.noise))) / len(fit.noise)
        mcse = sd / np.sqrt(effective * np.minimum(share * step, 1))
        curve = np.array([density(values, grid, w) for w in mass])
        prior = _prior_density(name, grid, track)
        marginals[name] = Marginal(grid, spread(curve), prior, spread(mean), spread(sd), spread(mcse))
    f = weights @ model.design(lens.x).T
    pairs = np.broadcast_to(weights[:, :2], (len(mass), len(weights), 2))
    chosen = _systematic(mass, lens.members)
    return Sweep(
        track,
        lens,
        {name: _mapped(i, spread) for name, i in _weighted_intervals(lens, f, sigma, mass).items()},
        reference,
        spread(f[chosen]),
        spread(weights[chosen]),
        marginals,
        {level: spread(ellipses(pairs, level, mass)) for level in (lens.level, lens.inner)},
        prior_worth(track.x, spread(mass @ sigma), track.width),
        (low, high),
    )


def _weighted_intervals(lens: Lens, f: FloatArray, sigma: FloatArray, mass: FloatArray) -> dict[str, Interval]:
    """Return intervals of function draws f (S, G), and of new observations, under weights (V, S)."""
    noisy = f + sigma[:, None] * np.random.default_rng(lens.seed).standard_normal((len(f), 1))
    intervals = {}
    for name in ALL:
        level = lens.inner if name == "inner" else lens.level
        kind: Kind = "observation" if name == "predictive" else "function"
        lower, upper = weighted_quantiles(noisy if name == "predictive" else f, mass, tails(level))
        intervals[name] = Interval(lens.x[:, 0], lower, upper, level, kind)
    return intervals


def _mapped(interval: Interval, change: Callable[[FloatArray], FloatArray]) -> Interval:
    return replace(interval, lower=change(interval.lower), upper=change(interval.upper))


def _systematic(weight: FloatArray, members: int) -> FloatArray:
    """Return the indices (V, M) of draws picked evenly along the cumulative weight, so that members rarely jump."""
    at = (np.arange(members) + 0.5) / members
    below = np.cumsum(weight, axis=1)
    return np.array([np.searchsorted(b / b[-1], at) for b in below])
