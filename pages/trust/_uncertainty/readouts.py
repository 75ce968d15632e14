"""What the page of the split says in words: both parts, which one a test moved, and whether the split is clean."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.split_words import error_words, move_words, part_words, which_words
from bayes_core.evaluation.splits import (
    BOTH,
    CLEAN,
    CURVE,
    GUESS,
    GUESSED,
    NOISE,
    SINGLE,
    Spots,
    change,
    distance,
    judged,
    noise_factor,
)
from bayes_core.figures.panels import Texts
from bayes_core.figures.split_panels import Verdict
from bayes_core.summaries.summary import medians, number

VERDICTS = {
    CLEAN: "✓ fairly",
    GUESSED: "▼ no: a guess",
    NOISE: "▼ no: the noise is mistaken",
    CURVE: "▼ no: the curve is mistaken",
    BOTH: "▼ no: curve and noise are mistaken",
    SINGLE: "– nothing to split",
    "": "–",
}
_SENTENCES = {
    CLEAN: (
        "The {level} interval of the noise, {interval} min, spans a factor {factor} and holds the truth. This doubt "
        "about the noise is epistemic too, and stands in neither number."
    ),
    GUESSED: (
        "The noise may be {interval} min ({level}), a factor {factor}: where the border between the parts lies "
        "is a guess."
    ),
    NOISE: "The noise is taken for {interval} min ({level}). It is {true}: the border between the parts is wrong.",
    CURVE: (
        "The true delay lies outside the {level} band, {miss} min from its middle. This error is in neither part, and "
        "crossings do not cure it."
    ),
    BOTH: (
        "The true delay lies outside the {level} band, {miss} min from its middle, and what the model cannot follow it "
        "takes for noise: {interval} min, where {true} is true."
    ),
    SINGLE: "One curve and one noise show no doubt about either: the epistemic part is 0 whatever the data say.",
    "": "",
}
_SHORT = {
    CLEAN: "the split is fairly clean, the noise known to a factor {factor}",
    GUESSED: "not a clean split, for the noise is known to a factor {factor} only",
    NOISE: "not a clean split, for the noise is taken for {interval} min and is {true}",
    CURVE: "not a clean split, for the true curve is {miss} min away and outside the band",
    BOTH: "not a clean split, for the true curve is {miss} min away, outside the band, and the noise is mistaken too",
    SINGLE: "nothing to split, for one curve shows no doubt",
    "": "–",
}


def said(
    spots: Spots, before: Spots, truth: FloatArray, noise: FloatArray, place: Texts, level: str, *, tested: bool
) -> dict[str, Texts]:
    """Return the words that sentences ask for, at every position: of the spots in the picture, and of those before."""
    parts, codes = spots.parts, judged(spots, truth, noise)
    moves = _changes(before, spots)
    _, interval = medians(*spots.noise.T)
    slots = {
        "factor": tuple(f"{f:.1f}" if np.isfinite(f) else "–" for f in noise_factor(spots.noise)),
        "interval": interval,
        "true": tuple(number(n, 1) for n in noise.tolist()),
        "miss": tuple(number(m, 1) if np.isfinite(m) else "–" for m in distance(spots, truth).tolist()),
        "level": (level,) * len(codes),
    }
    share = tuple(f"{100 * s:.0f} %" if np.isfinite(s) else "–" for s in parts.epistemic_share.tolist())
    return {
        "place": place,
        "epistemic": part_words(parts.epistemic, parts.epistemic_mcse),
        "aleatoric": part_words(parts.aleatoric, parts.aleatoric_mcse),
        "total": part_words(parts.total, parts.total_mcse),
        "share": share,
        "which": which_words(*moves) if tested else ("no test is in the picture",) * len(codes),
        "interval": interval,
        "truth.noise": slots["true"],
        "clean": _filled(_SHORT, codes, slots),
        "clean.verdict": tuple(VERDICTS[code] for code in codes),
        "clean.words": _filled(_SENTENCES, codes, slots),
    }


def _filled(templates: Mapping[str, str], codes: Texts, slots: Mapping[str, Texts]) -> Texts:
    return tuple(
        templates[code].format(**{name: texts[v] for name, texts in slots.items()}) for v, code in enumerate(codes)
    )


def _changes(before: Spots, after: Spots) -> tuple:  # type: ignore[type-arg]
    first, last = before.parts, after.parts
    return (
        change(first.epistemic, last.epistemic, first.epistemic_mcse, last.epistemic_mcse),
        change(first.aleatoric, last.aleatoric, first.aleatoric_mcse, last.aleatoric_mcse),
    )


def verdict(name: str, title: str, spots: Spots | None, before: Spots | None, state: str, *, press: bool) -> Verdict:
    """Return a line of the table; without spots it says its `state` only."""
    if spots is None:
        return Verdict(id=name, name=title, pressable=press, state=(state,))
    parts = spots.parts
    known = np.stack([parts.aleatoric, parts.epistemic], axis=1)
    moves = tuple(map(move_words, _changes(before, spots))) if before is not None else ((), ())
    return Verdict(
        id=name,
        name=title,
        pressable=press,
        state=tuple("" if there else "let go" for there in np.isfinite(parts.total).tolist()),
        parts=(
            part_words(parts.epistemic, parts.epistemic_mcse),
            part_words(parts.aleatoric, parts.aleatoric_mcse),
        ),
        errors=(error_words(parts.epistemic_mcse), error_words(parts.aleatoric_mcse)),
        moves=moves,  # type: ignore[arg-type]
        bar=known,
    )


__all__ = ["GUESS", "said", "verdict"]
