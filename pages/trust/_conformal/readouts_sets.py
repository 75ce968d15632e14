"""What the conformal page says of sets in words: what they hold, class by class, and whether the promise is kept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.conformal.along import Worlds
from bayes_core.evaluation.conformal.sets_along import SetsAlong
from bayes_core.evaluation.conformal.threshold import needed
from bayes_core.intervals import level_words

from .readouts import ordinal, share, shares

Texts = tuple[str, ...]
_NEAR = 0.005  # from the promise: no break of it
_SEEN = 0.005  # a set that is rarer is not named


def set_names(classes: Sequence[str]) -> Texts:
    """Return the names of all sets of classes, in the order of their codes.

    >>> set_names(("sea", "sand"))
    ('no name', 'sea', 'sand', 'both')
    >>> set_names(("a", "b", "c"))[-3:]
    ('a or c', 'b or c', 'any of them')
    """
    made = []
    for code in range(2 ** len(classes)):
        inside = [name for k, name in enumerate(classes) if code >> k & 1]
        if not inside:
            made.append("no name")
        elif len(inside) == len(classes):
            made.append("both" if len(classes) == 2 else "any of them")
        else:
            made.append(" or ".join(inside))
    return tuple(made)


def told(found: SetsAlong, classes: Sequence[str], score: str, *, repeats: bool) -> dict[str, Texts]:
    """Return the words that sentences ask for, at every position."""
    worst = [int(np.nanargmin(row)) for row in found.expected_by]
    return {
        "promise": tuple(level_words(p) for p in found.level),
        "count": tuple(f"{n}" for n in found.points),
        "needed": tuple(f"{needed(p)}" for p in found.level.tolist()),
        "rule": rules(found, score),
        "share": shares(found.share),
        "expected": shares(found.expected, 1),
        "size": tuple(f"{size:.2f}" for size in found.size),
        "empty": shares(found.subsets[:, 0]),
        "least": tuple(share(float(row[k])) for row, k in zip(found.expected_by, worst, strict=True)),
        "least.class": tuple(classes[k] for k in worst),
        "behind": tuple(f"{int(row.min())}" for row in found.limits.counts),
        "inside": tuple(f"{held} of {tried}" for held, tried in _tried(found, repeats=repeats)),
        "threshold": tuple("" if found.by_class else _threshold(float(row[0])) for row in found.limits.threshold),
        "last": (classes[-1],),
        "new": tuple(share(float(row[-1])) for row in found.shares),
    }


def facts(found: SetsAlong) -> dict[str, FloatArray]:
    """Return the numbers by which sentences decide how things went."""
    return {
        "expected": found.expected,
        "share": found.share,
        "size": found.size,
        "new": found.shares[:, -1],
        "apart": found.change,
        "least": np.nanmin(found.expected_by, axis=1),
    }


def rules(found: SetsAlong, score: str) -> Texts:
    """Return when a class is in a set, in plain words."""

    def rule(q: float) -> str:
        if not np.isfinite(q):
            return "always"
        limit = share(max(1 - q, 0.0) if score == "lac" else min(q, 1.0))
        return f"from a probability of {limit} on" if score == "lac" else f"where likelier classes have at most {limit}"

    return tuple(
        "by a threshold of its own" if found.by_class else rule(float(row[0])) for row in found.limits.threshold
    )


def keys(found: SetsAlong, names: Sequence[str]) -> dict[str, Texts]:
    """Return how common each set is, as it stands in the key; sets that hardly occur have no words."""
    return {
        f"sets.key.{code}": tuple(f"{name} {share(float(part))}" if part >= _SEEN else "" for part in column)
        for code, (name, column) in enumerate(zip(names, found.subsets.T, strict=True))
    }


def captions(found: SetsAlong, many: str, *, repeats: bool) -> Texts:
    """Return how many of the new points are inside, as it stands under the picture."""
    kind = "new points" if repeats else f"other {many}"
    return tuple(
        f"all {n} {kind} are in their set" if k == n else f"{k} of {n} {kind} are in their set, {n - k} hollow ones not"
        for k, n in _tried(found, repeats=repeats)
    )


def _tried(found: SetsAlong, *, repeats: bool) -> list[tuple[int, int]]:
    """Return how many of the points that are tried are in their sets, and how many these are."""
    rows = [row if repeats else row[n:] for row, n in zip(found.kept, found.points, strict=True)]
    return [(int(row.sum()), len(row)) for row in rows]


def _threshold(q: float) -> str:
    return f"{q:.2f}" if np.isfinite(q) else "beyond all scores"


# ----------------------------------------------------------------------------------------------------------- panels
HEADS = {
    "lac": "Scores of {n} calibration {kind}: 1 − p(its class)",
    "aps": "Scores of {n} calibration {kind}: p of likelier classes",
}


def heads(found: SetsAlong, score: str, kind: str) -> Texts:
    """Return the heading over the scores."""
    return tuple(HEADS[score].replace("{n}", f"{n}").replace("{kind}", kind) for n in found.points)


def score_labels(found: SetsAlong) -> Texts:
    """Return what stands at the threshold, where there is one for all."""
    if found.by_class:
        return ("",)
    return tuple(
        "no score is far enough" if k > n else f"{ordinal(int(k))} smallest of {n}"
        for k, n in zip(found.limits.ranks[:, 0], found.points, strict=True)
    )


_FROM = {"lac": "In a set from a probability of", "aps": "In a set while likelier classes have at most"}


def score_words(found: SetsAlong, classes: Sequence[str], score: str) -> Texts:
    """Return what the thresholds make of the sets."""
    texts = []
    for v, (n, p) in enumerate(zip(found.points.tolist(), found.level.tolist(), strict=True)):
        few = [k for k in range(len(classes)) if found.limits.endless[v, k]]
        equal = int(found.limits.equal[v])
        if few and not found.by_class:
            texts.append(f"{n} cannot promise {level_words(p)}: it would take {needed(p)}. Every set has every class.")
        elif few:
            counted = ", ".join(f"{classes[k]} {found.limits.counts[v, k]}" for k in few)
            texts.append(
                f"Too few for {level_words(p)}, which takes {needed(p)} of a class: {counted}. Every set has it."
            )
        elif found.by_class:
            told = (f"{name} {_limit(q, score)}" for name, q in zip(classes, found.limits.threshold[v], strict=True))
            texts.append(f"{_FROM[score]}: {', '.join(told)}.")
        elif equal > 0 and found.expected[v] > found.promised[v] + _NEAR:
            texts.append(f"{equal + 1} scores are equal to the threshold: sets hold more than promised.")
        else:
            texts.append(f"A class is in a set {rules(found, score)[v]}.")
    return tuple(text.replace(" %", "\u00a0%") for text in texts)


def _limit(q: float, score: str) -> str:
    return share(max(1 - q, 0.0) if score == "lac" else min(q, 1.0))


def verdicts(found: SetsAlong, *, repeats: bool) -> Texts:
    """Return a sign and words about what sets hold on average over calibration sets."""
    texts = []
    for v, p in enumerate(found.level.tolist()):
        mean, each = float(found.expected[v]), float(np.nanmin(found.expected_by[v]))
        if found.limits.endless[v].all():
            texts.append("✓ keeps it, by naming all")
        elif mean < p - _NEAR:
            texts.append("▼ breaks its promise")
        elif found.by_class:
            texts.append("✓ keeps it for each class" if each > p - 2 * _NEAR else "▼ not for each class")
        elif mean > found.promised[v] + _NEAR:
            texts.append("▲ holds more than promised")
        elif each < p - 0.05:
            texts.append("✓ only on average")
        else:
            texts.append("✓ keeps its promise")
    return tuple(texts)


def kept_words(found: SetsAlong, worlds: Worlds, many: str, *, repeats: bool) -> Texts:
    """Return what was counted in repeated worlds or splits, and what the law says."""
    texts = []
    for v in range(len(found.level)):
        if found.limits.endless[v].all():
            texts.append("A set of all classes holds everything.")
            continue
        low, high = (share(float(end)) for end in (worlds.low[v], worlds.high[v]))
        error = 100 * float(worlds.error[v])
        places = min(max(1, -int(np.floor(np.log10(max(error, 1e-4))))), 2)
        mean, exactly = (share(float(value), places) for value in (worlds.mean[v], found.expected[v]))
        what = "worlds, new calibration points in each" if repeats else f"splits of the same {many}"
        same = ", as many of each class as here" if found.by_class else ""
        seen = f"{worlds.worlds:,} {what}{same}: {mean} ± {error:.{places}f} on average, exactly {exactly};"
        ends = f"nine in ten hold {low.split(chr(160))[0]} to {high}."
        last = "Line: the exact law." if repeats else f"Line: the exact law. There are no new {many} to ask."
        texts.append(f"{seen} {ends} {last}".replace(" %", "\u00a0%"))
    return tuple(texts)


def table(found: SetsAlong, classes: Sequence[str], many: str, *, repeats: bool) -> dict[str, tuple[Texts, ...]]:
    """Return who is held, row by row: by these sets, and on average over calibration sets."""
    rows: dict[str, tuple[Texts, ...]] = {
        "share": (("all new points" if repeats else f"all other {many}",), shares(found.share), shares(found.expected))
    }
    for k, name in enumerate(classes):
        rows[f"class{k}"] = ((name,), _shares(found.held[:, k]), _shares(found.expected_by[:, k]))
    rows["size"] = (("classes in a set",), tuple(f"{size:.2f}" for size in found.size), ("",))
    return rows


def _shares(values: FloatArray) -> Texts:
    return tuple(share(float(value)) if np.isfinite(value) else "–" for value in values)
