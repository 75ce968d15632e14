"""Pictures of Bayes' theorem on tests and clues: numbers in, plotly JSON and its moving values out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.figures.frames import broken
from bayes_core.figures.parts import area, chart, dots, line
from bayes_core.foundations.diagnosis import Diagnosis
from bayes_core.foundations.hypotheses import log_odds
from bayes_core.summaries.wording import one_in

Numbers = dict[str, FloatArray]


# ------------------------------------------------------------------------------------------- predictive values
def curve_numbers(test: Diagnosis, among: Diagnosis) -> Numbers:
    """Return PPV and NPV of tests `among` people of other prevalences (V, G), and where the tests (V,) stand."""
    here = np.log10(np.maximum(test.prevalence, 1e-12))[:, None]
    return {
        "ppv.y": among.ppv,
        "npv.y": among.npv,
        "now.x": np.repeat(here, 2, axis=1),
        "now.y": np.stack([test.ppv, test.npv], 1),
        "here.x": np.repeat(here, 2, axis=1),
    }


def curve_figure(prevalence: FloatArray, title: str) -> Any:
    """Return the figure that curve_numbers move: predictive values over prevalence (G,), on a logarithmic axis."""
    log_prevalence = np.log10(prevalence)
    ticks = np.arange(np.ceil(log_prevalence[0]), 1)
    nothing = np.full(len(prevalence), np.nan)
    return chart(
        [
            line("here", [0, 0], [0, 1], "muted", 1, "dotted"),
            line("before", log_prevalence, prevalence, "prior", 1.6, "short"),
            line("npv", log_prevalence, nothing, "reference", 2, "dotted"),
            line("ppv", log_prevalence, nothing, "posterior", 2.6),
            dots("now", [0, 0], [0, 0], "data", 11, hover="%{y:.3~%}"),
        ],
        (float(log_prevalence[0]), float(log_prevalence[-1])),
        (0, 1.02),
        ticks,
        (0, 0.25, 0.5, 0.75, 1),
        title,
        "probability, %",
        [one_in(10**tick) for tick in ticks],
        ("0", "25", "50", "75", "100"),
    )


# --------------------------------------------------------------------------------------------- test after test
def chain_numbers(path: FloatArray, shown: int) -> Numbers:
    """Return beliefs (V, 1 + tests) as steps on the log-odds axis; `shown` places are kept."""
    height = np.full((len(path), shown), np.nan)
    height[:, : path.shape[1]] = log_odds(path)
    risers = np.full((len(path), shown - 1, 3), np.nan)
    risers[:, :, :2] = np.stack([height[:, :-1], height[:, 1:]], -1)
    priors = height.copy()
    priors[:, path.shape[1] - 1] = np.nan  # the last belief is nobody's prior yet
    return {"beliefs.y": height, "steps.y": risers.reshape(len(path), -1), "priors.y": priors}


def chain_figure(
    places: Sequence[str], low: float, y_ticks: Sequence[float], y_texts: Sequence[str], title: str
) -> Any:
    """Return the figure that chain_numbers move: every posterior is ringed as the next test's prior."""
    shown = len(places)
    at = np.arange(shown, dtype=float)
    risers = broken(np.stack([at[:-1], at[1:]], -1)[None])[0]
    return chart(
        [
            line("steps", risers, np.full(len(risers), np.nan), "posterior", 1.6, opacity=0.6),
            dots("priors", at, np.full(shown, np.nan), "prior", 21),
            dots("beliefs", at, np.full(shown, np.nan), "posterior", 11, hover="after %{x} tests"),
        ],
        (-0.3, shown - 0.7),
        (low, -low),
        at,
        y_ticks,
        title,
        "probability, % (log odds)",
        places,
        y_texts,
    )


# ------------------------------------------------------------------------------------------------ unsure rates
def spread_numbers(density: FloatArray, grid: FloatArray, low: FloatArray, high: FloatArray, at: FloatArray) -> Numbers:
    """Return a density (V, G), scaled to its peak above the interval's lower end, with the plain answer (V,).

    Below it a density may be infinite; it is cut at one and a half of the peak.
    """
    inside = (grid >= low[:, None]) & (grid <= high[:, None])
    known = np.where(np.isfinite(density), density, 0.0)
    within = np.where(inside.any(1, keepdims=True) & ~inside, 0.0, known)
    curves = np.minimum(known / np.maximum(within.max(1, keepdims=True), 1e-300), 1.5)
    return {
        "density.y": curves,
        "interval.y": np.concatenate([np.where(inside, curves, 0), np.zeros_like(curves)], 1),
        "plain.x": np.repeat(at[:, None], 2, axis=1),
    }


def spread_figure(grid: FloatArray, title: str) -> Any:
    """Return the figure that spread_numbers move."""
    around = np.concatenate([grid, grid[::-1]])
    return chart(
        [
            area("interval", around, np.full(len(around), np.nan), "posterior", 0.22, 0.0),
            line("density", grid, np.full(len(grid), np.nan), "posterior", 2.2),
            line("plain", [0, 0], [0, 1.05], "truth", 1.6, "dashed"),
        ],
        (float(grid[0]), float(grid[-1])),
        (0, 1.12),
        grid[::30],
        (0, 0.5, 1),
        title,
        "density, share of its peak",
        [f"{100 * v:.3g}" for v in np.round(grid[::30], 5)],
    )


# ---------------------------------------------------------------------------------------------- clue after clue
def clue_numbers(steps: FloatArray, together: FloatArray) -> Numbers:
    """Return class probabilities (V, F + 1, K) as stacked bars, and beside them the correlated answer (V, F + 1, K)."""
    numbers: Numbers = {}
    top = np.zeros(steps.shape[:2])
    other = np.zeros(steps.shape[:2])
    for k in range(steps.shape[2]):
        bottom, top = top, top + steps[:, :, k]
        below, other = other, other + together[:, :, k]
        numbers[f"class{k}.y"] = _boxes(bottom, top)
        numbers[f"true{k}.y"] = _boxes(below, other)
    return numbers


def _boxes(bottom: FloatArray, top: FloatArray) -> FloatArray:
    gap = np.full_like(top, np.nan)
    return np.stack([bottom, bottom, top, top, bottom, gap], -1).reshape(len(top), -1)


def clue_figure(clues: Sequence[str], shades: Sequence[float], title: str) -> Any:
    """Return the figure that clue_numbers move: one stacked bar per clue, one shade of ink per class."""
    count = len(clues) + 1
    wide = np.array([[i - 0.36, i + 0.16, i + 0.16, i - 0.36, i - 0.36, np.nan] for i in range(count)]).ravel()
    thin = np.array([[i + 0.2, i + 0.34, i + 0.34, i + 0.2, i + 0.2, np.nan] for i in range(count)]).ravel()
    traces = []
    for k, shade in enumerate(shades):
        traces.append(area(f"class{k}", wide, np.full(len(wide), np.nan), "data", shade, 0.9))
        traces.append(area(f"true{k}", thin, np.full(len(thin), np.nan), "data", shade, 0.9))
    return chart(
        traces,
        (-0.6, count - 0.66),  # the last bar ends at the edge, where its labels hang
        (0, 1.02),
        np.arange(count),
        (0, 0.25, 0.5, 0.75, 1),
        title,
        "probability of each class, %",
        ("no clue", *clues),
        ("0", "25", "50", "75", "100"),
    )
