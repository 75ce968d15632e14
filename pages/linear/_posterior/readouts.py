"""What the linear page says in words: what the prior is worth, and the finding for those who do not see it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.evaluation.compare import Distance
from bayes_core.evaluation.coverage import Coverage
from bayes_core.evaluation.coverage_along import Along
from bayes_core.figures.curves import spans
from bayes_core.figures.panels import Row
from bayes_core.intervals import level_words
from bayes_core.summaries.answers import MarginalDensity
from bayes_core.summaries.summary import decimals, estimates, medians, number
from bayes_core.summaries.sweep import Sweep

from .settings import SHOWN

DRAWN_POINTS = 20  # of a small multiple


def worth_words(worth: FloatArray, unit: tuple[str, str]) -> tuple[str, ...]:
    """Return "about 3 points", in the scene's own unit (one, many).

    >>> worth_words(np.array([0.02, 1.04, 30.0]), ("test", "tests"))
    ('less than a tenth of a test', '1.0 tests', '30 tests')
    """
    one, many = unit
    return tuple(
        "–"
        if not np.isfinite(w)
        else f"less than a tenth of a {one}"
        if w < 0.095
        else f"{w:.1f} {many}"
        if w < 9.5
        else f"{number(float(w), 0 if w < 1e4 else -2)} {many}"
        for w in worth
    )


def said(
    sweep: Sweep, method: str, point: tuple[str, str], parameters: Mapping[str, Told]
) -> dict[str, tuple[str, ...]]:
    """Return the words that sentences ask for beside the parameters' own: counts, band edges and widths, worth."""
    count = f"{len(sweep.track.x)} {point[len(sweep.track.x) != 1]}"
    bands = {"edge": sweep.intervals["credible"], "edge.new": sweep.intervals["predictive"]}
    told: dict[str, tuple[str, ...]] = {"count": ("Before any data" if method == "prior" else count,)}
    for name, band in bands.items():
        low, high = band.lower[:, -1], band.upper[:, -1]
        told[name] = tuple(number(w, decimals(w, 0.0)) if w > 0 else "" for w in (high - low).tolist())
        told[f"{name}.ends"] = tuple(
            f"{number(a, decimals(a, b - a))} to {number(b, decimals(b, b - a))}" if b > a else ""
            for a, b in zip(low.tolist(), high.tolist(), strict=True)
        )
    told["slope.ends"] = tuple(ends.replace(" to ", " and ") for ends in parameters["coef[0]"].between)
    return told | ({} if method == "prior" else {"worth": worth_words(sweep.worth, point)})


def facts(sweep: Sweep) -> dict[str, FloatArray]:
    """Return the numbers by which sentences decide how things went: the prior's worth, slope and intercept by size."""
    size, offset = (np.abs(sweep.marginals[name].mean) for name in ("coef[0]", "intercept"))
    return {"worth": sweep.worth, "pull": sweep.worth, "size": size, "offset": offset}


UNKNOWN = "The draws at hand cannot answer here; let the handle go, and the page fits anew."
METER = "Can you trust the band?"
HELD = ("at each x separately", "the whole line")
WHOSE = ("this truth", "truths from the prior")
BUTTONS = (f"Show {SHOWN} of these worlds", "Hide the worlds")
SIGNS = {"✓": "the band holds the whole true line", "✗": "the true line leaves the band"}
NO_METER = (
    "<p>MAP answers with one line and no band, so there is no coverage to count. Any other answer has a meter.</p>"
)
_PROMISED = "Only the average over truths from the prior, at each x, is promised to be {level}."
_REFITTED = "{title} is refitted in every world. It promises nothing; the exact band has {level} on average, at each x."
_PROMISES = {
    "exact": _PROMISED,
    "nuts": f"NUTS draws from the exact posterior: its band is the exact one, up to Monte-Carlo error. {_PROMISED}",
    "vi_meanfield": _REFITTED.replace("{title}", "Mean-field VI"),
    "vi_fullrank": _REFITTED.replace("{title}", "Full-rank VI"),
    "prior": f"The prior's band is the same in every world. {_PROMISED}",
}


