"""What the page on approximation says in words: nats, places, shares."""

from __future__ import annotations

import numpy as np

from bayes_core.approximation import FAMILIES, LogOdds
from bayes_core.approximation.along import Both, Followed
from bayes_core.approximation.two_dimensions import Pairwise
from bayes_core.checks import FloatArray
from bayes_core.figures.panels import Texts
from bayes_core.summaries.summary import number, percent

from .scenes import Hand, Pair

MOST = 99.0  # nats that are told
MANY_DRAWS = 1e6
MOST_SHARE = 0.995
FAIR = 0.03  # how far a 90 % interval may be off and still keep its promise


def nats(values: FloatArray) -> Texts:
    """Return divergences (V,) in nats: two decimals, three where these would be next to nothing.

    >>> nats(np.array([1.346, 0.0271, 250.0]))
    ('1.35', '0.027', '> 99')
    """
    return tuple("> 99" if v > MOST else number(float(v), 2 if v >= 0.095 else 3) for v in values)


def promise(held: FloatArray, level: float = 0.9) -> Texts:
    """Return whether an interval that says 90 % keeps its promise, at every position (V,)."""
    return tuple(
        "▼ over-confident" if h < level - FAIR else "▲ wider than need be" if h > level + FAIR else "✓ as promised"
        for h in held
    )


def told(found: Followed, story: Hand) -> dict[str, Texts]:
    """Return the words of a q under the hand."""
    mean_digits, width_digits = story.digits
    means, widths = (
        tuple(number(float(v), digits) for v in values)
        for values, digits in ((found.mean, mean_digits), (found.width, width_digits))
    )
    unit = f" {story.unit}" if story.unit else ""
    names = [name for _, name in story.endings] if found.way == "reverse" else ["with the mean and sd of p"]
    keys = [key for key, _ in story.endings]
    ending = found.ending
    words = {
        "elbo": tuple(number(float(v), 2) for v in found.elbo),
        "evidence": (number(found.exact.target.log_evidence, 2),),
        "kl": nats(found.reverse),
        "bar.kl": ("KL(q‖p)",),
        "forward": nats(found.forward),
        "mean.now": tuple(f"{m}{unit}" for m in means),
        "width.now": tuple(f"{w}{unit}" for w in widths),
        "q.name": tuple(f"N({m}, {w}²)" for m, w in zip(means, widths, strict=True)),
        "q.title": tuple("q, Adam’s" if k else "q, yours" for k in found.step),
        "q.short": ("q",),
        "held": tuple(map(_whole, found.held.tolist())),
        "promise": promise(found.held),
        "steps": tuple(_steps(int(k)) for k in found.step),
        "ending": tuple(names[int(k)] for k in ending),
        "ending.kl": tuple(nats(np.array([found.best[int(k)].kl]))[0] for k in ending),
    }
    if found.way == "reverse":
        words["ending.key"] = tuple(keys[int(k)] for k in ending)
    target = found.exact.target
    if isinstance(target, LogOdds):
        words["middle"] = tuple(percent(float(v)) for v in target.share(found.mean))
    return words


def _whole(share: float) -> str:
    return "> 99 %" if share > MOST_SHARE else "< 1 %" if share < 1 - MOST_SHARE else f"{share:.0%}".replace("%", " %")


def _steps(count: int) -> str:
    return "no step" if not count else "one step" if count == 1 else f"{count} steps"


def told_climbs(found: Both, digits: int = 2) -> dict[str, Texts]:
    """Return the words of two noisy climbs."""
    words: dict[str, Texts] = {
        "best.kl": nats(np.array([found.best.kl])),
        "best": (_bell(found.best.mean, found.best.width, digits),),
        "steps": tuple(_steps(int(k)) for k in found.step),
    }
    for name, path in (("moved", found.moved), ("weighed", found.weighed)):
        now = found.now(path)
        words[name] = tuple(_bell(float(m), float(s), digits) for m, s in now)
        words[f"{name}.kl"] = nats(found.exact.reverse(now[:, 0], now[:, 1]))
        words[f"{name}.width"] = tuple(number(float(s), 2) for s in now[:, 1])
    sd = found.noise
    words["moved.sd"], words["weighed.sd"] = (tuple(_short(float(v)) for v in column) for column in sd.T)
    words["noise"] = tuple("over 1,000,000" if v > MANY_DRAWS else _short(float(v), 2) for v in found.dearer)
    return words


def _short(value: float, digits: int = 3) -> str:
    return f"{float(f'{value:.{digits}g}'):,.10g}"


def _bell(mean: float, width: float, digits: int) -> str:
    return f"N({number(mean, digits)}, {number(width, digits)}²)"


def told_pair(found: Pairwise, story: Pair) -> dict[str, Texts]:
    """Return the words of a q for two weights."""
    line, nights = found.line, np.array(story.nights)
    slope, intercept = (tuple(f"± {number(float(v), 2)}" for v in column) for column in found.sd.T)
    times = found.times_as_wide(nights)
    words = {
        "elbo": tuple(number(float(v), 2) for v in found.elbo),
        "evidence": (number(line.log_evidence, 2),),
        "kl": nats(found.reverse),
        "bar.kl": ("KL(q‖p)",),
        "forward": nats(found.forward),
        "slope": slope,
        "intercept": intercept,
        "tilt.q": tuple(number(float(r), 2) for r in found.correlation),
        "tilt.p": (number(line.correlation, 2),),
        "slope.p": (f"± {number(float(line.sd[0]), 2)}",),
        "intercept.p": (f"± {number(float(line.sd[1]), 2)}",),
    }
    for k, name in enumerate(("first", "last")):
        words[f"times.{name}"] = tuple(f"{number(t, 2)} times" for t in times[:, k].tolist())
        words[f"line.{name}"] = tuple(f"{_sign(t)} {number(t, 2)} times" for t in times[:, k].tolist())
    for family in FAMILIES:
        best = line.best(family)
        sd = line.best_sd(family)
        words[f"best.{family}"] = nats(np.array([float(line.reverse(best))]))
        words[f"best.{family}.slope"] = (f"± {number(float(sd[0]), 2)}",)
    return words


def _sign(times: float) -> str:
    return "▼" if times < 1 - FAIR else "▲" if times > 1 + FAIR else "✓"
