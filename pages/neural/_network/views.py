"""What is seen of a network's answer: a curve with its bands, its noise, and how it was computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Scale, Source
from bayes_core.evaluation.compare import Distance, Floor
from bayes_core.figures import curves as figures
from bayes_core.figures.panels import Heading, Panel, Prose, Row, Rows, Spark, Texts
from bayes_core.figures.picture import Label, Probe, Reading
from bayes_core.figures.theme import CONCEPT
from bayes_core.figures.view import View
from bayes_core.inference import METHODS
from bayes_core.intervals import level_words
from bayes_core.numerics.positions import at_positions
from bayes_core.summaries.curves import MEMBERS, Curves
from pages._ui.labels import band_labels
from pages._ui.probing import band_probe
from pages._ui.settings import nearest
from pages._ui.telling import finding
from pages._ui.words import coloured_slots

from .readouts import WAITING, alternative, both_ends, distance_rows, noise_words, opening, two_digits, unreachable

SIGMA_GRID = np.linspace(0.01, 1.4, 72)
_SIGMA = Scale(0.0, 1.4, (0, 0.5, 1))
_TITLES = {
    "noise": "noise σ, median",
    "noise left": "noise at the left end, median",
    "noise right": "noise at the right end, median",
}
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
    """Curves at every position with their badges, where the handle stands, the noise by place, the draws at hand."""

    found: Curves
    badge: Texts
    home: int
    noise: Mapping[str, Noise]
    draws: int


def network(
    source: Source, x: FloatArray, method: str, level: float, rows: FloatArray, value: Texts, places: tuple[str, ...],
    text: Mapping[str, str], about: tuple[Row, ...], answer: Answered | None, found: str, along: str = "",
    single: bool = False, slice: str = "slice",
) -> View:  # fmt: skip
    """Return what is seen along a handle; without an answer the data (V, N) only.

    `places` name where the noise is told, `found` is the template of what is found, `along` the input of a slice, of
    which the section `slice` tells; with `single` there is room for the MAP.
    """
    seen = source.seen
    told = _told(answer, source, x, level) if answer else {}
    sparks = [_spark(name, method, answer, told) for name in places]
    panels: list[Panel] = [
        Heading(text="What the network now believes"),
        *sparks,
        Prose(
            text="How wide it opens",
            html=coloured_slots(text["opens"]),
            slots={"opens": told.get("opens", (WAITING,))},
        ),
        *([Prose(text="A slice", html=coloured_slots(text[slice]))] if along else []),
        Rows(text="How it was computed", rows=about),
        *([far(None, None, x)] if method not in EXACT_ENOUGH else []),
        Prose(text="How to read it", html=coloured_slots(text[f"read {kind(method)}"]), presented=False),
    ]
    colour = CONCEPT.get(method, "posterior")
    walk = {"trace": "members", "count": MEMBERS, "concept": colour, "ms": 400, "label": "Play the draws"}
    moving = figures.numbers(answer.found, source.axes.y_range) if answer else {}
    return View(
        figure=_figure(source, x, method, rows[0], single=single),
        numbers={"data.y": rows, **moving},
        words={name: told[name] for name in ("noise", "edge", "inside", "none") if name in told},
        labels=_labels(method, level, source, single=single),
        panels=tuple(panels),
        badge=answer.badge if answer else (),
        value=value,
        alt=_alternative(found, told, along, len(value), single=single),
        note={"text": source.beyond, "from": float(seen.max())},
        ghost=("predictive", "credible"),
        probe=_probe(method, level, source, single=single),
        walk=None if method == "map" else walk,  # a MAP is one curve
        trusted=_answered(answer) if answer else None,
    )


def _alternative(found: str, told: Mapping[str, Texts], along: str, size: int, *, single: bool) -> Texts:
    if not told:
        return (f"The points alone: the answer is {WAITING}.",)
    return alternative(finding(found, told, size), told["none"], along, single=single)


def kind(method: str) -> str:
    """Return how an answer comes about, for the words that help to read it."""
    return "sampled" if METHODS[method].answer == "sampled" else "prior" if method == "prior" else "approximate"


def _answered(answer: Answered) -> tuple[int, int] | None:
    run = answer.found.answered(answer.home)
    return None if run == (0, len(answer.badge) - 1) else run


def _figure(source: Source, x: FloatArray, method: str, y: FloatArray, *, single: bool) -> dict[str, object]:
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
        nothing if single else None,
    )
    return made


def _labels(method: str, level: float, source: Source, *, single: bool) -> tuple[Label, ...]:
    reference = ("sampled posterior", f"{level_words(level)} credible")
    one = (Label("map", "MAP", "one network, no band", "map", (("map", "high"),)),) if single else ()
    return one + band_labels(
        method,
        level,
        f"a new {source.point[0]} falls here",
        "the curve, at each x",
        "one curve, no band",
        reference if method not in EXACT_ENOUGH else None,
        truth=source.world is not None,
    )


def _probe(method: str, level: float, source: Source, *, single: bool) -> Probe:
    new, known = f"a new {source.point[0]}", source.world is not None
    one = (Reading("map", "one MAP network {y}"),) if single else ()
    return band_probe(source.axes, method, level, new, "the curve", truth=known, more=one)


def _told(answer: Answered, source: Source, x: FloatArray, level: float) -> dict[str, Texts]:
    """Return the words of every position."""
    found = answer.found
    half = found.half_width()
    edge, inside = two_digits(half[:, -1]), two_digits(half[:, nearest(x, 0.0)])
    told = {"edge": edge, "inside": inside, "opens": opening(edge, inside), "none": unreachable(found, answer.draws)}
    ends = {"noise": 0.0, "noise left": float(source.seen.min()), "noise right": float(source.seen.max())}
    for name in answer.noise:
        told[name], told[f"{name}.interval"] = noise_words(found.noise[:, :, nearest(x, ends[name])], level)
    if "noise" not in answer.noise:
        told["noise"] = both_ends(told["noise left"], told["noise right"])
    return told


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
        interval=told[f"{name}.interval"],
        density=noise.density,
        prior=noise.prior,
        truth=noise.truth,
    )


def far(gap: Distance | None, chance: Floor | None, x: FloatArray, home: int = 0, size: int = 0) -> Rows:
    """Return the distance to the sampled posterior at places x (G,): known where the handle stands."""
    return Rows(text="Distance to the sampled posterior", rows=distance_rows(gap, chance, x, home, size))


def beside(gap: Distance, chance: Floor, reference: Curves, x: FloatArray, home: int, size: int) -> View:
    """Return an approximation's distance, and the sampled posterior's band to draw beside it."""
    low, high = reference.edges["credible"]
    edges = at_positions({home: figures.both_edges(low[0], high[0])}, size)
    return View(numbers={"reference.y": edges}, panels=(far(gap, chance, x, home, size),))


def single(curve: Curves, home: int, size: int) -> View:
    """Return the one network of a MAP, to draw beside the posterior where the handle stands."""
    return View(numbers={"map.y": at_positions({home: curve.members[0, 0]}, size)})
