"""What the conformal page says of a reader's own numbers: what a band holds of rows that did not calibrate it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.conformal.along import Worlds
from bayes_core.evaluation.conformal.bands_resplit import Bands
from bayes_core.evaluation.conformal.threshold import needed
from bayes_core.intervals import level_words
from bayes_core.summaries.summary import number

from .readouts import ENDLESS, ordinal, share, shares

Texts = tuple[str, ...]
_NEAR = 0.005  # from the promise: no break of it


@dataclass(frozen=True)
class Named:
    """What one row is called, and several; the target's unit with its decimals, and its name."""

    one: str
    many: str
    unit: str
    places: int
    target: str

    def size(self, value: float) -> str:
        """Return a half-width in the target's unit.

        >>> Named("row", "rows", "kg", 1, "yield").size(8.44), Named("row", "rows", "", 0, "y").size(float("inf"))
        ('8.4 kg', 'endless')
        """
        return f"{number(value, self.places)} {self.unit}".strip() if np.isfinite(value) else ENDLESS


def counted(named: Named, fitted: int, aside: int) -> dict[str, Texts]:
    """Return how many rows are fitted, and how many kept aside."""
    return {"fitted": (f"{fitted:,}",), "aside": (f"{aside:,}",), "many": (named.many,), "one": (named.one,)}


def told(found: Bands, named: Named, fitted: int) -> dict[str, Texts]:
    """Return the words that sentences ask for, at every position."""
    rows = found.kept.shape[1]
    tried = [(int(row[n:].sum()), len(row) - n) for row, n in zip(found.kept, found.points.tolist(), strict=True)]
    said = counted(named, fitted, rows) | {
        "promise": tuple(level_words(p) for p in found.level),
        "count": tuple(f"{n}" for n in found.points),
        "rank": tuple(_rank(int(k), int(n)) for k, n in zip(found.ranks, found.points, strict=True)),
        "needed": tuple(f"{needed(p)}" for p in found.level.tolist()),
        "half": tuple(named.size(float(half)) for half in found.half),
        "share": shares(found.share),
        "tried": tuple(f"{n}" for _, n in tried),
        "inside": tuple(f"{k} of {n}" for k, n in tried),
        "expected": shares(found.expected, 1),
        "caption": tuple(
            f"all {n} other {named.many} inside" if k == n else f"{k} of {n} others inside, {n - k} hollow not"
            for k, n in tried
        ),
    }
    if np.isfinite(found.own_half).any():
        said |= {"own.share": shares(found.own_share)}
        said |= {"own.half": tuple(named.size(float(half)) for half in found.own_half)}
    return said


def _rank(k: int, n: int) -> str:
    return f"beyond all {n} scores" if k > n else f"the {ordinal(k)} smallest of {n} scores"


def facts(found: Bands) -> dict[str, FloatArray]:
    """Return the numbers by which sentences decide how things went."""
    return {"expected": found.expected, "half": found.half, "share": found.share}


def glosses(found: Bands, score: str, named: Named) -> Texts:
    """Return what the band is, as it stands under its name on the chart."""

    def gloss(q: float) -> str:
        if not np.isfinite(q):
            return "has no end"
        if score == "normalised":
            return f"forecast ± {q:.2f} s(x)"
        sign = "+" if q >= 0 else "−"
        return f"forecast ± {named.size(q)}" if score == "absolute" else f"own 90 % {sign} {named.size(abs(q))}"

    return tuple(gloss(float(q)) for q in found.threshold)


# ----------------------------------------------------------------------------------------------------------- panels
def heads(found: Bands, score: str, named: Named) -> Texts:
    """Return the heading over the scores."""
    what = {
        "absolute": f"|{named.target} − forecast|",
        "normalised": f"|{named.target} − forecast| / s",
        "cqr": "beyond its own 90 %",
    }[score]
    return tuple(f"Scores of {n} calibration {named.many}: {what}" for n in found.points)


def score_labels(found: Bands) -> Texts:
    """Return what stands at the threshold."""
    return tuple(
        "no score is far enough" if k > n else f"{ordinal(int(k))} smallest of {n}"
        for k, n in zip(found.ranks, found.points, strict=True)
    )


def score_words(found: Bands, score: str, named: Named) -> Texts:
    """Return what the threshold makes of the band."""
    texts = []
    for n, p, q, half in zip(
        found.points.tolist(), found.level.tolist(), found.threshold.tolist(), found.half.tolist(), strict=True
    ):
        if not np.isfinite(q):
            lacking = f"{n} calibration {named.many} cannot promise {level_words(p)}: it would take {needed(p)}."
            texts.append(lacking)
        elif score == "absolute":
            texts.append(f"Half-width of the band: {named.size(q)}, the same at every place.")
        elif score == "normalised":
            texts.append(f"Half-width: {q:.2f} s(x), {named.size(half)} at an average {named.one}.")
        else:
            way = "out" if q >= 0 else "in"
            texts.append(f"Its own 90 % band, moved {way}wards by {named.size(abs(q))} at both edges.")
    return tuple(texts)


def verdicts(found: Bands, worlds: Worlds) -> Texts:
    """Return a sign and words about what bands hold on average over splits."""
    texts = []
    for endless, mean, p, expected in zip(found.endless, worlds.mean, found.level, found.expected, strict=True):
        if endless:
            texts.append("✓ keeps it, by saying nothing")
        elif mean < p - _NEAR:
            texts.append("▼ breaks its promise")
        else:
            texts.append("▲ holds more than promised" if mean > expected + 2 * _NEAR else "✓ keeps its promise")
    return tuple(texts)


def kept_words(found: Bands, worlds: Worlds, equal: int, named: Named) -> Texts:
    """Return what was counted in other splits, and what the law says; `equal` scores raise what is held above it."""
    texts = []
    for v in range(len(found.level)):
        if found.endless[v]:
            texts.append("An endless band holds everything, in every split.")
            continue
        low, high = (share(float(end)) for end in (worlds.low[v], worlds.high[v]))
        error = 100 * float(worlds.error[v])
        places = min(max(1, -int(np.floor(np.log10(max(error, 1e-4))))), 2)
        mean, exactly = (share(float(value), places) for value in (worlds.mean[v], found.expected[v]))
        least = "at least" if equal else "exactly"
        seen = f"{worlds.worlds:,} other splits of these {named.many}: {mean} ± {error:.{places}f} on average, {least}"
        law = "Equal scores hold more than the line, the law without them." if equal else "Line: the exact law."
        texts.append(f"{seen} {exactly}; nine in ten hold {low.split(chr(160))[0]} to {high}. {law}")
    return tuple(text.replace(" %", "\u00a0%") for text in texts)


def table(found: Bands, named: Named, *, own: bool) -> dict[str, tuple[Texts, ...]]:
    """Return who is inside, row by row: the conformal band, and the forecast's own where it has one."""
    several = [found.share, found.own_share] if own else [found.share]
    halves = [found.half, found.own_half] if own else [found.half]
    return {
        "share": ((f"other {named.many}, not fitted",), *(shares(values) for values in several)),
        "half": (
            (f"half-width, average {named.one}",),
            *(tuple(named.size(float(half)) for half in values) for values in halves),
        ),
    }
