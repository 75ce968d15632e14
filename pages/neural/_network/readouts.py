"""What the network's picture says in words: half-widths, the noise, alt texts, and what a fit says about itself."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from bayes_core import summary
from bayes_core.checks import FloatArray
from bayes_core.evaluation.compare import Distance
from bayes_core.figures.curves import spans
from bayes_core.figures.panels import Row, Texts
from bayes_core.inference import METHODS
from bayes_core.intervals import level_words
from bayes_core.summaries.curves import Curves
from bayes_core.types import Fit
from pages._ui.settings import nearest

UNKNOWN = "The draws at hand cannot answer here; release the handle to fit anew."


def two_digits(values: FloatArray) -> Texts:
    """Return numbers (V,) in words, a dash where nobody can answer."""
    return tuple("–" if np.isnan(v) else f"{v:.2f}" for v in values)


def sigma_words(found: Curves) -> tuple[Texts, Texts]:
    """Return mean and sd of sigma in words."""
    told = [
        ("–", "")
        if np.isnan(m)
        else (
            summary.number(float(m), max(2, summary.decimals(0.0, max(float(s), 1e-3)))),
            summary.number(float(s), summary.decimals(0.0, float(s))) if s > 1e-6 else "",
        )
        for m, s in zip(found.sigma_mean, found.sigma_sd, strict=True)
    ]
    return tuple(m for m, _ in told), tuple(s for _, s in told)


def noise_words(found: Curves, x: FloatArray, ends: tuple[float, float]) -> tuple[Texts, Texts, Texts]:
    """Return the noise at the left end of the data, at the right one, and both in one."""
    left, right = (two_digits(found.noise[:, nearest(x, at)]) for at in ends)
    both = tuple(a if a == "–" else f"{a} on the left, {b} on the right" for a, b in zip(left, right, strict=True))
    return left, right, both


def alternative(edge: Texts, inside: Texts, noise: Texts, level: float, along: str) -> Texts:
    """Return the finding for those who do not see it; `along` names the input of a slice."""
    where = f" along {along}, all else at its mean," if along else ""
    return tuple(
        UNKNOWN
        if e == "–"
        else f"A curve{where} and its {level_words(level)} credible band: half-width {i} in the middle, {e} at the "
        f"right edge, beyond the data. Noise {s}."
        for e, i, s in zip(edge, inside, noise, strict=True)
    )


def about(known: Mapping[int, Fit], size: int, *, sampled: bool) -> tuple[Row, ...]:
    """Return what each fit says about itself, a dash where there is none; nothing yet without any fit."""
    told = {name: ["–"] * size for name in ("rhat", "ess", "draws", "time", "method")}
    for v, fit in known.items():
        says = fit.diagnostics
        told["method"][v] = METHODS[fit.method].title
        told["draws"][v] = f"{len(fit.noise):,}" + (f", {says.chains} chains" if says.chains > 1 else "")
        once = f" + {says.compiling:.1f} s compiling" if says.compiling > 0.1 else ""
        told["time"][v] = f"{says.seconds:.2f} s{once}"
        if says.r_hat:
            told["rhat"][v] = f"{says.largest_r_hat:.3f}"
            told["ess"][v] = f"{says.fewest_effective:,.0f}"
    names = {"method": "answer by", "draws": "draws"}
    if sampled:
        names |= {"rhat": "largest R-hat of f and σ", "ess": "fewest effective draws"}
    names["time"] = "time"
    return tuple(Row(f"about.{id}", name, tuple(told[id]) if known else ()) for id, name in names.items())


def distance_rows(far: Distance | None, x: FloatArray, home: int, size: int) -> tuple[Row, ...]:
    """Return how far an approximation is from the sampled posterior: known where the handle stands."""
    told = dict.fromkeys(("w1", "width", "share", "where"), "")
    if far is not None:
        narrowest, widest = far.widths
        told = {
            "w1": f"{far.overall:.2f} sd",
            "width": f"{narrowest:.2f} to {widest:.2f} ×",
            "share": f"{100 * far.over_confident_share:.0f} % of the picture",
            "where": f"▼ x = {spans(far.over_confident, x)}" if far.over_confident else "nowhere",
        }
    names = {
        "w1": "distance (Wasserstein-1)",
        "width": "width, as a share of it",
        "share": "over-confident on",
        "where": "namely",
    }
    return tuple(
        Row(f"distance.{id}", name, tuple(told[id] if v == home else "–" for v in range(size)) if far else ())
        for id, name in names.items()
    )
