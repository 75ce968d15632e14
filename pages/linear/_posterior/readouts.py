"""What the linear page says in words: what the prior is worth, and the finding for those who do not see it."""

from __future__ import annotations

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.compare import Distance
from bayes_core.evaluation.coverage import Coverage
from bayes_core.figures.curves import spans
from bayes_core.figures.panels import Row
from bayes_core.intervals import level_words
from bayes_core.summaries.summary import decimals, estimates, number
from bayes_core.summaries.sweep import Sweep


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


def alternative(sweep: Sweep) -> tuple[str, ...]:
    """Return, for every position, the finding in words for those who do not see the picture."""
    credible, predictive = sweep.intervals["credible"], sweep.intervals["predictive"]
    slope = sweep.marginals["coef[0]"]
    texts = []
    for v, (mean, sd) in enumerate(zip(*estimates(slope.mean, slope.sd, slope.mcse), strict=True)):
        ends = [(interval.lower[v, -1], interval.upper[v, -1]) for interval in (credible, predictive)]
        if not np.isfinite(ends).all():
            texts.append("The draws at hand cannot answer here; release the handle to fit anew.")
            continue
        (a, b), (c, d) = [[number(e, decimals(e, high - low)) for e in (low, high)] for low, high in ends]
        plus = f" plus or minus {sd}" if sd else ""
        texts.append(
            f"{len(sweep.track.y[v])} points and the lines that fit them: slope {mean}{plus}. At the right edge the "
            f"{credible.label} band runs from {a} to {b}, the {predictive.label} band from {c} to {d}."
        )
    return tuple(texts)


def meter_words(told: Coverage, band: str) -> tuple[str, ...]:
    """Return, for every position, how often a band held the true line."""
    return tuple(
        f"In {told.worlds:,} repeated worlds with these settings, the {level_words(told.promised)} {band} held the "
        f"true line {100 * share:.0f} ± {max(100 * error, 0.1):.1f} % of the time.".replace(" %", "\u00a0%")
        for share, error in zip(told.share, told.mcse, strict=True)
    )


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
