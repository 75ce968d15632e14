"""What is seen of a network's answer: a curve with its bands, its noise, and how it was computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Scale, Source
from bayes_core.evaluation.compare import Distance
from bayes_core.figures import curves as figures
from bayes_core.figures.panels import Heading, Panel, Prose, Row, Rows, Spark, Texts
from bayes_core.figures.picture import Label
from bayes_core.figures.theme import CONCEPT
from bayes_core.figures.view import View
from bayes_core.intervals import level_words
from bayes_core.numerics.positions import at_positions
from bayes_core.summaries.curves import MEMBERS, Curves
from pages._ui.labels import band_labels
from pages._ui.settings import nearest
from pages._ui.words import coloured_slots

from .readouts import alternative, distance_rows, noise_words, sigma_words, two_digits

SIGMA_GRID = np.linspace(0.01, 1.4, 72)
_SIGMA = Scale(0.0, 1.4, (0, 0.5, 1))
_TITLES = {"noise": "noise σ", "noise left": "noise at the left end", "noise right": "noise at the right end"}
EXACT_ENOUGH = ("hmc", "prior")
"""Methods without a distance to the sampled posterior."""


@dataclass(frozen=True, eq=False)
class Noise:
    """The noise at one place over SIGMA_GRID: densities (V, L), the prior's (1, L), and the truth (V, 1) or (1, 1)."""

    density: FloatArray
    prior: FloatArray
    truth: FloatArray | None


@dataclass(frozen=True, eq=False)
class Answered:
    """Curves at every position with their badges, where the handle stands, and the noise by place."""

    found: Curves
    badge: Texts
    home: int
    noise: Mapping[str, Noise]


def network(
    source: Source, x: FloatArray, method: str, level: float, rows: FloatArray, value: Texts, places: tuple[str, ...],
    text: Mapping[str, str], about: tuple[Row, ...], answer: Answered | None, along: str = "",
) -> View:  # fmt: skip
    """Return what is seen along a handle; without an answer the data (V, N) only.

    `places` name where the noise is told, `along` the input of a slice.
    """
    seen = source.seen
    told = _told(answer, source, x, level, along) if answer else {}
    sparks = [_spark(name, method, answer, told) for name in places]
    panels: list[Panel] = [
        Heading(text="What the network now believes"),
        *sparks,
        Prose(
            text="How wide it opens",
            html=coloured_slots(text["opens"]),
            slots={name: told[name] for name in ("edge", "inside") if name in told},
        ),
        *([Prose(text="A slice", html=coloured_slots(text["slice"]))] if along else []),
        Rows(text="How it was computed", rows=about),
        *([far(None, x)] if method not in EXACT_ENOUGH else []),
    ]
    colour = CONCEPT.get(method, "posterior")
    walk = {"trace": "members", "count": MEMBERS, "concept": colour, "ms": 400, "label": "Play the draws"}
    moving = figures.numbers(answer.found, source.axes.y_range) if answer else {}
    return View(
        figure=_figure(source, x, method, rows[0]),
        numbers={"data.y": rows, **moving},
        words={"noise": told["noise"]} if "noise" in told else {},
        labels=_labels(method, level, source),
        panels=tuple(panels),
        badge=answer.badge if answer else (),
        value=value,
        alt=told["alt"] if told else ("An answer is being computed.",),
        note={"text": source.beyond, "from": float(seen.max())},
        walk=None if method == "map" else walk,  # a MAP is one curve
        trusted=_answered(answer) if answer else None,
    )


def _answered(answer: Answered) -> tuple[int, int] | None:
    run = answer.found.answered(answer.home)
    return None if run == (0, len(answer.badge) - 1) else run


def _figure(source: Source, x: FloatArray, method: str, y: FloatArray) -> dict[str, object]:
    nothing = np.full(len(x), np.nan)
    axes = source.axes
    made: dict[str, object] = figures.figure(
        x,
        (source.seen, y),
        source.truth(x[:, None]) if source.world is not None else None,
        (nothing, nothing) if method not in EXACT_ENOUGH else None,
        (axes.x_range, axes.y_range),
        (axes.x_ticks, axes.y_ticks),
        (axes.x_title, axes.y_title),
        CONCEPT.get(method, "posterior"),
        MEMBERS,
    )
    return made


def _labels(method: str, level: float, source: Source) -> tuple[Label, ...]:
    reference = ("sampled posterior", f"{level_words(level)} credible")
    return band_labels(
        method,
        level,
        "a new point falls here",
        "the mean curve is here",
        "one curve, no band",
        reference if method not in EXACT_ENOUGH else None,
        truth=source.world is not None,
    )


def _told(answer: Answered, source: Source, x: FloatArray, level: float, along: str) -> dict[str, Texts]:
    """Return the words of every position."""
    half = answer.found.half_width()
    edge, inside = two_digits(half[:, -1]), two_digits(half[:, nearest(x, 0.0)])
    told = {"edge": edge, "inside": inside}
    if "noise" in answer.noise:
        told["noise"], told["noise.sd"] = sigma_words(answer.found)
    else:
        ends = (float(source.seen.min()), float(source.seen.max()))
        told["noise left"], told["noise right"], told["noise"] = noise_words(answer.found, x, ends)
    return told | {"alt": alternative(edge, inside, told["noise"], level, along)}


def _spark(name: str, method: str, answer: Answered | None, told: Mapping[str, Texts]) -> Spark:
    colour = CONCEPT.get(method, "posterior")
    if answer is None:
        return Spark(id=name, name=_TITLES[name], scale=_SIGMA, concept=colour)
    noise = answer.noise[name]
    return Spark(
        id=name,
        name=_TITLES[name],
        scale=_SIGMA,
        concept=colour,
        estimate=told[name],
        spread=told.get(f"{name}.sd", ()),
        density=noise.density,
        prior=noise.prior,
        truth=noise.truth,
    )


def far(gap: Distance | None, x: FloatArray, home: int = 0, size: int = 0) -> Rows:
    """Return the distance to the sampled posterior at places x (G,): known where the handle stands."""
    return Rows(text="Distance to the sampled posterior", rows=distance_rows(gap, x, home, size))


def beside(gap: Distance, reference: Curves, x: FloatArray, home: int, size: int) -> View:
    """Return an approximation's distance, and the sampled posterior's band to draw beside it."""
    low, high = reference.edges["credible"]
    edges = at_positions({home: figures.both_edges(low[0], high[0])}, size)
    return View(numbers={"reference.y": edges}, panels=(far(gap, x, home, size),))
