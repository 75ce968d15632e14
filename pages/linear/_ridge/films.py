"""Settings -> path of answers -> numbers and words along one handle of the MAP-is-ridge page."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st

from bayes_core import ridge, summary
from bayes_core.checks import FloatArray
from bayes_core.figures import ridge as figures
from bayes_core.figures.film import Film, pack
from bayes_core.figures.frames import Frames
from bayes_core.inference.linear_posterior import Spectrum, solve
from bayes_core.intervals import tails
from bayes_core.summaries.summary import number
from bayes_core.types import Fit

from .settings import HOURS, RidgeSettings

LEVEL = 0.9
FOLDS = 5
MOST = 16  # weights at degree 15
GRID = np.linspace(*HOURS, 121)
RANGE = (-14.0, 14.0)


@dataclass(frozen=True)
class Along:
    """Where the handles stand along one of them: width, noise and degree (V,)."""

    width: FloatArray
    noise: FloatArray
    degree: FloatArray

    @classmethod
    def of(cls, settings: RidgeSettings, handle: str) -> Along:
        """Return the questions along one handle, the others standing where they stand."""
        values = settings.positions(handle)
        names = ("width", "noise", "degree")
        return cls(*(values if n == handle else np.full(len(values), getattr(settings, n)) for n in names))

    def log_penalty(self, family: str) -> FloatArray:
        """Return log10 of ridge's lambda = noise^2 / width^2, or of the lasso's t = noise^2 / width."""
        return 2 * np.log10(self.noise) - (2 if family == "normal" else 1) * np.log10(self.width)

    def groups(self) -> list[tuple[float, FloatArray]]:
        """Return (degree, positions) for every degree that occurs: one design each."""
        return [(float(d), np.flatnonzero(self.degree == d)) for d in np.unique(self.degree)]


@dataclass(frozen=True)
class Answers:
    """MAP and posterior along a handle, weights padded with NaN to (V, P); scikit is scikit-learn's own answer."""

    coef: FloatArray
    scikit: FloatArray
    mean: FloatArray
    lower: FloatArray
    upper: FloatArray
    effective: FloatArray
    log_evidence: FloatArray
    curve: FloatArray
    scikit_curve: FloatArray
    credible: tuple[FloatArray, FloatArray]
    predictive: tuple[FloatArray, FloatArray]


def answers(settings: RidgeSettings, handle: str, sampled: Fit | None) -> Answers:
    """Return everything that is computed along a handle."""
    track, problem = Along.of(settings, handle), settings.problem()
    size, home = len(track.width), settings.home()[handle]
    weights = {name: np.full((size, MOST), np.nan) for name in ("coef", "scikit", "mean", "lower", "upper")}
    curves = {name: np.full((size, len(GRID)), np.nan) for name in ("curve", "scikit", "a", "b", "c", "d")}
    effective, evidence = np.full(size, np.nan), np.full(size, np.nan)
    y = problem.rows[1]
    low, high = tails(LEVEL)
    for degree, at in track.groups():
        model = problem.model(degree, settings.family)
        design = model.design(problem.rows[0])
        columns = design.shape[1]
        rows = model.design(GRID[:, None]) if not settings.spec.real else None
        if settings.family == "normal":
            path = ridge.RidgePath.of(design, y, track.width[at], track.noise[at])
            weights["coef"][at, :columns] = weights["mean"][at, :columns] = path.coef
            band = path.posterior.band(np.eye(columns), np.arange(columns, dtype=float), LEVEL)
            weights["lower"][at, :columns], weights["upper"][at, :columns] = band.lower, band.upper
            weights["scikit"][at, :columns] = ridge.scikit_ridge(design, y, path.penalty)
            effective[at], evidence[at] = path.effective, path.log_evidence
            if rows is not None:
                for first, kind in (("a", "function"), ("c", "observation")):
                    found = path.posterior.band(rows, GRID, LEVEL, kind)  # type: ignore[arg-type]
                    curves[first][at], curves[chr(ord(first) + 1)][at] = found.lower, found.upper
        else:
            threshold = track.noise[at] ** 2 / track.width[at]
            weights["coef"][at, :columns] = ridge.lasso(design, y, threshold)
            effective[at] = (weights["coef"][at, :columns] != 0).sum(1)
            if home in at:
                here = ridge.scikit_lasso(design, y, settings.noise**2 / settings.width)
                weights["scikit"][home, :columns] = here
                if sampled is not None:
                    draws = np.column_stack([sampled.draws["intercept"], sampled.draws["coef"]])
                    weights["mean"][home, :columns] = draws.mean(0)
                    ends = np.quantile(draws, [low, high], axis=0)
                    weights["lower"][home, :columns], weights["upper"][home, :columns] = ends
                    if rows is not None:
                        curves["a"][home], curves["b"][home] = np.quantile(draws @ rows.T, [low, high], axis=0)
        if rows is not None:
            curves["curve"][at] = weights["coef"][at, :columns] @ rows.T
            curves["scikit"][at] = weights["scikit"][at, :columns] @ rows.T
    credible, predictive = (curves["a"], curves["b"]), (curves["c"], curves["d"])
    kept = (weights["coef"], weights["scikit"], weights["mean"], weights["lower"], weights["upper"])
    return Answers(*kept, effective, evidence, curves["curve"], curves["scikit"], credible, predictive)


