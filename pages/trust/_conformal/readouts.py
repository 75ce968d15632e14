"""What the conformal page says in words: what a band holds, how wide it is, and whether it keeps its promise."""

from __future__ import annotations

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.conformal.along import Along, BoolArray, Held, Worlds
from bayes_core.evaluation.conformal.threshold import needed
from bayes_core.intervals import level_words
from bayes_core.summaries.summary import number

Texts = tuple[str, ...]
ENDLESS = "endless"
_NEAR = 0.005  # from the promise: no break of it
_WHY = "The promise is for days that could be swapped with the calibration days (exchangeable)."


def share(value: float, digits: int = 0) -> str:
    """Return a share of days in per cent, with a decimal where it is within 1.5 % of nothing or everything.

    >>> share(0.884), share(0.991), share(1.0), share(0.90099, 1)
    ('88\xa0%', '99.1\xa0%', '100\xa0%', '90.1\xa0%')
    """
    if value >= 1 - 1e-9 or value < 5e-4:
        return f"{100 * round(value)}\u00a0%"
    return f"{100 * min(value, 0.999):.{max(digits, int(not 0.015 < value < 0.985))}f}\u00a0%"  # not all: no 100 %


def shares(values: FloatArray, digits: int = 0) -> Texts:
    """Return shares (V,) in words."""
    return tuple(share(float(value), digits) for value in values)


def minutes(value: float) -> str:
    """Return a half-width in minutes.

    >>> minutes(8.44), minutes(12.6), minutes(float("inf"))
    ('8.4 min', '12.6 min', 'endless')
    """
    return f"{number(value, 1)} min" if np.isfinite(value) else ENDLESS


def ordinal(k: int) -> str:
    """Return a rank in words.

    >>> [ordinal(k) for k in (1, 2, 3, 4, 11, 12, 13, 21, 91, 112)]
    ['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '91st', '112th']
    """
    ending = "th" if k % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(k % 10, "th")
    return f"{k}{ending}"


def ranks(found: Along) -> Texts:
    """Return which score is the threshold, at every position."""
    return tuple(
        f"beyond all {n} scores" if k > n else f"the {ordinal(int(k))} smallest of {n} scores"
        for k, n in zip(found.ranks, found.days, strict=True)
    )


def told(found: Along) -> dict[str, Texts]:
    """Return the words that sentences ask for, at every position."""
    said = {
        "drift": tuple(f"{d:.4g} min" for d in found.drift),
        "promise": tuple(level_words(p) for p in found.level),
        "count": tuple(f"{n}" for n in found.days),
        "rank": ranks(found),
        "needed": tuple(f"{needed(p)}" for p in found.level.tolist()),
        "half": tuple(minutes(float(half)) for half in found.band.half),
        "share": shares(found.band.share),
        "expected": shares(found.expected, 1),
        "range": tuple(
            share(1.0) if a >= 1 else f"{100 * a:.0f} to {share(float(b))}"
            for a, b in zip(found.low, found.high, strict=True)
        ),
        "inside": tuple(f"{int(row.sum())} of {len(row)}" for row in found.kept),
    }
    said |= {name: shares(values) for name, values in found.band.groups.items()}
    if found.own is not None:
        said |= {"own.share": shares(found.own.share), "own.half": tuple(minutes(float(h)) for h in found.own.half)}
        said |= {f"own.{name}": shares(values) for name, values in found.own.groups.items()}
    return said


def facts(found: Along) -> dict[str, FloatArray]:
    """Return the numbers by which sentences decide how things went."""
    made = {"drift": found.drift, "expected": found.expected, "half": found.band.half, "share": found.band.share}
    return made | ({"own.share": found.own.share, "own.half": found.own.half} if found.own is not None else {})


def captions(found: Along) -> Texts:
    """Return how many of the new days are inside, as it stands under the picture."""
    counts = [(int(row.sum()), len(row)) for row in found.kept]
    return tuple(
        f"all {n} new days inside" if k == n else f"{k} of {n} new days inside, {n - k} hollow ones not"
        for k, n in counts
    )


def glosses(found: Along, score: str) -> Texts:
    """Return what the band is, as it stands under its name on the chart."""

    def gloss(q: float) -> str:
        if not np.isfinite(q):
            return "has no end"
        if score == "normalised":
            return f"forecast ± {q:.2f} s(x)"
        return f"forecast ± {minutes(q)}" if score == "absolute" else f"own 90 % {_signed(q)}"

    return tuple(gloss(float(q)) for q in found.threshold)


