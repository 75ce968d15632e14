"""What the page on complexity says in words: who chooses what, by how much, and what each way of scoring finds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.evaluation.complexity import TRUSTED, Judged, Reweighted
from bayes_core.figures.panels import Texts
from bayes_core.summaries.summary import number, percent

Places = NDArray[np.intp]
"""Which rung of the ladder, at every position (V,)."""


def nats(values: FloatArray) -> Texts:
    """Return log scores (V,) with one decimal.

    >>> nats(np.array([-57.31, 0.02]))
    ('−57.3', '0.0')
    """
    return tuple(number(float(value), 1) for value in values)


def with_error(values: FloatArray, errors: FloatArray) -> Texts:
    """Return log scores with their standard errors.

    >>> with_error(np.array([30.68]), np.array([6.02]))
    ('30.7 ± 6.0',)
    """
    return tuple(f"{score} ± {error}" for score, error in zip(nats(values), nats(errors), strict=True))


def kinds(best: Places, degrees: tuple[int, ...]) -> Texts:
    """Return what kind of curve is chosen: flat, line, curve, or high from degree 8 on."""
    chosen = [degrees[int(at)] for at in best]
    return tuple(("flat", "line")[d] if d < 2 else "curve" if d < 8 else "high" for d in chosen)


def second(scores: FloatArray) -> tuple[Places, Places]:
    """Return where scores (D, V) are highest, and where second, (V,) each.

    >>> [at.tolist() for at in second(np.array([[1.0], [3.0], [2.0]]))]
    [[1], [2]]
    """
    order = np.argsort(-scores, axis=0, kind="stable")
    return order[0], order[1]


def told(judged: Judged, top: int) -> dict[str, Texts]:
    """Return the words of all scores, and of degree `top` against degree 0."""
    degrees = judged.ladder.degrees
    place = degrees.index(top)
    factor, (gap, error) = judged.bayes_factor(place), judged.ahead(place)
    by_evidence, by_loo = judged.evidence.argmax(0), judged.left_out.argmax(0)
    share = np.take_along_axis(judged.probability, by_evidence[None], 0)[0]
    best_stack = judged.stacked.argmax(0)
    stack = np.take_along_axis(judged.stacked, best_stack[None], 0)[0]
    words: dict[str, Texts] = {
        "top": (str(top),),
        "factor": nats(factor),
        "gap": with_error(gap, error),
        "evidence.best": _named(by_evidence, degrees),
        "left_out.best": _named(by_loo, degrees),
        "fit.best": _named(judged.fit.argmax(0), degrees),
        "evidence.kind": kinds(by_evidence, degrees),
        "share": tuple(percent(float(s)) for s in share),
        "verdict": _verdicts(by_evidence, by_loo, degrees),
        "stack": tuple(
            f"degree {degrees[int(d)]}, {percent(float(s))}" for d, s in zip(best_stack, stack, strict=True)
        ),
    }
    if judged.held_out is not None:
        words["held_out.best"] = _named(judged.held_out.argmax(0), degrees)
    return words


def _named(at: Places, degrees: tuple[int, ...]) -> Texts:
    return tuple(f"degree {degrees[int(one)]}" for one in at)


def _verdicts(evidence: Places, left_out: Places, degrees: tuple[int, ...]) -> Texts:
    both = zip(evidence.tolist(), left_out.tolist(), strict=True)
    return tuple(
        f"both judges choose degree {degrees[a]}"
        if a == b
        else f"the evidence chooses degree {degrees[a]}, leave-one-out degree {degrees[b]}"
        for a, b in both
    )


def ahead(scores: FloatArray, degrees: tuple[int, ...], errors: FloatArray | None = None) -> Texts:
    """Return by how much the best of scores (D, V) is ahead of the second; `errors` (V,) are the lead's."""
    best, next_best = second(scores)
    lead = np.take_along_axis(scores, best[None], 0)[0] - np.take_along_axis(scores, next_best[None], 0)[0]
    texts = nats(lead) if errors is None else with_error(lead, errors)
    return tuple(f"{text} over degree {degrees[int(at)]}" for text, at in zip(texts, next_best, strict=True))


def lead_error(judged: Judged) -> FloatArray:
    """Return the standard error (V,) of how far the best by leave-one-out is ahead of the second."""
    best, next_best = second(judged.left_out)
    every = np.arange(len(best))
    rows = judged.rows[best, every] - judged.rows[next_best, every]
    error: FloatArray = np.sqrt(rows.shape[1] * rows.var(1, ddof=1))
    return error


def reweighted(found: Reweighted, judged: Judged, place: int, draws: int, points: str) -> dict[str, Texts]:
    """Return the words of PSIS-LOO at one place of the ladder: its score, and for how many rows it fails."""
    score = found.left_out[place].sum(1)
    rows = found.pareto_k[place]
    bad, worst = (rows > TRUSTED).sum(1), rows.max(1)
    off = score - judged.left_out[place]
    size, sentences = rows.shape[1], []
    for n, k in zip(bad.tolist(), worst.tolist(), strict=True):
        told = f"(largest {number(k, 1)}, from {draws:,} draws)"
        sentences.append(
            f"▲ {n} of {size} {points} {'has' if n == 1 else 'have'} Pareto k above {TRUSTED:g} {told}: reweighting "
            "would guess there. The picture leaves each out exactly."
            if n
            else f"Every Pareto k is at most {TRUSTED:g} {told}: reweighted draws would do."
        )
    return {"psis": nats(score), "psis.off": nats(off), "psis.words": tuple(sentences)}
