"""What the MAP-is-ridge page says in words, at every position of a handle."""

from __future__ import annotations

from math import isnan

from bayes_core.checks import FloatArray
from bayes_core.figures.panels import Row, Texts
from bayes_core.ridge.along import Along
from bayes_core.ridge.answers import Answers
from bayes_core.ridge.digits import interval_text, weight_text
from bayes_core.ridge.errors import Errors, Evidence
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


def alternative(track: Along, found: Answers, family: Family) -> Texts:
    """Return the finding in words for those who do not see the picture."""
    told = penalty_words(track, family), effective_words(found, family), gap_words(found, family)
    return tuple(
        f"With prior width {width:.3g} and noise {noise:.3g} lambda is {penalty}: {effective} weights count. {gap}"
        for width, noise, penalty, effective, gap in zip(track.width, track.noise, *told, strict=True)
    )


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


def error_rows(errors: Errors, now: FloatArray, evidence: Evidence) -> tuple[Row, ...]:
    """Return three lambdas, and what the rows held out say of each; log10 `now` (V,) is where the reader is."""
    chosen = {
        ("now.words", "your λ"): now,
        ("cv.words", "cross-validated λ"): errors.best,
        ("best.words", "evidence’s λ"): evidence.best,
    }
    return tuple(_judged(errors, at, *row) for row, at in chosen.items())


def _judged(errors: Errors, at: FloatArray, id: str, name: str) -> Row:
    choice = errors.judged(at)
    texts = (f"{lam:.2g}: {error:.2f}" for lam, error in zip(choice.penalty, choice.held_out, strict=True))
    return Row(id, name, tuple(texts))


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
