"""The words of the tutorial's scene: its published figures beside those found here, and the ELBO of every width."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bayes_core.evaluation.draw_by_draw import DrawByDraw
from bayes_core.evaluation.mean_losses import Reached
from bayes_core.figures.panels import Row, Texts
from bayes_core.types import Fit
from pages._ui.words import filled

from .readouts import about

PUBLISHED = {"one": "96.67 %", "cross": "0.11", "kl": "1.31"}
"""What the tutorial prints: of one draw of the weights, on the rows that were fitted."""
LEVEL = 0.9
NOT_YET = "…"


@dataclass(frozen=True, eq=False)
class Judged:
    """One fit: draw by draw on the rows that are judged, and where its search ended."""

    draws: DrawByDraw
    reached: Reached


def share(value: float) -> str:
    """Return a share in per cent, with a decimal.

    >>> share(0.96666)
    '96.7 %'
    """
    return f"{100 * value:.1f} %"


def nats(value: float) -> str:
    """Return whole nats, without their unit.

    >>> nats(-1044.7)
    '−1,045'
    """
    return f"{value:,.0f}".replace("-", "\N{MINUS SIGN}")


def flowers_counted(times: Iterable[float], rows: int) -> Texts:
    """Return as how many flowers the likelihood counts them, at every position.

    >>> flowers_counted([1.0, 803 / 15], 150)
    ('150', '8,030')
    """
    return tuple(f"{rows * each:,.0f}" for each in times)


def told(one: Judged) -> dict[str, str]:
    """Return what is said of one fit."""
    low, high = np.quantile(one.draws.right, ((1 - LEVEL) / 2, (1 + LEVEL) / 2), method="nearest")
    return {
        "one": share(float(one.draws.right.mean())),
        "range": f"{100 * low:.1f} to {share(float(high))}",
        "together": share(one.draws.right_together),
        "cross": f"{one.draws.cross_entropy.mean():.3f}",
        "crosstogether": f"{one.draws.cross_entropy_together:.3f}",
        "kl": f"{one.reached.kl_a_weight:.2f}",
        "elbo": nats(one.reached.elbo),
    }


def along(known: Mapping[int, Judged], size: int) -> dict[str, Texts]:
    """Return the words of every position: "" where nothing is known."""
    said = {v: told(one) for v, one in known.items()}
    names = ("one", "range", "together", "cross", "crosstogether", "kl", "elbo")
    return {name: tuple(said[v][name] if v in said else "" for v in range(size)) for name in names}


def width_cells(once: Mapping[int, Judged], widths: Texts, most: str, so_far: str) -> dict[str, Sequence[Texts]]:
    """Return a line for every prior width, each flower counted once; the highest ELBO bears a word."""
    best, word = highest(once), most if len(once) == len(widths) else so_far
    rows: dict[str, Sequence[Texts]] = {}
    for v, width in enumerate(widths):
        one = once.get(v)
        right = share(one.draws.right_together) if one else NOT_YET
        elbo = nats(one.reached.elbo) if one else NOT_YET
        rows[f"width{v}"] = ((width,), (right,), (f"{word} {elbo}" if v == best else elbo,))
    return rows


def highest(once: Mapping[int, Judged]) -> int | None:
    """Return the position of the highest ELBO, if there is one."""
    return max(once, key=lambda v: once[v].reached.elbo, default=None)


def beaten(once: Mapping[int, Judged], widths: Texts, even: float, text: Mapping[str, str]) -> str:
    """Return whether the highest ELBO of all widths is above that of even odds, or only what that is."""
    best, said = highest(once), {"even": nats(even)}
    if best is None or len(once) < len(widths):
        return filled(text["widths after"], said)
    above = once[best].reached.elbo > even
    return filled(text["widths earned" if above else "widths not earned"], said | {"width": widths[best]})


def about_search(fits: Mapping[int, Fit], size: int) -> tuple[Row, ...]:
    """Return how the answer was computed, and whether the search had ended, at every position."""
    ended = {v: "it had ended" if fit.diagnostics.converged else "it had not ended" for v, fit in fits.items()}
    steps = {v: f"{fit.question.budget.steps:,}" for v, fit in fits.items()}
    more = (("about.steps", "steps", steps), ("about.ended", "the search", ended))
    return (*about(fits, size), *(Row(i, name, tuple(at.get(v, "–") for v in range(size))) for i, name, at in more))


def figure_cells(text: Mapping[str, str], found: Mapping[str, Texts], size: int) -> dict[str, Sequence[Texts]]:
    """Return the lines of the tutorial's figures: their name, what was published, and what is found here."""
    lines = {"one": "one", "cross": "cross", "kl": "kl", "elbo": "", "range": "", "together": ""}
    return {
        name: (
            (text[f"figure {name}"],),
            (PUBLISHED.get(published, ""),),
            tuple(found[name][v] or NOT_YET for v in range(size)),
        )
        for name, published in lines.items()
    }


def meaning(flowers: Texts, rows: int, text: Mapping[str, str]) -> Texts:
    """Return what it means that the likelihood counts as many flowers as these texts say, where rows were fitted."""
    said = {"rows": str(rows)}
    each = (("once" if many == str(rows) else "more", many) for many in flowers)
    return tuple(filled(text[f"figures after {how}"], said | {"flowers": many}) for how, many in each)
