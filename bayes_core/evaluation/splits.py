r"""The split of a predictive variance wherever it is looked at, what an intervention does to it, and when it is clean.

split(answer, places, units, level)     both parts at V positions and G places, with the noise, bands and curves
split_classes(answer, places, units)    the same of two classes, in bits
split_exact(posterior, rows)            the law of total variance in closed form, without Monte-Carlo error
split_weighted(f, noise, weight)        the same of draws under weights at every position of a handle
change(before, after)                   by which factor a part moved, and how surely
second_sensor(before, refit)            the mean of two readings
judged(spots, truth, noise)             why a split is not clean, where it is not
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
from scipy.special import entr

from bayes_core.checks import FloatArray
from bayes_core.data.synthetic import World
from bayes_core.data.units import Units
from bayes_core.evaluation.uncertainty import Parts, split_entropy
from bayes_core.inference.linear_posterior import LinearPosterior, Spectrum, solve
from bayes_core.likelihoods import Categorical
from bayes_core.models import Linear
from bayes_core.summaries.answers import Draws, Exact, placed, thinned
from bayes_core.summaries.answers.function_draws import Weighted
from bayes_core.summaries.answers.protocol import intervals, told_at
from bayes_core.types import Fit

GUESS = 2.4
"""A noise is a guess where the upper end of its 90 % interval is more than this many times the lower one."""

MOVED = 1.5
"""A part that changes by less than this factor is said to stay."""

STUCK = 0.95
"""Bits of two classes above which the sum of both parts can hardly grow: it is 1 at most."""

ROUNDING = 1e-9
"""A part that is no more than this share of both is 0 but for rounding."""

_MOST = 2000  # draws that a picture needs


@dataclass(frozen=True, eq=False)
class Split:
    """Both parts (V, G) at V positions and G places, in the target's unit squared; NaN where there is no answer.

    noise (V, 3, G) is its sd: the low end of its interval, the median, the high end. edges are "credible" and
    "predictive", (V, G) each; mean (V, G) and members (V, M, G) are of f.
    """

    parts: Parts
    noise: FloatArray
    edges: Mapping[str, tuple[FloatArray, FloatArray]]
    mean: FloatArray
    members: FloatArray

    @property
    def guess(self) -> FloatArray:
        """Return by which factor the noise's interval spans, (V, G)."""
        return noise_factor(self.noise)

    def with_parts(self, parts: Parts) -> Split:
        """Return a split whose parts are told otherwise."""
        return Split(parts, self.noise, self.edges, self.mean, self.members)

    def replaced(self, others: Mapping[int, Split]) -> Split:
        """Return the same with other splits (V = 1), each in the place of what stood at its position."""
        if not others:
            return self

        def put(old: FloatArray, new: Sequence[FloatArray]) -> FloatArray:
            made = np.array(np.broadcast_to(old, old.shape))
            made[list(others)] = np.concatenate(new)
            return made

        return _merged(put, [self, *others.values()])

    def among(self, size: int, first: int) -> Split:
        """Return these positions as those from `first` on among `size`; all others have no answer."""

        def wide(old: FloatArray, _: Sequence[FloatArray]) -> FloatArray:
            return placed(old, size, first)

        return _merged(wide, [self])


def joined(splits: Sequence[Split]) -> Split:
    """Return splits of one position each as one of several."""

    def together(first: FloatArray, rest: Sequence[FloatArray]) -> FloatArray:
        return np.concatenate([first, *rest])

    return _merged(together, splits)


def _merged(how: object, splits: Sequence[Split]) -> Split:
    """Return what `how(first, rest)` makes of every array of some splits."""
    assert callable(how)
    first, rest = splits[0], splits[1:]
    parts = {f.name: how(getattr(first.parts, f.name), [getattr(s.parts, f.name) for s in rest]) for f in fields(Parts)}
    edges = {
        name: (how(low, [s.edges[name][0] for s in rest]), how(high, [s.edges[name][1] for s in rest]))
        for name, (low, high) in first.edges.items()
    }
    named = {name: how(getattr(first, name), [getattr(s, name) for s in rest]) for name in ("noise", "mean", "members")}
    return Split(Parts(**parts), edges=edges, **named)


