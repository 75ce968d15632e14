"""What the updating page says in words: estimates before and after, what comes next, and the data themselves."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.figures.panels import Texts
from bayes_core.foundations.conjugate.belief import Belief
from bayes_core.foundations.conjugate.beta import Beta
from bayes_core.foundations.conjugate.densities import rises
from bayes_core.foundations.conjugate.gamma import Gamma
from bayes_core.foundations.conjugate.interval import Region
from bayes_core.summaries.summary import decimals, estimates, number, percent
from bayes_core.summaries.wording import span_words

from .scenes import Story

_SHOWN = 24  # observations of the strip


def told(some: Belief) -> tuple[Texts, Texts]:
    """Return mean and sd in words."""
    return estimates(some.mean, some.sd, np.zeros(len(some.mean)))


def ends_words(pieces: Region, sd: FloatArray) -> Texts:
    """Return intervals (V, pieces) in words, with the digits that the sd makes worth reading."""
    return tuple(
        " or ".join(span_words(a, b, float(unit)) for a, b in zip(low, high, strict=True) if np.isfinite(a))
        for low, high, unit in zip(pieces.low, pieces.high, sd, strict=True)
    )


def worths(some: Belief, *, whole: bool = False) -> Texts:
    """Return what beliefs are worth in words; large ones as `whole` numbers."""
    return tuple(f"{w:,.0f}" if whole and w >= 1000 else f"{w:.4g}" if whole else f"{w:,.4g}" for w in some.worth)


def ahead(some: Belief) -> Texts:
    """Return what is expected of the next observation."""
    if isinstance(some, Beta):
        return tuple(percent(m) for m in some.mean)
    return tuple(f"{m:.1f} ± {d:.1f}" for m, d in zip(some.mean, some.predictive_sd, strict=True))


def next_called(story: Story) -> str:
    """Return what the next observation is called.

    >>> from .scenes import SCENES
    >>> next_called(SCENES["voters"].story), next_called(SCENES["buses"].story)
    ('P(next is yes)', 'Next hour')
    """
    return f"P(next is {story.sides[0]})" if story.family == "beta" else f"Next {story.one}"


def worth_words(prior: Belief, story: Story) -> Texts:
    """Return what priors are, and the sum by which they are worth their observations."""
    worth = worths(prior)
    if isinstance(prior, Beta):
        parts = zip(*np.broadcast_arrays(prior.a, prior.b), worth, strict=True)
        return tuple(f"Beta({a:.4g}, {b:.4g}) is worth {a:.4g} + {b:.4g} = {_several(w, story)}" for a, b, w in parts)
    if isinstance(prior, Gamma):
        parts = zip(prior.shape, prior.rate, worth, strict=True)
        return tuple(f"Gamma({k:.4g}, {r:.4g}) is worth its rate, {_several(w, story)}" for k, r, w in parts)
    noise, sds = f"{story.noise:g}", zip(np.broadcast_to(prior.sd, len(worth)), worth, strict=True)
    return tuple(f"A prior sd of {sd:.3g} beside a noise sd of {noise} is worth {_several(w, story)}" for sd, w in sds)


def _several(worth: str, story: Story) -> str:
    return f"{worth} {story.one if worth == '1' else story.many}"


def edges(prior: Belief, after: Belief, low: float, high: float) -> Texts:
    """Return at which ends of an axis densities are infinite."""
    both = {"the prior’s": rises(prior, low, high), "the posterior’s": rises(after, low, high)}
    told = []
    for v in range(max(map(len, both.values()))):
        parts = []
        for name, infinite in both.items():
            pairs = zip((low, high), infinite[min(v, len(infinite) - 1)], strict=True)
            ends = [f"{end:g}" for end, up in pairs if up]
            parts += [f"{name} density is infinite at {' and '.join(ends)}"] if ends else []
        told.append(", ".join(parts) or "no density is infinite")
    return tuple(told)


def apart(posteriors: Mapping[str, Belief], plain: str) -> dict[str, Texts]:
    """Return the means of rival posteriors, and how far the furthest two stand apart."""
    size = max(np.size(some.mean) for some in posteriors.values())
    means = {name: np.broadcast_to(some.mean, size) for name, some in posteriors.items()}
    stacked = np.stack(list(means.values()))
    gap = stacked.max(0) - stacked.min(0)
    places = [decimals(0.0, float(g)) for g in gap]
    told = {
        f"rival.{'plain' if name == plain else name}": tuple(map(number, map(float, values), places))
        for name, values in means.items()
    }
    return told | {"apart": tuple(f"{g:.2g}" for g in gap)}


def lead_words(leads: Mapping[str, FloatArray], plain: str) -> dict[str, Texts]:
    """Return every prior's evidence over the plain one's, and whose is the largest."""
    told = {f"lead.{name}": tuple(_power(float(v)) for v in values) for name, values in leads.items()}
    names = {"yours": "yours", "sceptic": "the sceptic’s", "enthusiast": "the enthusiast’s"}
    names |= {plain: f"the {plain} prior’s"}
    ranked = np.sort(np.stack([leads[name] for name in names]), 0)
    best = np.stack([leads[name] for name in names]).argmax(0)
    alone = ranked[-1] - ranked[-2] > 1e-9
    said = list(names.values())
    return told | {"best": tuple(said[k] if one else "nobody’s alone" for k, one in zip(best, alone, strict=True))}


def _power(log10: float) -> str:
    """Return ten to a power as it is read."""
    return f"{10**log10:.3g}" if abs(log10) < 4 else f"1e{log10:.0f}".replace("-", "−")


def orders_words(means: FloatArray, sd: FloatArray) -> Texts:
    """Return where other orders of the data stand (V, orders), the first being the data as they came."""
    told = []
    for here, unit in zip(means, sd, strict=True):
        low, high = float(here[1:].min()), float(here[1:].max())
        same = max(abs(here[0] - low), abs(here[0] - high)) <= 1e-9 * max(1.0, abs(here[0]))
        told.append("all orders agree" if same else f"other orders stand at {span_words(low, high, float(unit))}")
    return tuple(told)


def written(story: Story, values: FloatArray) -> list[str]:
    """Return observations as one would type them."""
    if story.family == "beta":
        return [story.letters[0] if v else story.letters[1] for v in values]
    return [f"{v:.10g}" for v in values]


def strip(story: Story, values: FloatArray, places: FloatArray) -> Texts:
    """Return the observations seen at each place, the last two dozen of them."""
    signs, between = written(story, values), "" if story.family == "beta" else " "
    texts = []
    for place in places.astype(int):
        shown = between.join(signs[max(0, place - _SHOWN) : place])
        texts.append(f"… {shown}" if place > _SHOWN else shown or "nothing yet")
    return tuple(texts)