def _signed(q: float) -> str:
    return f"{'+' if q >= 0 else '−'} {minutes(abs(q))}"


def dips(found: Along, common: BoolArray) -> Texts:
    """Return how little a band holds where it holds least of all `common` inputs (G,), if far below the promise."""
    worst = found.band.inside[:, common].min(1)
    return tuple(
        f"▼ only {share(float(low))}" if low < p - 0.06 else "" for low, p in zip(worst, found.level, strict=True)
    )


# ----------------------------------------------------------------------------------------------------------- panels
HEADS = {
    "absolute": "Scores of {n} calibration days: |delay − forecast|",
    "normalised": "Scores of {n} calibration days: |delay − forecast| / s",
    "cqr": "Scores of {n} calibration days: beyond its own 90 %",
}


def heads(found: Along, score: str) -> Texts:
    """Return the heading over the scores."""
    return tuple(HEADS[score].replace("{n}", f"{n}") for n in found.days)


def score_labels(found: Along) -> Texts:
    """Return what stands at the threshold."""
    return tuple(
        "no score is far enough" if k > n else f"{ordinal(int(k))} smallest of {n}"
        for k, n in zip(found.ranks, found.days, strict=True)
    )


def score_words(found: Along, score: str) -> Texts:
    """Return what the threshold makes of the band."""
    return tuple(
        f"{n} calibration days cannot promise {level_words(p)}: it would take {needed(p)}."
        if not np.isfinite(q)
        else {
            "absolute": f"Half-width of the band: {minutes(q)}, the same at every wind.",
            "normalised": f"Half-width: {q:.2f} s(x), {minutes(half)} on an average day.",
            "cqr": f"Its own 90 % band, moved {'out' if q >= 0 else 'in'}wards by {minutes(abs(q))} at both edges.",
        }[score]
        for n, p, q, half in zip(
            found.days.tolist(), found.level.tolist(), found.threshold.tolist(), found.band.half.tolist(), strict=True
        )
    )


def verdicts(found: Along) -> Texts:
    """Return a sign and words about what bands hold on average over sets of calibration days, exactly."""
    return tuple(
        "✓ keeps it, by saying nothing"
        if endless
        else "✓ keeps its promise"
        if drift == 0
        else "▼ breaks its promise"
        if mean < p - _NEAR
        else "▲ holds more than promised"
        if mean > promised + _NEAR
        else "✓ close to its promise"
        for endless, drift, mean, promised, p in zip(
            found.endless, found.drift, found.expected, found.promised, found.level, strict=True
        )
    )


def kept_words(found: Along, worlds: Worlds) -> Texts:
    """Return what was counted in repeated worlds, and what the law says."""
    texts = []
    for v in range(len(found.level)):
        if found.endless[v]:
            texts.append("An endless band holds everything, in every world.")
            continue
        low, high = (share(float(end)) for end in (worlds.low[v], worlds.high[v]))
        error = 100 * float(worlds.error[v])
        places = max(1, -int(np.floor(np.log10(max(error, 1e-4)))))
        mean, exactly = (share(float(value), places) for value in (worlds.mean[v], found.expected[v]))
        seen = (
            f"{worlds.worlds:,} worlds, new calibration days in each: {mean} ± {error:.{places}f} on average, "
            f"exactly {exactly}; nine in ten hold {low.split(chr(160))[0]} to {high}."
        )
        broken = found.drift[v] > 0 and found.expected[v] < found.level[v] - _NEAR
        texts.append(f"{seen} {_WHY if broken else 'Line: the exact law.'}".replace(" %", "\u00a0%"))
    return tuple(texts)


def table(band: Held, own: Held | None) -> dict[str, tuple[Texts, ...]]:
    """Return who is inside, row by row: the conformal band, and the forecast's own where it has one."""
    rows: dict[str, tuple[Texts, ...]] = {}
    for row, title in (("share", "all new days"), ("calm", "calm, below 8 m/s"), ("storm", "storm, above 17 m/s")):
        values = [held.share if row == "share" else held.groups[row] for held in (band, own) if held is not None]
        rows[row] = ((title,), *(shares(value) for value in values))
    halves = [held.half for held in (band, own) if held is not None]
    rows["half"] = (("half-width, average day",), *(tuple(minutes(float(h)) for h in half) for half in halves))
    return rows
