"""The texts of every readout of the MAP-is-ridge page, at every position of a handle."""

from __future__ import annotations

from math import isnan

from bayes_core.checks import FloatArray
from bayes_core.ridge.along import Along
from bayes_core.ridge.answers import Answers
from bayes_core.ridge.digits import interval_text, weight_text
from bayes_core.ridge.errors import Errors, Evidence
from bayes_core.summaries.summary import number

from .settings import RidgeSettings

Texts = dict[str, tuple[str, ...]]


def texts(settings: RidgeSettings, handle: str, track: Along, found: Answers) -> Texts:
    """Return the texts that every view shares."""
    ridge = settings.family == "normal"
    count, penalty = found.count, track.penalty(settings.family)
    told: Texts = {
        "value": tuple(f"{v:.3g}" for v in settings.positions(handle)),
        "badge": ("exact",),
        "lambda": tuple(f"{v:.3g}" for v in penalty),
        "effective": tuple(
            f"{number(float(e), 1 if ridge else 0)} of {c}" for e, c in zip(found.effective, count, strict=True)
        ),
        "gap": tuple(_gap("Ridge" if ridge else "Lasso", float(gap)) for gap in found.gap),
    }
    told |= _grid(settings, found)
    told["zeros"] = tuple(
        f"{z} of {c} weights are exactly zero in the mode" for z, c in zip(found.zeros, count, strict=True)
    )
    told["means"] = tuple("none is in the posterior’s mean" if known else "–" for known in found.has_mean)
    told["evidence"] = tuple("–" if isnan(e) else number(float(e), 1) for e in found.log_evidence)
    told["alt"] = tuple(
        f"With prior width {w:.3g} and noise {n:.3g} lambda is {t}: {e} weights count. {g}"
        for w, n, t, e, g in zip(track.width, track.noise, told["lambda"], told["effective"], told["gap"], strict=True)
    )
    return told


def error_texts(errors: Errors, now: FloatArray, evidence: Evidence) -> Texts:
    """Return the three lambdas in words, and what the rows held out say of each; `now` (V,) is where the reader is."""
    chosen = {"now.words": now, "cv.words": errors.best, "best.words": evidence.best}
    judged = {name: errors.judged(at) for name, at in chosen.items()}
    return {
        name: tuple(f"{lam:.2g}: {error:.2f}" for lam, error in zip(choice.penalty, choice.held_out, strict=True))
        for name, choice in judged.items()
    }


def _grid(settings: RidgeSettings, found: Answers) -> Texts:
    """Return the table of weights, row by row: name, mode, scikit-learn's, the posterior's interval."""
    names, largest = settings.problem().names(15), found.largest
    told: Texts = {}
    for j in range(found.coef.shape[1]):
        told[f"grid.{j}.0"] = tuple(names[j] if j < c else "" for c in found.count)
        told[f"grid.{j}.1"] = tuple(map(weight_text, found.coef[:, j], largest))
        told[f"grid.{j}.2"] = tuple(map(weight_text, found.scikit[:, j], largest))
        told[f"grid.{j}.3"] = tuple(map(interval_text, found.lower[:, j], found.upper[:, j]))
    return told


def _gap(peer: str, gap: float) -> str:
    """Return how far scikit-learn's weights are from ours, and whose fault it is.

    >>> _gap("Ridge", 2e-13)
    'Largest difference from scikit-learn’s Ridge: 2e-13 of the largest weight.'
    """
    if isnan(gap):
        return "Let go to compare with scikit-learn here."
    if gap == 0:
        return f"Not one bit of difference from scikit-learn’s {peer}."
    end = " It stopped before its minimum; ours is exact." if peer == "Lasso" and gap > 1e-5 else ""
    return f"Largest difference from scikit-learn’s {peer}: {gap:.0e} of the largest weight.{end}"
