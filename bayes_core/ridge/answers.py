"""Mode and posterior at every position of a handle, with scikit-learn's own answer beside ours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.intervals import Interval, tails
from bayes_core.numerics.lasso import lasso
from bayes_core.ridge.along import Along
from bayes_core.ridge.path import RidgePath, scikit_lasso, scikit_ridge
from bayes_core.ridge.problem import Family, Problem
from bayes_core.types import Fit

IntArray = NDArray[np.intp]
Part = dict[str, FloatArray]
"""Fields of Answers by name, at the positions of one degree."""


@dataclass(frozen=True, eq=False)
class Answers:
    """Everything that is known at V positions of a handle; NaN where a model has no such weight, or nobody asked.

    Of the weights (V, P): the mode `coef`, scikit-learn's `scikit`, the posterior's mean and its interval from `lower`
    to `upper`. effective (V,) says how many weights count, log_evidence (V,) is log p(y). Over the grid (G,): the
    mode's curve and scikit-learn's (V, G), a credible and a predictive interval.

    >>> from bayes_core.data.split import Split
    >>> from bayes_core.types import Dataset
    >>> rows = Dataset.from_arrays([0.0, 1, 2, 3], [1.0, 3, 5, 7])
    >>> track = Along(np.array([0.01, 100.0]), np.array([1.0, 1.0]), np.array([1.0, 1.0]))
    >>> found = Answers.of(Problem(Split(rows, rows), ends=(0.0, 4.0)), track, "normal")
    >>> found.coef.round(2) + 0.0
    array([[0., 0.],
           [5., 4.]])
    """

    coef: FloatArray
    scikit: FloatArray
    mean: FloatArray
    lower: FloatArray
    upper: FloatArray
    effective: FloatArray
    log_evidence: FloatArray
    curve: FloatArray
    scikit_curve: FloatArray
    credible: Interval
    predictive: Interval

    @classmethod
    def of(
        cls,
        problem: Problem,
        track: Along,
        family: Family,
        *,
        level: float = 0.9,
        grid: FloatArray | None = None,
        columns: int | None = None,
        sampled: Fit | None = None,
        home: int = 0,
    ) -> Answers:
        """Return mode, posterior and scikit-learn's answer at every position of a track.

        grid (G,) are the places along a single input where curves and bands are wanted; the weights are padded to
        `columns`. A Laplace prior's posterior has no closed form: `sampled`, a fit made at position `home`, gives it
        there alone, and scikit-learn's Lasso, which takes its time, is asked there alone.
        Raises ValueError where the sampled weights are not those of the model at home, and for too few `columns`.
        """
        places = np.empty(0) if grid is None else grid
        found = _nothing(len(track), problem.columns(track.degree, columns), len(places))
        for degree, at in track.groups():
            design, width, noise = problem.design(degree), track.width[at], track.noise[at]
            rows = problem.model(degree).design(places[:, None]) if len(places) else np.empty((0, design.shape[1]))
            if family == "normal":
                part = _ridge(design, problem.y, rows, width, noise, level)
            else:
                here = np.flatnonzero(at == home)
                part = _lasso(design, problem.y, noise**2 / width, here)
                if len(here) and sampled is not None:
                    part |= _sampled(sampled, rows, len(at), here, level)
            part |= {"curve": part["coef"] @ rows.T, "scikit_curve": part["scikit"] @ rows.T}
            for name, values in part.items():
                found[name][at, : values.shape[1]] = values
        return _gathered(found, places, level)

    @property
    def count(self) -> IntArray:
        """Return how many weights the model has at every position (V,)."""
        count: IntArray = np.isfinite(self.coef).sum(1)
        return count

    @property
    def zeros(self) -> IntArray:
        """Return how many weights, apart from the intercept, are exactly zero in the mode (V,)."""
        zeros: IntArray = (self.coef[:, 1:] == 0).sum(1)
        return zeros

    @property
    def nonzero(self) -> IntArray:
        """Return how many weights, apart from the intercept, are not zero in the mode (V,)."""
        nonzero: IntArray = self.count - 1 - self.zeros
        return nonzero

    @property
    def nonzero_share(self) -> FloatArray:
        """Return them as a share of all weights but the intercept (V,)."""
        share: FloatArray = self.nonzero / np.maximum(self.count - 1, 1)
        return share

    @property
    def mean_zeros(self) -> FloatArray:
        """Return how many weights, apart from the intercept, are exactly zero in the posterior's mean (V,), or NaN."""
        return np.where(self.has_mean, (self.mean[:, 1:] == 0).sum(1).astype(float), np.nan)

    @property
    def share(self) -> FloatArray:
        """Return the effective number of weights as a share of all of them (V,)."""
        share: FloatArray = self.effective / self.count
        return share

    @property
    def largest(self) -> FloatArray:
        """Return the size of the largest weight (V,)."""
        largest: FloatArray = np.nanmax(np.abs(self.coef), 1)
        return largest

    @property
    def top(self) -> IntArray:
        """Return which weight is the largest, apart from the intercept (V,)."""
        top: IntArray = 1 + np.nan_to_num(np.abs(self.coef[:, 1:])).argmax(1)
        return top

    @property
    def top_size(self) -> FloatArray:
        """Return the size of that weight (V,)."""
        size: FloatArray = np.abs(self.coef[np.arange(len(self.coef)), self.top])
        return size

    @property
    def clear(self) -> FloatArray:
        """Return how many weights, apart from the intercept, have an interval without zero (V,); NaN where unknown."""
        clear = ((self.lower > 0) | (self.upper < 0))[:, 1:].sum(1).astype(float)
        return np.where(np.isfinite(self.lower).any(1), clear, np.nan)

    @property
    def band_width(self) -> FloatArray:
        """Return how wide the credible band is, averaged over the grid (V,); NaN without a grid or a band."""
        span = self.credible.upper - self.credible.lower
        return span.mean(1) if span.shape[1] else np.full(len(span), np.nan)

    @property
    def has_mean(self) -> NDArray[np.bool_]:
        """Return where the posterior's mean is known (V,)."""
        return np.asarray(np.isfinite(self.mean).any(axis=1))

    @property
    def gap(self) -> FloatArray:
        """Return the largest difference from scikit-learn's weights over the largest weight (V,); NaN without any."""
        known = np.isfinite(self.scikit)
        widest = np.nanmax(np.abs(self.coef - self.scikit), 1, initial=0.0, where=known)
        return np.where(known.any(1), widest / np.maximum(self.largest, 1e-300), np.nan)