@dataclass(frozen=True, eq=False)
class Spots:
    """A split at one place for each of V positions, (V,): its parts, the noise (V, 3), and where f is (V, 2)."""

    parts: Parts
    noise: FloatArray
    credible: FloatArray
    mean: FloatArray

    @classmethod
    def of(cls, split: Split) -> Spots:
        """Return the spots of a split at one place along a handle, or at many places of one position.

        Raises ValueError where there are several of both.
        """
        if 1 not in split.mean.shape:
            raise ValueError(f"the split has {split.mean.shape} positions and places: give one of either")
        parts = Parts(*(getattr(split.parts, f.name).ravel() for f in fields(Parts)))
        noise = np.moveaxis(split.noise, 1, 2).reshape(-1, 3)
        return cls(parts, noise, np.stack([e.ravel() for e in split.edges["credible"]], 1), split.mean.ravel())

    def take(self, at: Sequence[int] | FloatArray) -> Spots:
        """Return the spots at some positions."""
        parts = Parts(*(getattr(self.parts, f.name)[at] for f in fields(Parts)))
        return Spots(parts, self.noise[at], self.credible[at], self.mean[at])

    def over(self, size: int) -> Spots:
        """Return spots at V = size positions, where one serves all."""
        return self if len(self.mean) == size else self.take(np.zeros(size, int))

    def with_parts(self, parts: Parts) -> Spots:
        """Return spots whose parts are told otherwise."""
        return Spots(parts, self.noise, self.credible, self.mean)


def noise_factor(noise: FloatArray) -> FloatArray:
    """Return by which factor the interval of a noise (V, 3, ...) spans, (V, ...).

    >>> noise_factor(np.array([[2.0, 3.0, 5.0]]))
    array([2.5])
    """
    low, high = noise[:, 0], noise[:, 2]
    factor: FloatArray = high / np.maximum(low, 1e-300)
    return factor


def split_exact(posterior: LinearPosterior, rows: FloatArray) -> Parts:
    r"""Return both parts (V, G) of the exact posterior of a linear model at design rows (G, P).

    .. math:: \mathrm{Var}(y) = E[\sigma^2] + \mathrm{Var}(f)

    in closed form given sigma, by quadrature over sigma. NaN where too few rows leave the noise without a second
    moment. No Monte-Carlo error.

    >>> from bayes_core.inference.exact import posterior
    >>> from bayes_core.types import Dataset, Prior
    >>> one = posterior(Dataset.from_arrays([0.0], [1.0]), Linear(), Prior(1.0, 1.0, noise_known=True))
    >>> split_exact(one, np.array([[1.0, 0.0]])).epistemic
    array([[0.5]])
    """
    mean, sd = posterior.sigma_moments()
    epistemic = posterior.moments(rows)[1] ** 2
    aleatoric = np.broadcast_to((mean**2 + sd**2)[:, None], epistemic.shape)
    none = np.zeros(epistemic.shape)
    return Parts(aleatoric, epistemic, aleatoric + epistemic, none, none, none)


def split_weighted(f: FloatArray, noise: FloatArray, weight: FloatArray, share: float = 1.0) -> Parts:
    r"""Return both parts (V, G) of draws f (S, G), noise (S, G) or (S, 1), under weights (V, S) that sum to 1.

    .. math:: E_w[\sigma_s^2] + \mathrm{Var}_w(f_s), \qquad
        n = \text{share} / \textstyle\sum_s w_s^2 \text{ effective draws}

    `share` is how much of an independent draw each of them is worth. Source: as `split_variance`, and Kong (1992) for
    the effective draws.

    >>> parts = split_weighted(np.array([[1.0], [3.0]]), np.array([[2.0], [4.0]]), np.array([[0.5, 0.5], [1.0, 0.0]]))
    >>> parts.aleatoric.ravel(), parts.epistemic.ravel()
    (array([10.,  4.]), array([1., 0.]))
    """
    worth = np.maximum(share / (weight**2).sum(1), 1.0)
    square = np.broadcast_to(noise**2, f.shape)
    found = []
    for mass, effective in zip(weight, worth, strict=True):
        own, off = mass @ square, (f - mass @ f) ** 2
        shared = mass @ off
        errors = (
            np.sqrt(mass @ (part - mean) ** 2 / effective)
            for part, mean in ((square, own), (off, shared), (square + off, own + shared))
        )
        found.append((own, shared, own + shared, *errors))
    return Parts(*(np.array(part) for part in zip(*found, strict=True)))


def drawn(fit: Fit, log_ratio: FloatArray | None = None, home: int = 0, seed: int = 0) -> Draws:
    """Return a fit's draws as an answer, reweighted by log ratios (V, S) where there are any; at most 2,000 draws."""
    keep = np.unique(np.linspace(0, len(fit.noise) - 1, min(len(fit.noise), _MOST)).astype(int))
    few, lot = thinned(fit, keep), (seed, 62)
    shock = np.random.default_rng([seed, 61]).standard_normal(len(keep))
    if log_ratio is None:
        return Draws(few, np.full((1, len(keep)), 1 / len(keep)), shock, lot=lot)
    return Draws.reweighted(few, log_ratio[:, keep], home, shock, lot)


