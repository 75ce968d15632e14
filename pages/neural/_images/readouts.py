"""The words of the page of images: names, shares, bits, scores."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from bayes_core.checks import FloatArray
from bayes_core.evaluation.images import Asked, Judged, Refused
from bayes_core.figures.panels import Row, Texts
from bayes_core.inference import METHODS
from bayes_core.types import Fit

COMPARED = (1.0, 3.0)
"""The two widths that are compared in words."""


def per_cent(share: float) -> str:
    """Return a share in whole per cent.

    >>> per_cent(0.4349)
    '43 %'
    """
    return f"{100 * share:.0f} %"


def bits(value: float) -> str:
    """Return bits in two decimals."""
    return f"{value:.2f} bits"


def score(value: float) -> str:
    """Return a log score in nats.

    >>> score(-0.0974)
    '−0.10'
    """
    return f"{value:.2f}".replace("-", "\N{MINUS SIGN}")


def named(said: Asked, y: FloatArray, size: int) -> dict[str, Texts]:
    """Return what every digit is called, and where that is wrong what it is, at every position."""
    names, sure = said.named.reshape(size, -1), said.sure.reshape(size, -1)
    told: dict[str, Texts] = {}
    for i, truth in enumerate(y.astype(int).tolist()):
        told[f"d{i}.says"] = tuple(f"{int(names[v, i])}: {per_cent(sure[v, i])}" for v in range(size))
        told[f"d{i}.wrong"] = tuple("" if names[v, i] == truth else f"▼ is a {truth}" for v in range(size))
    return told


def of_one(said: Asked | None, size: int) -> dict[str, Texts]:
    """Return what one picture is called, what else it may be, and the doubts, at every position."""
    if said is None:
        return {name: ("",) * size for name in ("d0.says", "named", "second", "total", "mutual")}
    order = (-said.mean).argsort(1)
    first, second = (
        tuple(f"{row[n]} ({per_cent(p[row[n]])})" for row, p in zip(order, said.mean, strict=True)) for n in (0, 1)
    )
    return {
        "d0.says": tuple(f"{row[0]}: {per_cent(p[row[0]])}" for row, p in zip(order, said.mean, strict=True)),
        "named": first,
        "second": second,
        "total": tuple(map(bits, said.total)),
        "mutual": tuple(map(bits, said.mutual)),
    }


def told_of_twelve(said: Asked | None, y: FloatArray, size: int) -> dict[str, Texts]:
    """Return how many of the digits on the screen are named right, and how sure their names are on average."""
    if said is None:
        return {"few.right": ("",) * size, "few.sure": ("",) * size}
    right = (said.named.reshape(size, -1) == y).sum(1)
    sure = said.sure.reshape(size, -1).mean(1)
    return {
        "few.right": tuple(f"{int(count)} of {len(y)}" for count in right),
        "few.sure": tuple(per_cent(share) for share in sure),
    }


def on_all(found: Mapping[int, Judged], size: int) -> dict[str, Texts]:
    """Return how all digits fare, at every position; "" where that is not known."""

    def told(say: Callable[[Judged], str]) -> Texts:
        return tuple(say(found[v]) if v in found else "" for v in range(size))

    return {
        "right": told(lambda one: f"{100 * one.right:.1f} ± {100 * one.right_error:.1f} %"),
        "sure": told(lambda one: per_cent(one.sure)),
        "total": told(lambda one: bits(one.total)),
        "mutual": told(lambda one: bits(one.mutual)),
        "log": told(log_cell),
    }


def about(fit: Fit | None) -> tuple[Row, ...]:
    """Return how an answer was computed; rows without texts until there is one."""
    return (
        Row("about.method", "method", (METHODS[fit.method].title if fit else "",)),
        Row("about.draws", "draws", (f"{len(fit.noise):,}" if fit else "",)),
        Row("about.seconds", "at work", (f"{fit.diagnostics.seconds:.2f} s" if fit else "",)),
    )


def refused(found: Refused | None, by: str, size: int) -> dict[str, Texts]:
    """Return what refusing comes to, in words; "" until it is known."""
    if found is None:
        return {name: ("",) * size for name in ("answered", "right", "wrong", "saved", "cut", "everything")}
    cut = per_cent if by == "sure" else bits
    before = "" if by == "sure" else "at most "
    return {
        "answered": tuple(per_cent(share) for share in found.share),
        "right": tuple(f"{100 * share:.1f} %" for share in found.right),
        "wrong": tuple(f"{count:.0f}" for count in found.wrong),
        "saved": tuple(f"{count:.0f}" for count in found.saved),
        "cut": tuple(f"{before}{cut(float(end))}" for end in found.cut),
        "everything": (f"{100 * found.everything:.1f} %",),
    }


def widths(found: Mapping[str, Mapping[int, Judged]], at: Sequence[float]) -> dict[str, Texts]:
    """Return how much a wider prior gains, and how far methods are apart at each width; "" until that is known."""
    known = [v for v in range(len(at)) if found and all(v in there for there in found.values())]
    ranked = {v: sorted(found, key=partial(_log_score, found, v)) for v in known}

    def told(say: Callable[[int], str]) -> Texts:
        return tuple(say(v) if v in ranked else "" for v in range(len(at)))

    def named(v: int, place: int) -> str:
        method = ranked[v][place]
        return f"{METHODS[method].title} ({score(found[method][v].log_score)})"

    def apart(v: int) -> str:
        logs = [there[v].log_score for there in found.values()]
        return f"{max(logs) - min(logs):.2f} nats"

    return {
        "best": told(lambda v: named(v, -1)),
        "worst": told(lambda v: named(v, 0)),
        "apart": told(apart),
        "gain": (_gain(found, [v for v in known if at[v] in COMPARED]),),
    }


def _gain(found: Mapping[str, Mapping[int, Judged]], pair: Sequence[int]) -> str:
    """Return the least and the most that a method gains from one width to the next; "" where one is not known."""
    if len(pair) < len(COMPARED):
        return ""
    gain = [there[pair[1]].log_score - there[pair[0]].log_score for there in found.values()]
    return f"{min(gain):.2f} to {max(gain):.2f} nats" if min(gain) > 0 else ""


def _log_score(found: Mapping[str, Mapping[int, Judged]], v: int, method: str) -> float:
    return found[method][v].log_score


def right_cell(one: Judged | None) -> str:
    """Return the share named right, as a table says it."""
    return f"{100 * one.right:.1f} %" if one else "…"


def log_cell(one: Judged | None) -> str:
    """Return the log score with its standard error, as a table says it."""
    return f"{score(one.log_score)} ± {one.log_error:.2f}" if one else "…"


def doubt_cell(one: Judged | None) -> str:
    """Return the predictive entropy in bits, as a table says it."""
    return f"{one.total:.2f}" if one else "…"