def meter_words(told: Along, average: Coverage, method: str) -> tuple[str, ...]:
    """Return, for every position, how many worlds were counted and how exactly, and what a band promises."""
    shares, every = told.coverage, f"{told.coverage.worlds:,}"
    promise = _PROMISES[method].format(level=level_words(shares.level)).replace(" %", "\u00a0%")
    parts = (shares.pointwise_mcse, shares.whole_mcse, average.pointwise_mcse, average.whole_mcse)
    errors = 100 * np.maximum(np.max(parts, axis=0), 0.001)
    prior = f"{average.worlds:,} with truths from the prior"
    here = f"{every} repeated worlds, {prior}; simulation error up to"
    there = f"{every} repeated worlds, read off {told.few} of them at {told.asked} positions, and {prior}; error up to"
    return tuple(
        f"{here if v == told.home else there} {error:.1f} points. {promise}" for v, error in enumerate(errors.tolist())
    )


def worlds_words(held: NDArray[np.bool_], points: int) -> tuple[str, ...]:
    """Return, for every position, in how many of the worlds on show the truth leaves the band; held (V, R)."""
    some = f" The first {DRAWN_POINTS} of {points} points are drawn." if points > DRAWN_POINTS else ""
    return tuple(
        f"In {int((~row).sum())} of these {len(row)} worlds (✗) the true line leaves the band somewhere on the axis; "
        f"in {int(row.sum())} (✓) the band holds all of it. Choose one to enter it as the data.{some}"
        for row in held
    )


class Told(NamedTuple):
    """A parameter in words (V,): its estimate, its sd, and what stands `beside` it; the ends `between` which it lies.

    A skewed one has no sd: its median stands for it.
    """

    estimate: tuple[str, ...]
    sd: tuple[str, ...]
    beside: tuple[str, ...]
    between: tuple[str, ...]

    @classmethod
    def of(cls, marginal: MarginalDensity, *, skewed: bool) -> Told:
        """Return what a marginal says."""
        low, middle, high = marginal.quantiles
        median, between = medians(low, middle, high, marginal.quantile_mcse)
        if skewed:
            return cls(median, ("",) * len(median), tuple("median" if ends else "" for ends in between), between)
        mean, sd = estimates(marginal.mean, marginal.sd, marginal.mcse)
        return cls(mean, sd, tuple(f"± {s} sd" if s else "" for s in sd), between)

    def interval(self, level: float) -> tuple[str, ...]:
        """Return the ends with the level of their interval."""
        named = f" with {level_words(level)}".replace(" %", "\u00a0%")
        return tuple(ends + named if ends else "" for ends in self.between)


def distance_rows(gap: Distance | None, x: FloatArray, home: int, size: int) -> tuple[Row, ...]:
    """Return how far a fit is from the exact answer: known where the handle stands, a dash elsewhere."""
    told = dict.fromkeys(("w1", "mean", "width", "where"), "")
    if gap is not None:
        over = gap.over_confident
        some = f"▼ for x {spans(over, x, digits=3, beyond=True)}"
        told = {
            "w1": f"{gap.overall:.2f} sd",
            "mean": f"{gap.largest_gap:.2f} sd",
            "width": "{:.2f} to {:.2f} ×".format(*gap.widths),
            "where": "nowhere" if not over else "everywhere" if len(over) == len(x) else some,
        }
    names = {
        "w1": "distance (Wasserstein-1)",
        "mean": "largest gap of the mean",
        "width": "width, as a share of exact",
        "where": "over-confident",
    }
    return tuple(
        Row(f"distance.{id}", name, tuple(told[id] if v == home else "–" for v in range(size)) if gap else ())
        for id, name in names.items()
    )