def split(answer: Exact | Draws, places: FloatArray, units: Units, level: float = 0.9, members: int = 24) -> Split:
    """Return the split of an answer at places (G,) in the data's own units; without `members` no predictive edges."""
    x = units.x(places)[:, None]
    at = answer.at(x)
    if isinstance(answer, Exact):
        parts = split_exact(answer.posterior, answer.model.design(x))
        told = np.stack(answer.posterior.sigma_quantiles(told_at(level)), axis=1)
        noise = np.broadcast_to(told[:, :, None], (*told.shape, len(places)))
    else:
        assert isinstance(at, Weighted)
        about = answer.fit.diagnostics
        share = min(about.fewest_effective / max(len(answer.fit.noise), 1), 1.0)
        parts = split_weighted(at.f, at.sd, answer.weight, share if np.isfinite(share) else 1.0)
        parts = Parts(*(placed(getattr(parts, f.name), answer.size, answer.first) for f in fields(Parts)))
        noise = at.noise(told_at(level))
    if members:
        found = intervals(at, x, level)
        edges = {name: (units.f(part.lower), units.f(part.upper)) for name, part in found.items()}
    else:
        low, _, high = at.quantiles(told_at(level), "function")
        edges = {"credible": (units.f(low), units.f(high))}
    square = Parts(*(getattr(parts, f.name) * units.y_unit**2 for f in fields(Parts)))
    drawn_curves = units.f(answer.members(x, members)) if members else np.zeros((len(at.mean()), 0, len(places)))
    return Split(square, noise * units.y_unit, edges, units.f(at.mean()), drawn_curves)


def exact_splits(
    model: Linear,
    x: FloatArray,
    y: FloatArray,
    width: FloatArray,
    noise: float,
    places: FloatArray,
    units: Units,
    level: float = 0.9,
    members: int = 24,
    seed: int = 0,
    tolerance: float = 1e-7,
) -> Split:
    """Return exact splits of a linear model at every position of a handle: targets y (V, N) at x (N, D), width (V,).

    x, y and `noise`, the scale of sigma's prior, are as the fit has them, `places` (G,) in the data's own units.
    """
    spectrum = Spectrum.of(model.design(x))
    size = max(len(y), len(width))
    targets, wide = np.broadcast_to(y, (size, y.shape[1])), np.broadcast_to(width, size)
    answer = Exact(solve(spectrum, targets, wide, np.full(size, noise), False), model, seed, tolerance)
    return split(answer, places, units, level, members)


def second_sensor(before: Parts, refit: Parts, sensors: int = 2) -> Parts:
    r"""Return the parts when every reading is the mean of independent `sensors`, past ones and the next.

    .. math:: \mathrm{Var}\Big(\tfrac1m \textstyle\sum_j e_j\Big) = \sigma^2 / m

    whatever sigma is, so the aleatoric part is divided exactly; the epistemic one is that of a refit to past readings
    averaged likewise. Raises ValueError for fewer than one sensor.

    >>> part = np.array([[8.0]])
    >>> two = second_sensor(Parts(part, part, 2 * part, part, part, part), Parts(*[0 * part + 3.0] * 6))
    >>> two.aleatoric, two.epistemic
    (array([[4.]]), array([[3.]]))
    """
    if sensors < 1:
        raise ValueError(f"{sensors} sensors: give at least one")
    own, own_error = before.aleatoric / sensors, before.aleatoric_mcse / sensors
    error = np.hypot(own_error, refit.epistemic_mcse)
    return Parts(own, refit.epistemic, own + refit.epistemic, own_error, refit.epistemic_mcse, error)


@dataclass(frozen=True, eq=False)
class Change:
    """By which factor (V,) a number went, and the Monte-Carlo standard error (V,) of the factor's logarithm."""

    factor: FloatArray
    log_error: FloatArray

    @property
    def sign(self) -> FloatArray:
        """Return 1 where it rose, -1 where it fell, 0 where it stays: by less than 1.5, or than its error allows."""
        with np.errstate(divide="ignore", invalid="ignore"):
            far = np.abs(np.log(self.factor))
            moved = (far >= np.log(MOVED)) & (far > 2 * np.nan_to_num(self.log_error))
            sign: FloatArray = np.where(moved, np.sign(np.log(self.factor)), 0.0)
        return np.where(np.isnan(self.factor), np.nan, sign)


