"""What the page on complexity says in words: who chooses what, by how much, and what each way of scoring finds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.evaluation.complexity import TRUSTED, Family, Judged, Ladder, Reweighted
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


def off(values: FloatArray) -> Texts:
    """Return by how much scores are off, with a sign, "equal" where no decimal shows it.

    >>> off(np.array([0.52, -0.04, -1.2]))
    ('+0.5', 'equal', '−1.2')
    """
    both = zip(nats(values), values.tolist(), strict=True)
    return tuple("equal" if text.strip("−") == "0.0" else text if v < 0 else f"+{text}" for text, v in both)


def with_error(values: FloatArray, errors: FloatArray) -> Texts:
    """Return log scores with their standard errors.

    >>> with_error(np.array([30.68]), np.array([6.02]))
    ('30.7 ± 6.0',)
    """
    return tuple(f"{score} ± {error}" for score, error in zip(nats(values), nats(errors), strict=True))


def named(size: int, family: Family) -> str:
    """Return what a model is called.

    >>> named(5, "polynomial"), named(1, "bumps"), named(0, "bumps")
    ('degree 5', '1 bump', 'no bump')
    """
    if family == "polynomial":
        return f"degree {size}"
    return f"{size or 'no'} bump{'s' if size > 1 else ''}"


def kinds(best: Places, sizes: tuple[int, ...]) -> Texts:
    """Return how much freedom is chosen: none, some (1 to 3), many (4 to 7) or most.

    >>> kinds(np.array([0, 3, 7, 12]), tuple(range(13)))
    ('none', 'some', 'many', 'most')
    """
    return tuple(
        "none" if s == 0 else "some" if s < 4 else "many" if s < 8 else "most" for s in (sizes[i] for i in best)
    )


def second(scores: FloatArray) -> tuple[Places, Places]:
    """Return where scores (D, V) are highest, and where second, (V,) each.

    >>> [at.tolist() for at in second(np.array([[1.0], [3.0], [2.0]]))]
    [[1], [2]]
    """
    order = np.argsort(-scores, axis=0, kind="stable")
    return order[0], order[1]


def told(judged: Judged, top: int) -> dict[str, Texts]:
    """Return the words of all scores, and of the model of size `top` against the constant."""
    ladder = judged.ladder
    place = ladder.sizes.index(top)
    factor, (gap, error) = judged.bayes_factor(place), judged.ahead(place)
    by_evidence, by_loo = judged.evidence.argmax(0), judged.left_out.argmax(0)
    share = np.take_along_axis(judged.probability, by_evidence[None], 0)[0]
    words: dict[str, Texts] = {
        "top": (named(top, ladder.family),),
        "base": (named(0, ladder.family),),
        "factor": nats(factor),
        "gap": with_error(gap, error),
        "evidence.best": _named(by_evidence, ladder),
        "left_out.best": _named(by_loo, ladder),
        "fit.best": _named(judged.fit.argmax(0), ladder),
        "evidence.kind": kinds(by_evidence, ladder.sizes),
        "share": tuple(percent(float(s)) for s in share),
        "verdict": _verdicts(by_evidence, by_loo, ladder),
    }
    if judged.held_out is not None:
        words["held_out.best"] = _named(judged.held_out.argmax(0), ladder)
    return words


def _named(at: Places, ladder: Ladder) -> Texts:
    return tuple(named(ladder.sizes[int(one)], ladder.family) for one in at)


def _verdicts(evidence: Places, left_out: Places, ladder: Ladder) -> Texts:
    both = zip(_named(evidence, ladder), _named(left_out, ladder), strict=True)
    return tuple(
        f"both judges choose {a}" if a == b else f"the evidence chooses {a}, leave-one-out {b}" for a, b in both
    )


def ahead(scores: FloatArray, ladder: Ladder, errors: FloatArray | None = None) -> Texts:
    """Return by how much the best of scores (D, V) is ahead of the second; `errors` (V,) are the lead's."""
    best, next_best = second(scores)
    lead = np.take_along_axis(scores, best[None], 0)[0] - np.take_along_axis(scores, next_best[None], 0)[0]
    texts = nats(lead) if errors is None else with_error(lead, errors)
    return tuple(f"{text} over {other}" for text, other in zip(texts, _named(next_best, ladder), strict=True))


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
    gap = score - judged.left_out[place]
    size, sentences = rows.shape[1], []
    for n, k in zip(bad.tolist(), worst.tolist(), strict=True):
        told = f"(largest {number(k, 1)}, from {draws:,} draws)"
        sentences.append(
            f"▲ {n} of {size} {points} {'has' if n == 1 else 'have'} Pareto k above {TRUSTED:g} {told}: reweighting "
            "would guess there. The picture leaves each out exactly."
            if n
            else f"Every Pareto k is at most {TRUSTED:g} {told}: reweighted draws would do."
        )
    return {"psis": nats(score), "psis.off": off(gap), "psis.words": tuple(sentences)}
