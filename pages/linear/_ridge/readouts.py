"""What the MAP-is-ridge page says in words, at every position of a handle."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan

from bayes_core.checks import FloatArray
from bayes_core.figures.panels import Row, Texts
from bayes_core.ridge.along import Along
from bayes_core.ridge.answers import Answers
from bayes_core.ridge.bowl import Bowl
from bayes_core.ridge.digits import interval_text, weight_text
from bayes_core.ridge.errors import BiasVariance, Errors, Evidence
from bayes_core.ridge.problem import Family
from bayes_core.summaries.summary import number

PEERS = {"normal": "Ridge", "laplace": "Lasso"}  # what scikit-learn calls the mode


def penalty_words(track: Along, family: Family) -> Texts:
    """Return the penalty at every position."""
    return tuple(f"{penalty:.3g}" for penalty in track.penalty(family))


def effective_words(found: Answers, family: Family) -> Texts:
    """Return how many of the weights count: an effective number under a Gaussian prior, a plain one under Laplace."""
    places = 1 if family == "normal" else 0
    return tuple(
        f"{number(float(effective), places)} of {count}"
        for effective, count in zip(found.effective, found.count, strict=True)
    )


def zero_words(found: Answers) -> Texts:
    """Return how many weights the mode sets to zero."""
    return tuple(
        f"{zeros} of {count} weights are exactly zero in the mode"
        for zeros, count in zip(found.zeros, found.count, strict=True)
    )


def mean_words(found: Answers) -> Texts:
    """Return that the posterior's mean has no zeros, where it is known."""
    return tuple("none is in the posterior’s mean" if known else "–" for known in found.has_mean)


def evidence_words(found: Answers) -> Texts:
    """Return the log evidence, a dash where there is no closed form."""
    return tuple("–" if isnan(evidence) else number(float(evidence), 1) for evidence in found.log_evidence)


def said(track: Along, found: Answers, family: Family) -> dict[str, Texts]:
    """Return the words that the sentences of every view may ask for."""
    return {
        "lambda": penalty_words(track, family),
        "effective": effective_words(found, family),
        "evidence": evidence_words(found),
        "gap": gap_words(found, family),
    }


def band_words(found: Answers) -> dict[str, Texts]:
    """Return how wide the credible band is on average, in three digits."""
    return {"band": tuple(_three(float(width)) for width in found.band_width)}


def weight_words(found: Answers, names: tuple[str, ...]) -> dict[str, Texts]:
    """Return the largest weight with its name, and how many intervals leave out zero; the intercept is none of them."""
    sizes = zip(found.top, found.coef, found.largest, strict=True)
    top = tuple(f"{names[j]} {weight_text(float(coef[j]), float(largest))}" for j, coef, largest in sizes)
    pairs = zip(found.clear, found.count - 1, strict=True)
    return {"top": top, "clear": tuple("" if isnan(clear) else f"{clear:.0f} of {count}" for clear, count in pairs)}


def pair_words(bowl: Bowl) -> dict[str, Texts]:
    """Return the two weights at the MAP, and where the likelihood alone would have them."""
    largest = tuple(float(max(map(abs, pair))) for pair in bowl.centre)
    pairs = {"pair": bowl.mode, "centre": bowl.centre}
    return {
        name: tuple(
            f"({weight_text(float(a), top)}, {weight_text(float(b), top)})"
            for (a, b), top in zip(values, largest, strict=True)
        )
        for name, values in pairs.items()
    }


def _three(value: float) -> str:
    return "" if isnan(value) else f"{value:.3g}"


def weight_rows(found: Answers, names: tuple[str, ...]) -> dict[str, tuple[Texts, Texts, Texts, Texts]]:
    """Return the table of weights, row by row: name, mode, scikit-learn's, the posterior's interval."""
    return {
        str(j): (
            tuple(name if j < count else "" for count in found.count),
            tuple(map(weight_text, found.coef[:, j], found.largest)),
            tuple(map(weight_text, found.scikit[:, j], found.largest)),
            tuple(map(interval_text, found.lower[:, j], found.upper[:, j])),
        )
        for j, name in enumerate(names)
    }


def chosen_words(errors: Errors, now: FloatArray, evidence: Evidence) -> dict[str, Texts]:
    """Return three lambdas, and their error on the rows held out; log10 `now` (V,) is where the reader is."""
    told: dict[str, Texts] = {}
    for name, at in {"now": now, "cv": errors.best, "best": evidence.best}.items():
        choice = errors.judged(at)
        told[f"{name}.lambda"] = tuple(f"{penalty:.2g}" for penalty in choice.penalty)
        told[f"{name}.error"] = tuple(f"{error:.3g}" for error in choice.held_out)
    return told


def error_rows(told: Mapping[str, Texts]) -> tuple[Row, ...]:
    """Return the three lambdas with their errors, row by row."""
    names = {"now": "your λ", "cv": "cross-validated λ", "best": "evidence’s λ"}
    return tuple(
        Row(f"{id}.words", name, tuple(map("{}: {}".format, told[f"{id}.lambda"], told[f"{id}.error"])))
        for id, name in names.items()
    )


def bias_words(found: BiasVariance, now: FloatArray) -> dict[str, Texts]:
    """Return squared bias, variance and their sum where the reader is, log10 `now` (V,), and where the sum is least."""
    parts = {"bias": found.bias, "variance": found.variance, "total": found.total}
    told = {name: tuple(map(_three, found.at(now, values))) for name, values in parts.items()}
    least = found.at(found.best, found.total)
    return told | {
        "least.lambda": tuple(f"{10**best:.2g}" for best in found.best),
        "least": tuple(map(_three, least)),
    }


def gap_words(found: Answers, family: Family) -> Texts:
    """Return at every position how far scikit-learn's weights are from ours."""
    return tuple(gap_text(PEERS[family], float(gap)) for gap in found.gap)


def gap_text(peer: str, gap: float) -> str:
    """Return how far scikit-learn's weights are from ours, and whose fault it is.

    >>> gap_text("Ridge", 2e-13)
    'Largest difference from scikit-learn’s Ridge: 2e-13 of the largest weight.'
    """
    if isnan(gap):
        return "Let go to compare with scikit-learn here."
    if gap == 0:
        return f"Not one bit of difference from scikit-learn’s {peer}."
    end = " It stopped before its minimum; ours is exact." if peer == "Lasso" and gap > 1e-5 else ""
    return f"Largest difference from scikit-learn’s {peer}: {gap:.0e} of the largest weight.{end}"