def change(before: FloatArray, after: FloatArray, before_mcse: FloatArray, after_mcse: FloatArray) -> Change:
    """Return how a part (V,) of a split went; NaN where there was none before.

    >>> one = np.ones(1)
    >>> change(33 * one, 1.2 * one, 0 * one, 0 * one).factor.round(3), change(one, 1.4 * one, 0 * one, 0 * one).sign
    (array([0.036]), array([0.]))
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.hypot(before_mcse / before, after_mcse / after)
        return Change(np.where(before > 0, after / before, np.nan), error)


def split_classes(answer: Draws, places: FloatArray, units: Units, level: float = 0.9, members: int = 24) -> Split:
    r"""Return the split of an answer on two classes at places (G,) of one input, in bits.

    Parts are expected entropy and mutual information, what is believed of f is believed of the probability of class 1,
    and `noise` (1, 3, G) is its interval and median.

    .. math:: H[\bar p] = E_s H[p_s] + I(y; s)
    """
    x, fit = units.x(places)[:, None], answer.fit
    likelihood = Categorical(2)
    p = likelihood.probabilities(fit.model.functions(fit.draws, x))
    fewest = fit.diagnostics.fewest_effective
    parts = split_entropy(p, effective=min(fewest, len(p)) if np.isfinite(fewest) else None)
    (low, median, high) = (part[None] for part in np.quantile(p[:, :, 1], told_at(level), axis=0))
    lines = likelihood.probabilities(answer.members(x, members)[0][..., None])[None, :, :, 1] if members else None
    return Split(
        Parts(*(getattr(parts, f.name)[None] for f in fields(Parts))),
        np.stack([low, median, high], axis=1),
        {"credible": (low, high)},
        p[:, :, 1].mean(0, keepdims=True),
        np.zeros((1, 0, len(places))) if lines is None else lines,
    )


def true_entropy(probability: FloatArray) -> FloatArray:
    """Return the entropy in bits (...) of two classes with a probability (...) of one of them.

    >>> true_entropy(np.array([0.5, 0.11, 1.0])).round(2)
    array([1. , 0.5, 0. ])
    """
    bits: FloatArray = (entr(probability) + entr(1 - probability)) / np.log(2)
    return bits


def true_variance(world: World, places: FloatArray, noise: FloatArray) -> FloatArray:
    """Return the variance (V, G) of one reading around the true curve, when the world's noise is each of these (V,)."""
    variance: FloatArray = world.noise_at(places[:, None], noise) ** 2
    return variance


def distance(spots: Spots, truth: FloatArray) -> FloatArray:
    """Return how far the middle of what is believed of f is from the truth (V,), in the target's unit."""
    away: FloatArray = np.abs(spots.mean - truth)
    return away


CLEAN, SINGLE, GUESSED, NOISE, CURVE, BOTH = "clean", "single", "guess", "noise", "curve", "both"
HALF = "half"


def judged(spots: Spots, truth: FloatArray, noise: FloatArray, guess: float = GUESS) -> tuple[str, ...]:
    """Return whether the split is clean at V positions, and if not why: one of six words each, "" without an answer.

    "single": all curves are one, so there is no doubt to split. "guess": the interval of the noise spans more than
    the factor `guess`. "noise": it does not hold the true noise (V,). "curve": the true f (V,) lies outside its
    credible interval. "both": both of these. "clean": none.
    """
    factor, (low, _, high), (below, above) = noise_factor(spots.noise), spots.noise.T, spots.credible.T
    louder = (noise < low) | (noise > high)
    away = (truth < below) | (truth > above)
    wrong = {(False, False): CLEAN, (True, False): NOISE, (False, True): CURVE, (True, True): BOTH}
    told = []
    for v in range(len(factor)):
        if not np.isfinite(factor[v]):
            told.append("")
        elif spots.parts.epistemic[v] <= ROUNDING * spots.parts.total[v]:
            told.append(SINGLE)
        else:
            told.append(GUESSED if factor[v] > guess else wrong[bool(louder[v]), bool(away[v])])
    return tuple(told)


def judged_classes(spots: Spots, truth: FloatArray, stuck: float = STUCK) -> tuple[str, ...]:
    """Return whether the split of two classes is clean at V positions, as `judged` does.

    "half": both parts add up to more than `stuck` bits. They cannot exceed 1, so what leaves one enters the other.
    "curve": the true probability (V,) lies outside its credible interval.
    """
    total, (below, above) = spots.parts.total, spots.credible.T
    away = (truth < below) | (truth > above)
    told = []
    for v in range(len(total)):
        if not np.isfinite(total[v]):
            told.append("")
        elif spots.parts.epistemic[v] <= ROUNDING * spots.parts.total[v]:
            told.append(SINGLE)
        else:
            told.append(HALF if total[v] > stuck else CURVE if away[v] else CLEAN)
    return tuple(told)


__all__ = [
    "BOTH",
    "CLEAN",
    "CURVE",
    "GUESS",
    "GUESSED",
    "HALF",
    "MOVED",
    "NOISE",
    "ROUNDING",
    "SINGLE",
    "STUCK",
    "Change",
    "Split",
    "Spots",
    "change",
    "distance",
    "drawn",
    "exact_splits",
    "joined",
    "judged",
    "judged_classes",
    "noise_factor",
    "second_sensor",
    "split",
    "split_classes",
    "split_exact",
    "split_weighted",
    "true_entropy",
    "true_variance",
]
