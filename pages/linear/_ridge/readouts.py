"""What the MAP-is-ridge page says in words, at every position of a handle."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf, isnan

from bayes_core.checks import FloatArray
from bayes_core.data.split import Split
from bayes_core.figures.panels import Row, Texts
from bayes_core.ridge.along import Along
from bayes_core.ridge.answers import Answers
from bayes_core.ridge.bias import BiasVariance
from bayes_core.ridge.bowl import Bowl
from bayes_core.ridge.digits import interval_text, weight_text
from bayes_core.ridge.errors import Choice, Errors, Evidence
from bayes_core.ridge.problem import Family
from bayes_core.summaries.summary import number, percent

_EDGES = {-1: "≤ ", 0: "", 1: "≥ "}  # a best λ at an end of the axis may lie beyond it
PEERS = {"normal": "Ridge", "laplace": "Lasso"}  # what scikit-learn calls the mode


def three(value: float) -> str:
    """Return a number in three digits; nothing where there is none.

    >>> three(0.012149), three(191.4), three(23456.0), three(2.5e-7), three(float("nan"))
    ('0.0121', '191', '23,500', '2.5e−7', '')
    """
    if isnan(value):
        return ""
    digits, e, exponent = f"{float(f'{value:.3g}'):,g}".partition("e")
    return (digits + (f"e{int(exponent)}" if e else "")).replace("-", "−")


def penalty_words(track: Along, family: Family) -> Texts:
    """Return the penalty at every position."""
    return tuple(map(three, track.penalty(family)))


def effective_words(found: Answers, family: Family) -> Texts:
    """Return how many of the weights count: an effective number under a Gaussian prior, the intercept among them.

    Under a Laplace prior how many are not zero, apart from the intercept.
    """
    if family == "laplace":
        return tuple(f"{nonzero} of {count - 1}" for nonzero, count in zip(found.nonzero, found.count, strict=True))
    pairs = zip(found.effective, found.count, strict=True)
    return tuple(f"{number(float(effective), 1)} of {count}" for effective, count in pairs)


def sparse_words(found: Answers) -> dict[str, Texts]:
    """Return how many weights, apart from the intercept, are exactly zero in the mode, and in the mean if known."""
    zeros = tuple(f"{zeros} of {count - 1}" for zeros, count in zip(found.zeros, found.count, strict=True))
    return {"zeros": zeros, "mean.zeros": tuple("" if isnan(n) else f"{n:.0f}" for n in found.mean_zeros)}


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


def counted(split: Split, point: tuple[str, str]) -> dict[str, Texts]:
    """Return how many rows are fitted and how many held out, and what several are called."""
    return {"fitted": (f"{len(split.train.y):,}",), "held": (f"{len(split.held_out.y):,}",), "many": (point[1],)}


def band_words(found: Answers) -> dict[str, Texts]:
    """Return how wide the credible band is on average, in three digits."""
    return {"band": tuple(three(float(width)) for width in found.band_width)}


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


def weight_rows(found: Answers, names: tuple[str, ...]) -> dict[str, tuple[Texts, Texts, Texts, Texts]]:
    """Return the table of weights, row by row: name, mode, scikit-learn's, the posterior's interval."""
    counts, largest = found.count.tolist(), found.largest.tolist()
    coef, scikit, lower, upper = (part.T.tolist() for part in (found.coef, found.scikit, found.lower, found.upper))
    return {
        str(j): (
            tuple(name if j < count else "" for count in counts),
            tuple(map(weight_text, coef[j], largest)),
            tuple(map(weight_text, scikit[j], largest)),
            tuple(map(interval_text, lower[j], upper[j])),
        )
        for j, name in enumerate(names)
    }


def chosen_words(
    errors: Errors, evidence: Evidence, choices: Mapping[str, Choice], edge: tuple[int, FloatArray],
    point: tuple[str, str],
) -> dict[str, Texts]:  # fmt: skip
    """Return three lambdas, and their errors on the rows held out: the reader's, cross-validation's, the evidence's.

    `edge` says how many rows are beyond all others when they are left out, and their share of the squared error at the
    evidence's lambda; `point` is what a row is called, and several.
    """
    told: dict[str, Texts] = {}
    signs = {"cv": errors.edge, "best": evidence.edge}
    for name, choice in choices.items():
        lambdas = tuple(map(three, choice.penalty))
        if name in signs:
            lambdas = tuple(map("{}{}".format, map(_EDGES.__getitem__, signs[name].tolist()), lambdas))
        parts = {"error": choice.held_out, "between": choice.between, "beyond": choice.beyond}
        told |= {f"{name}.lambda": lambdas} | {f"{name}.{part}": tuple(map(three, v)) for part, v in parts.items()}
    rows, share = edge
    told["outermost"] = (f"{rows} {point[rows > 1]}" if rows else "",)
    told["one"], told["many"] = ((name,) for name in point)
    told["outermost.share"] = tuple("" if isnan(one) else percent(float(one)) for one in share)
    return told


def error_rows(told: Mapping[str, Texts]) -> tuple[Row, ...]:
    """Return the three lambdas with their errors, row by row."""
    names = {"now": "your λ", "cv": "cross-validated λ", "best": "evidence’s λ"}
    return tuple(
        Row(f"{id}.words", name, tuple(map("{}: {}".format, told[f"{id}.lambda"], told[f"{id}.error"])))
        for id, name in names.items()
    )


def bias_words(found: BiasVariance, noise: float) -> dict[str, Texts]:
    """Return squared bias, variance and their sum where the reader is, where the sum is least, and how far it pays."""
    bias, variance = found.here.T
    told = {"bias": bias, "variance": variance, "total": bias + variance}
    told |= {"least": found.least, "unpenalised": found.unpenalised}
    signs = map(_EDGES.__getitem__, found.edge.tolist())
    return {name: tuple(map(three, values)) for name, values in told.items()} | {
        "least.lambda": tuple(map("{}{}".format, signs, map(three, 10**found.best))),
        "pays": tuple(map(_pays, found.even, found.best)),
        "axis": (three(10 ** found.log_penalty[0]),),
        "axis.total": tuple(map(three, found.total[:, 0])),
        "axis.pays": tuple(map(_pays, found.even_axis, found.best)),
        "data noise": (f"{noise:g}",),
    }


def _pays(even: float, best: float) -> str:
    """Return up to which lambda, from the best on, a prior's curve is closer to the truth, on average, than another."""
    if even == -inf:
        return "at no λ"
    if even == inf:
        return "at every λ from the best on"
    return f"up to λ = {three(10**even)}, {three(10 ** (even - best))} times the best"


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
