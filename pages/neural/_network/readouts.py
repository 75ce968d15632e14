"""What the network's picture says in words: half-widths, the noise, alt texts, and what a fit says about itself."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from bayes_core import summary
from bayes_core.checks import FloatArray
from bayes_core.evaluation.compare import BELOW_SAMPLED, Distance, Floor
from bayes_core.figures.curves import spans
from bayes_core.figures.panels import Row, Texts
from bayes_core.inference import METHODS
from bayes_core.intervals import level_words
from bayes_core.summaries.curves import Curves
from bayes_core.summaries.sensitivity import FEWEST_EFFECTIVE, WORST_PARETO_K
from bayes_core.types import Fit

WAITING = "being worked out"
_ANEW = "Let go of the handle, and the network is fitted anew at this place."


def two_digits(values: FloatArray) -> Texts:
    """Return numbers (V,) in words, a dash where nobody can answer."""
    return tuple("–" if np.isnan(v) else f"{v:.2f}" for v in values)


def noise_words(noise: FloatArray, level: float) -> tuple[Texts, Texts]:
    """Return the median of a noise (V, 3), told by its lower end, median and upper end, and its interval."""
    told = [_noise_words(float(low), float(middle), float(high), level) for low, middle, high in noise]
    return tuple(middle for middle, _ in told), tuple(interval for _, interval in told)


def _noise_words(low: float, middle: float, high: float, level: float) -> tuple[str, str]:
    if np.isnan(middle):
        return "–", ""
    places = noise_decimals(middle)
    if high - low < 1e-6:  # a point estimate has no interval
        return summary.number(middle, places), ""
    ends = (summary.number(end, noise_decimals(end)) for end in (low, high))
    return summary.number(middle, places), f"{level_words(level)}: {' to '.join(ends)}"


def noise_decimals(noise: float) -> int:
    """Return the decimals of a noise: two, or more where it is so small that two would say nothing."""
    return min(4, max(2, summary.decimals(0.0, max(noise, 1e-4))))


def both_ends(left: Texts, right: Texts) -> Texts:
    """Return the noise at the left end of the data and at the right one in one."""
    return tuple("–" if a == "–" else f"{a} on the left, {b} on the right" for a, b in zip(left, right, strict=True))


def opening(edge: Texts, inside: Texts) -> Texts:
    """Return how wide a band opens, at every position."""
    return tuple(
        "not known here" if e == "–" else f"{i} in the middle, {e} at the right edge, beyond the data"
        for e, i in zip(edge, inside, strict=True)
    )


def unreachable(found: Curves, draws: int) -> Texts:
    """Return why the draws at hand say nothing at a position; nothing where there is an answer."""
    return tuple(
        "" if known else f"{_reason(float(k), float(n), draws)} {_ANEW}"
        for known, k, n in zip(found.known, found.pareto_k, found.effective, strict=True)
    )


def _reason(k: float, effective: float, draws: int) -> str:
    if np.isnan(k):
        return "Nothing has been fitted here yet."
    if k >= WORST_PARETO_K and np.isfinite(k):
        return (
            f"The {draws:,} draws at hand were made elsewhere and cannot stand for this place: reweighted to it, a few "
            f"of them would decide everything (Pareto k is {k:.2f}, the limit {WORST_PARETO_K})."
        )
    return (
        f"The {draws:,} draws at hand were made elsewhere and cannot stand for this place: reweighted to it, they "
        f"would count as {effective:.0f}, and {FEWEST_EFFECTIVE:.0f} are needed."
    )


def alternative(found: Texts, none: Texts, along: str, *, single: bool) -> Texts:
    """Return what is `found` for those who do not see it; `along` names the input of a slice.

    `none` are the words where there is no answer; `single` says that the MAP network is drawn too.
    """
    where = f" A slice along {along}, all else at its mean." if along else ""
    more = " A red line is the single MAP network, where the handles stand." if single else ""
    return tuple(empty or f"{told}{where}{more}" for told, empty in zip(found, none, strict=True))


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
        names |= {"rhat": "largest R-hat (1: chains agree)", "ess": "fewest effective draws"}
    names["time"] = "time"
    return tuple(Row(f"about.{id}", name, tuple(told[id]) if known else ()) for id, name in names.items())


_DISTANCE = {
    "w1": "distance (Wasserstein-1)",
    "width": "sd of f, over the sampled one’s",
    "narrow": f"too narrow (below {BELOW_SAMPLED:g}) on",
    "where": "namely at",
    "wide": f"too wide (above {1 / BELOW_SAMPLED:g}) on",
    "chance": "distance of as many exact draws",
    "chance.narrow": "too narrow by chance on",
}


def distance_rows(far: Distance | None, chance: Floor | None, x: FloatArray, home: int, size: int) -> tuple[Row, ...]:
    """Return how far an approximation is from the sampled posterior, and what chance would do, where the handle stands.

    `chance` is what as many exact draws would show: distance, places too narrow, places too wide.
    """
    told = dict.fromkeys(_DISTANCE, "")
    if far is not None:
        narrowest, widest = far.widths
        told = {
            "w1": f"{far.overall:.2f} sd",
            "width": f"{narrowest:.2f} to {widest:.2f}",
            "narrow": _share(far.over_confident_share),
            "where": f"x = {spans(far.over_confident, x)}".replace("-", "−") if far.over_confident else "nowhere",
            "wide": _share(far.wider_share),
        }
    if chance is not None:
        told |= {"chance": f"{chance.overall:.2f} sd", "chance.narrow": _share(chance.narrower)}
    return tuple(
        Row(f"distance.{id}", name, tuple(told[id] if v == home else "–" for v in range(size)) if far else ())
        for id, name in _DISTANCE.items()
    )


def _share(of: float) -> str:
    return f"{100 * of:.0f} %"