def film(settings: RidgeSettings, handle: str, sampled: Fit | None = None) -> Film:
    """Return everything the picture shows along one handle; without a sampled answer it is cached."""
    if sampled is not None:
        return _made(settings, handle, sampled)
    alone = settings.family == "normal" and settings.view != "bowl" and handle != "degree"  # axes follow the degree
    return _cached(settings.others(handle) if alone else settings, handle)


@st.cache_data(max_entries=400, show_spinner=False)
def _cached(settings: RidgeSettings, handle: str) -> Film:
    return _made(settings, handle, None)


def _made(settings: RidgeSettings, handle: str, sampled: Fit | None) -> Film:
    track, found = Along.of(settings, handle), answers(settings, handle, sampled)
    columns = len(settings.problem().names(15 if not settings.spec.real else 1))
    if settings.view == "fit":
        bands = {"predictive": found.predictive, "credible": found.credible}
        numbers = figures.curve_numbers(bands, {"map": found.curve, "scikit": found.scikit_curve}, RANGE)
    elif settings.view == "weights":
        top = weight_range(settings)
        parts = (found.coef, found.lower, found.upper, found.mean)
        numbers = figures.weight_numbers(*(p[:, :columns] for p in parts), (-top, top))
        reach = np.repeat(track.width[:, None], 2, axis=1)
        numbers |= {"reach.y": np.minimum(reach, 3 * top), "reach below.y": np.maximum(-reach, -3 * top)}
    elif settings.view == "bowl":
        numbers = _bowl(settings, track, found)
    else:
        numbers = _over_penalty(settings, track, found)
    numbers["effective.share"] = (found.effective / np.isfinite(found.coef).sum(1))[:, None]
    return pack(Frames(handle, settings.positions(handle), numbers, _words(settings, track, found, handle)))


# ------------------------------------------------------------------------------------------------ weights, bowl
@st.cache_data(max_entries=100, show_spinner=False)
def weight_range(settings: RidgeSettings) -> float:
    """Return how far the axis of the weights reaches: what the scene's first answer needs, rounded up."""
    start = RidgeSettings.at_start(settings.scene, degree=settings.degree)
    path = ridge.RidgePath.of(_design(start), start.problem().rows[1], np.array([start.width]), np.array([start.noise]))
    return _round_up(1.4 * float((np.abs(path.coef) + path.sd).max()))


def _round_up(need: float) -> float:
    unit = 10 ** np.floor(np.log10(need))
    return float(unit * next(k for k in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if k * unit >= need))


