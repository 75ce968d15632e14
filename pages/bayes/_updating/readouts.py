"""What the updating page says in words: estimates before and after, what comes next, and the data themselves."""

from __future__ import annotations

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.figures.panels import Texts
from bayes_core.foundations.conjugate.belief import Belief
from bayes_core.foundations.conjugate.beta import Beta
from bayes_core.summaries.summary import estimates, percent
from bayes_core.summaries.wording import span_words

_SHOWN = 24  # observations of the strip


def told(some: Belief) -> tuple[Texts, Texts]:
    """Return mean and sd in words."""
    return estimates(some.mean, some.sd, np.zeros(len(some.mean)))


def ends_words(ends: tuple[FloatArray, FloatArray], sd: FloatArray) -> Texts:
    """Return intervals in words, with the digits that the sd makes worth reading."""
    return tuple(span_words(*at) for at in zip(*ends, sd, strict=True))


def worths(some: Belief, *, whole: bool = False) -> Texts:
    """Return what beliefs are worth in words; large ones as `whole` numbers."""
    return tuple(f"{w:,.0f}" if whole and w >= 1000 else f"{w:.4g}" if whole else f"{w:,.4g}" for w in some.worth)


def ahead(some: Belief) -> Texts:
    """Return what is expected of the next observation."""
    if isinstance(some, Beta):
        return tuple(percent(m) for m in some.mean)
    return tuple(f"{m:.1f} ± {d:.1f}" for m, d in zip(some.mean, some.predictive_sd, strict=True))


def next_name(family: str, one: str) -> str:
    """Return what the next observation is called.

    >>> next_name("beta", "voter"), next_name("gamma", "hour")
    ('P(next says yes)', 'next hour')
    """
    if family != "beta":
        return f"next {one}"
    return "P(next says yes)" if one == "voter" else "P(next is heads)"


def written(family: str, values: FloatArray) -> list[str]:
    """Return observations as one would type them."""
    if family == "beta":
        return ["H" if v else "T" for v in values]
    return [f"{v:.10g}" for v in values]


def strip(family: str, values: FloatArray, places: FloatArray) -> Texts:
    """Return the observations seen at each place, the last two dozen of them."""
    signs, between = written(family, values), "" if family == "beta" else " "
    texts = []
    for place in places.astype(int):
        shown = between.join(signs[max(0, place - _SHOWN) : place])
        texts.append(f"… {shown}" if place > _SHOWN else shown or "nothing yet")
    return tuple(texts)
