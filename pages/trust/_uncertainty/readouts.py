"""What the page of the split says in words: both parts, which one a test moved, and whether the split is clean."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.split_words import error_words, move_words, part_words, which_words
from bayes_core.evaluation.splits import Change, Spots, change, distance, noise_factor
from bayes_core.figures.panels import Texts
from bayes_core.figures.split_panels import Verdict
from bayes_core.summaries.summary import medians, number

from .terms import VERDICTS, Terms


def said(
    terms: Terms,
    spots: Spots,
    before: Spots,
    codes: Texts,
    truths: tuple[FloatArray, FloatArray],
    place: Texts,
    level: str,
    *,
    tested: bool,
) -> dict[str, Texts]:
    """Return the words that sentences ask for, at every position: of the spots in the picture, and of those before."""
    parts, moves = spots.parts, _changes(before, spots)
    _, interval = medians(*spots.noise.T)
    truth, noise = truths
    slots = {
        "factor": tuple(f"{f:.1f}" if np.isfinite(f) else "–" for f in noise_factor(spots.noise)),
        "interval": interval,
        "true": tuple(number(n, terms.places) for n in noise.tolist()),
        "miss": tuple(number(m, terms.places) if np.isfinite(m) else "–" for m in distance(spots, truth).tolist()),
        "level": (level,) * len(codes),
        "total": part_words(parts.total, parts.total_mcse),
    }
    share = tuple(f"{100 * s:.0f} %" if np.isfinite(s) else "–" for s in parts.epistemic_share.tolist())
    return {
        "place": place,
        "epistemic": part_words(parts.epistemic, parts.epistemic_mcse, parts.total),
        "aleatoric": part_words(parts.aleatoric, parts.aleatoric_mcse, parts.total),
        "total": part_words(parts.total, parts.total_mcse),
        "share": share,
        "which": which_words(*moves) if tested else ("no test is in the picture",) * len(codes),
        "interval": interval,
        "clean": _filled(terms.short, codes, slots),
        "clean.verdict": tuple(VERDICTS[code] for code in codes),
        "clean.words": _filled(terms.sentences, codes, slots),
    }


def _filled(templates: Mapping[str, str], codes: Texts, slots: Mapping[str, Texts]) -> Texts:
    return tuple(
        templates[code].format(**{name: texts[v] for name, texts in slots.items()}) for v, code in enumerate(codes)
    )


def _changes(before: Spots, after: Spots) -> tuple[Change, Change]:
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
            part_words(parts.epistemic, parts.epistemic_mcse, parts.total),
            part_words(parts.aleatoric, parts.aleatoric_mcse, parts.total),
        ),
        errors=(error_words(parts.epistemic_mcse, parts.total), error_words(parts.aleatoric_mcse, parts.total)),
        moves=moves,  # type: ignore[arg-type]
        bar=known,
    )