def _design(settings: RidgeSettings, degree: float | None = None) -> FloatArray:
    problem = settings.problem()
    return problem.model(settings.degree if degree is None else degree).design(problem.rows[0])


def pair(settings: RidgeSettings, degree: float) -> tuple[int, int]:
    """Return the two weights that the loss surface is drawn over."""
    if settings.spec.real:
        return 3, 9  # bmi and s5
    return (0, 1) if degree == 1 else (1, 2)


@st.cache_data(max_entries=100, show_spinner=False)
def bowl_range(settings: RidgeSettings) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the axes of the loss surface: zero, the way from least squares to zero, and room for the contours."""
    start = RidgeSettings.at_start(settings.scene, degree=settings.degree)
    path = _map_path(start)
    found = np.vstack([path[np.isfinite(path).all(1)], np.zeros((1, 2))])
    middle, reach = (found.min(0) + found.max(0)) / 2, 0.85 * float(np.ptp(found, axis=0).max())
    low, high = (
        middle - reach * np.array([2.1, 1.0]),
        middle + reach * np.array([2.1, 1.0]),
    )  # circles look like circles
    return (float(low[0]), float(high[0])), (float(low[1]), float(high[1]))


def _map_path(settings: RidgeSettings) -> FloatArray:
    """Return the MAP of the pair (L, 2) as lambda goes from a hundredth of the present one to infinity."""
    design, y = _design(settings), settings.problem().rows[1]
    here = 2 * np.log10(settings.noise / settings.width)
    penalty = 10 ** np.linspace(here - 2, here + 8, 60)
    if settings.family == "normal":
        coef = ridge.RidgePath.of(design, y, 1 / np.sqrt(penalty), np.ones_like(penalty)).coef
    else:
        now = settings.noise**2 / settings.width
        coef = ridge.lasso(design, y, now * np.geomspace(1e-2, 1e4, 60))
    return coef[:, list(pair(settings, settings.degree))]


def _bowl(settings: RidgeSettings, track: Along, found: Answers) -> dict[str, FloatArray]:
    size = len(track.width)
    y = settings.problem().rows[1]
    likelihood, sums = ([np.full((size, 61, 2), np.nan) for _ in figures.LEVELS] for _ in range(2))
    centres, here = np.full((size, 2), np.nan), np.full((size, 2), np.nan)
    for degree, at in track.groups():
        design, two = _design(settings, degree), pair(settings, degree)
        coef = found.coef[at, : design.shape[1]]
        centre, precision = ridge.conditional_bowl(design, y, coef, track.noise[at], two)
        centres[at], here[at] = centre, coef[:, two]
        both = precision + np.eye(2) / track.width[at, None, None] ** 2
        for k, drop in enumerate(figures.LEVELS):
            likelihood[k][at] = ridge.contour(centre, precision, drop)
            if settings.family == "normal":
                sums[k][at] = ridge.contour(here[at], both, drop)
            else:
                sums[k][at] = ridge.laplace_contour(centre, precision, track.width[at], here[at], drop)
    angle = np.linspace(0, 2 * np.pi, 61)
    circle = np.stack([np.cos(angle), np.sin(angle)], 1)
    if settings.family == "normal":
        prior = [np.sqrt(2 * drop) * track.width[:, None, None] * circle for drop in figures.LEVELS]
    else:
        diamond = circle / np.abs(circle).sum(1, keepdims=True)
        prior = [drop * track.width[:, None, None] * diamond for drop in figures.LEVELS]
    contours = {"likelihood": likelihood, "prior": prior, "loss": sums}
    (x0, x1), (y0, y1) = bowl_range(settings)
    numbers = figures.bowl_numbers(contours, here, _map_path(settings), centres)
    for name in numbers:
        low, high = (x0, x1) if name.endswith(".x") else (y0, y1)
        numbers[name] = np.clip(numbers[name], low - 3 * (high - low), high + 3 * (high - low))
    return numbers


# --------------------------------------------------------------------------------------------- over the penalty
def penalty_range(settings: RidgeSettings) -> tuple[float, float]:
    """Return the ends of the lambda axis in log10: what both handles can reach, within reason."""
    widths, noises = settings.positions("width"), settings.positions("noise")
    ends = Along(widths[[-1, 0]], noises[[0, -1]], np.zeros(2))
    low, high = ends.log_penalty(settings.family)
    return float(max(np.floor(low), -7)), float(min(np.ceil(high), 5))


def penalties(settings: RidgeSettings) -> FloatArray:
    """Return log10 lambda along the axis."""
    return np.linspace(*penalty_range(settings), 73)


@dataclass(frozen=True)
class Errors:
    """Root mean squared errors over lambda: on the fitted rows, on rows kept aside, and by cross-validation."""

    train: FloatArray
    kept: FloatArray
    folds: FloatArray


@st.cache_data(max_entries=200, show_spinner=False)
def errors(settings: RidgeSettings, degree: float) -> Errors:
    """Return the errors of one degree; they depend on lambda alone."""
    problem = settings.problem()
    x, y, kept_x, kept_y = problem.rows
    model, penalty = problem.model(degree), 10 ** penalties(settings)
    design = model.design(x)
    coef = ridge.RidgePath.of(design, y, 1 / np.sqrt(penalty), np.ones_like(penalty)).coef
    folds = ridge.cross_validated(design, y, penalty, FOLDS, settings.seed)
    return Errors(ridge.rms(coef, design, y), ridge.rms(coef, model.design(kept_x), kept_y), folds)


def evidence_curves(settings: RidgeSettings, degree: float, noise: FloatArray) -> FloatArray:
    """Return log p(y) (V, L) over lambda, for each noise (V,) with width = noise / sqrt(lambda)."""
    y, penalty = settings.problem().rows[1], 10 ** penalties(settings)
    sigma = np.repeat(noise, len(penalty))
    width = sigma / np.sqrt(np.tile(penalty, len(noise)))
    targets = np.broadcast_to(y, (len(sigma), len(y)))
    found = solve(Spectrum.of(_design(settings, degree)), targets, width, sigma, noise_known=True).log_evidence
    return found.reshape(len(noise), len(penalty))


def bias_curves(settings: RidgeSettings, degree: float) -> tuple[FloatArray, FloatArray]:
    """Return squared bias and variance of the MAP curve over lambda, at the hours where there were data."""
    problem = settings.problem()
    assert problem.world is not None
    x = problem.rows[0]
    inside = GRID[(x.min() <= GRID) & (x.max() >= GRID)][:, None]
    model, truth = problem.model(degree), problem.world.truth
    design, rows = model.design(x), model.design(inside)
    return ridge.bias_and_variance(design, truth(x), rows, truth(inside), settings.loud, 10 ** penalties(settings))


def _over_penalty(settings: RidgeSettings, track: Along, found: Answers) -> dict[str, FloatArray]:
    """Return the numbers of the paths, errors and bias views."""
    at = penalties(settings)
    size = len(track.width)
    numbers = figures.upright("now", np.clip(track.log_penalty(settings.family), at[0], at[-1]))
    if settings.view == "paths":
        numbers |= _paths(settings, track)
    elif settings.view == "error":
        told = [errors(_plain(settings), d) for d in track.degree] if len(track.groups()) > 1 else None
        each = told or [errors(_plain(settings), settings.degree)]
        numbers |= {f"{n}.y": np.array([getattr(e, n) for e in each]) for n in ("train", "kept", "folds")}
        numbers |= figures.upright("cv", np.array([at[e.folds.argmin()] for e in each]))
        evidence = np.concatenate([evidence_curves(settings, d, track.noise[i]) for d, i in track.groups()])
        numbers |= figures.upright("best", at[evidence.argmax(1)])
        numbers["evidence.y"] = scaled_evidence(evidence, error_top(settings))
    else:
        pairs = [bias_curves(settings, d) for d, _ in track.groups()]
        numbers["bias.y"], numbers["variance.y"] = (np.array([p[k] for p in pairs]) for k in (0, 1))
        numbers["total.y"] = numbers["bias.y"] + numbers["variance.y"]
        numbers |= figures.upright("least", at[numbers["total.y"].argmin(1)])
    return {name: rows if len(rows) in (1, size) else rows[:1] for name, rows in numbers.items()}


def _plain(settings: RidgeSettings) -> RidgeSettings:
    """Return the settings with everything that plays no part in the errors at its start."""
    start = RidgeSettings.start(settings.scene)
    return RidgeSettings(
        start.scene, start.width, start.noise, start.degree, settings.points, settings.seed, loud=settings.loud
    )


def error_top(settings: RidgeSettings) -> float:
    """Return where the axis of the errors ends."""
    told = errors(_plain(settings), settings.degree)
    need = 1.25 * max(float(told.train.max()), float(np.quantile(told.kept, 0.5)), float(np.quantile(told.folds, 0.5)))
    return _round_up(need)


def scaled_evidence(evidence: FloatArray, top: float) -> FloatArray:
    """Return log evidence (V, L) moved and scaled so that its best twenty nats fill the upper half of the picture."""
    below = evidence.max(1, keepdims=True) - evidence
    return top * (0.95 - 0.5 * np.minimum(below, 40.0) / 20.0)


def _paths(settings: RidgeSettings, track: Along) -> dict[str, FloatArray]:
    """Return every weight over lambda, and the spread of its posterior as a band around it."""
    at, y = penalties(settings), settings.problem().rows[1]
    penalty, size = 10**at, len(track.width)
    count = len(settings.problem().names(15))
    lines, bands = np.full((size, count, len(at)), np.nan), np.full((size, count, 2 * len(at)), np.nan)
    for degree, positions in track.groups():
        design = _design(settings, degree)
        columns = design.shape[1]
        if settings.family == "normal":
            path = ridge.RidgePath.of(design, y, 1 / np.sqrt(penalty), np.ones_like(penalty))
            lines[positions, :columns] = path.coef.T
            for v in positions:  # at one lambda the spread is proportional to the noise
                sd = 1.645 * track.noise[v] * path.sd
                bands[v, :columns] = np.concatenate([path.coef + sd, (path.coef - sd)[::-1]]).T
        else:
            lines[positions, :columns] = ridge.lasso(design, y, penalty).T
    top = weight_range(settings)
    lines, bands = np.clip(lines, -3 * top, 3 * top), np.clip(bands, -3 * top, 3 * top)
    shown = path_shown(settings)
    return {f"path{j}.y": lines[:, j] for j in range(count)} | {f"spread{j}.y": bands[:, j] for j in shown}


def path_shown(settings: RidgeSettings) -> tuple[int, ...]:
    """Return the weights whose spread is drawn: three of them, since all of them would hide each other."""
    return (1, 2, 3) if not settings.spec.real else (3, 4, 9)


# -------------------------------------------------------------------------------------------------------- words
def _words(settings: RidgeSettings, track: Along, found: Answers, handle: str) -> dict[str, tuple[str, ...]]:
    """Return the texts of every readout at every position."""
    size = len(track.width)
    lam = track.noise**2 / track.width**2
    count = np.isfinite(found.coef).sum(1)
    gap = np.nanmax(np.abs(found.coef - found.scikit), 1, initial=0.0, where=np.isfinite(found.scikit))
    largest = np.nanmax(np.abs(found.coef), 1)
    known = np.isfinite(found.scikit).any(1)
    scikit = "Ridge" if settings.family == "normal" else "Lasso"
    told: dict[str, tuple[str, ...]] = {
        "value": tuple(f"{v:.3g}" for v in settings.positions(handle)),
        "badge": ("exact",),
        "lambda": tuple(f"{v:.3g}" for v in (lam if settings.family == "normal" else track.noise**2 / track.width)),
        "effective": tuple(
            f"{number(float(e), 1 if settings.family == 'normal' else 0)} of {c}"
            for e, c in zip(found.effective, count, strict=True)
        ),
        "gap": tuple(
            _gap_words(scikit, float(g / max(top, 1e-300))) if k else "Let go to compare with scikit-learn here."
            for g, top, k in zip(gap, largest, known, strict=True)
        ),
    }
    names = settings.problem().names(15)
    for j in range(MOST):
        there = [j < c for c in count]
        told[f"grid.{j}.0"] = tuple(names[j] if t else "" for t in there)
        told[f"grid.{j}.1"] = tuple(_weight(found.coef[v, j], largest[v]) for v in range(size))
        told[f"grid.{j}.2"] = tuple(_weight(found.scikit[v, j], largest[v]) for v in range(size))
        told[f"grid.{j}.3"] = tuple(_spread(found, v, j) for v in range(size))
    zeros = [(found.coef[v, : count[v]] == 0).sum() for v in range(size)]
    told["zeros"] = tuple(f"{z} of {c} weights are exactly zero in the mode" for z, c in zip(zeros, count, strict=True))
    told["means"] = tuple(
        "none is in the posterior’s mean" if settings.family == "normal" or np.isfinite(found.mean[v]).any() else "–"
        for v in range(size)
    )
    told["evidence"] = tuple("–" if np.isnan(e) else number(float(e), 1) for e in found.log_evidence)
    if settings.view == "error":
        told |= _error_words(settings, track)
    told["alt"] = tuple(
        f"With prior width {w:.3g} and noise {n:.3g} lambda is {t}: {e} weights count. {g}"
        for w, n, t, e, g in zip(track.width, track.noise, told["lambda"], told["effective"], told["gap"], strict=True)
    )
    return told


def _gap_words(scikit: str, gap: float) -> str:
    """Return how far scikit-learn's weights are from ours, and whose fault it is.

    >>> _gap_words("Ridge", 2e-13)
    'Largest difference from scikit-learn’s Ridge: 2e-13 of the largest weight.'
    """
    if gap == 0:
        return f"Not one bit of difference from scikit-learn’s {scikit}."
    end = " It stopped before its minimum; ours is exact." if scikit == "Lasso" and gap > 1e-5 else ""
    return f"Largest difference from scikit-learn’s {scikit}: {gap:.0e} of the largest weight.{end}"


def _weight(value: float, largest: float) -> str:
    if np.isnan(value):
        return ""
    if value == 0:
        return "0"
    value = 0.0 if abs(value) < 1e-9 * largest else value
    return number(float(value), summary.decimals(0.0, float(max(largest, 1e-9)) / 30))


def _spread(found: Answers, v: int, j: int) -> str:
    low, high = found.lower[v, j], found.upper[v, j]
    if np.isnan(low):
        return ""
    places = summary.decimals(0.0, float(max(high - low, 1e-12)))
    return f"{number(float(low), places)} … {number(float(high), places)}"


def _error_words(settings: RidgeSettings, track: Along) -> dict[str, tuple[str, ...]]:
    """Return the three lambdas in words, and what the rows kept aside say of each."""
    at, size = penalties(settings), len(track.width)
    texts: dict[str, list[str]] = {name: [""] * size for name in ("now.words", "cv.words", "best.words")}
    for degree, positions in track.groups():
        told = errors(_plain(settings), degree)
        evidence = evidence_curves(settings, degree, track.noise[positions])
        for row, v in enumerate(positions):
            marks = {
                "now.words": float(np.clip(track.log_penalty("normal")[v], at[0], at[-1])),
                "cv.words": float(at[told.folds.argmin()]),
                "best.words": float(at[evidence[row].argmax()]),
            }
            for name, place in marks.items():
                texts[name][v] = f"{10**place:.2g}: {np.interp(place, at, told.kept):.2f}"
    return {name: tuple(words) for name, words in texts.items()}