def _nothing(positions: int, columns: int, places: int) -> Part:
    """Return every field as NaN: one number (V, 1), weights (V, P) or curves (V, G) at each position."""
    widths = dict.fromkeys(("coef", "scikit", "mean", "lower", "upper"), columns)
    widths |= dict.fromkeys(("effective", "log_evidence"), 1)
    bands = ("credible lower", "credible upper", "predictive lower", "predictive upper")
    widths |= dict.fromkeys(("curve", "scikit_curve", *bands), places)
    return {name: np.full((positions, width), np.nan) for name, width in widths.items()}


def _gathered(found: Part, grid: FloatArray, level: float) -> Answers:
    """Return the fields with their names, each band as an interval."""
    credible = Interval(grid, found.pop("credible lower"), found.pop("credible upper"), level, "function")
    predictive = Interval(grid, found.pop("predictive lower"), found.pop("predictive upper"), level, "observation")
    effective, log_evidence = found.pop("effective")[:, 0], found.pop("log_evidence")[:, 0]
    return Answers(effective=effective, log_evidence=log_evidence, credible=credible, predictive=predictive, **found)


def _ridge(
    design: FloatArray, y: FloatArray, rows: FloatArray, width: FloatArray, noise: FloatArray, level: float
) -> Part:
    """Return what a Gaussian prior gives, all of it in closed form, with scikit-learn's Ridge."""
    path = RidgePath.of(design, y, width, noise)
    columns = design.shape[1]
    weights = path.posterior.band(np.eye(columns), np.arange(columns, dtype=float), level)
    part = {"coef": path.coef, "mean": path.coef, "lower": weights.lower, "upper": weights.upper}
    part |= {"scikit": scikit_ridge(design, y, path.penalty)}
    part |= {"effective": path.effective[:, None], "log_evidence": path.log_evidence[:, None]}
    if len(rows):
        places = np.arange(len(rows), dtype=float)
        credible = path.posterior.band(rows, places, level)
        predictive = path.posterior.band(rows, places, level, "observation")
        part |= {"credible lower": credible.lower, "credible upper": credible.upper}
        part |= {"predictive lower": predictive.lower, "predictive upper": predictive.upper}
    return part


def _lasso(design: FloatArray, y: FloatArray, threshold: FloatArray, here: IntArray) -> Part:
    """Return what a Laplace prior gives in closed form: its mode, and scikit-learn's at the one position `here`."""
    coef = lasso(design, y, threshold)
    scikit = np.full_like(coef, np.nan)
    for position in here:
        scikit[position] = scikit_lasso(design, y, float(threshold[position]))
    return {"coef": coef, "scikit": scikit, "effective": (coef != 0).sum(1, keepdims=True, dtype=float)}


def _sampled(fit: Fit, rows: FloatArray, positions: int, here: IntArray, level: float) -> Part:
    """Return the sampled posterior of weights and curves at the one position `here`, NaN at all others."""
    draws = np.column_stack([fit.draws["intercept"], fit.draws["coef"]])
    if draws.shape[1] != rows.shape[1]:
        raise ValueError(
            f"the sampled answer has {draws.shape[1]} weights and the model where the handle stands {rows.shape[1]}: "
            "give the position that was sampled as home="
        )
    lower, upper = np.quantile(draws, tails(level), axis=0)
    told = {"mean": draws.mean(0), "lower": lower, "upper": upper}
    if len(rows):
        told["credible lower"], told["credible upper"] = np.quantile(draws @ rows.T, tails(level), axis=0)
    part = {name: np.full((positions, len(values)), np.nan) for name, values in told.items()}
    for name, values in told.items():
        part[name][here] = values
    return part
