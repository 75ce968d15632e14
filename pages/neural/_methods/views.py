"""What is seen of all methods side by side: small multiples, a table, what each costs, and how mean-field VI climbs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Scale, Source
from bayes_core.evaluation.appraisal import Appraisal
from bayes_core.evaluation.compare import Floor
from bayes_core.figures.frames import loop
from bayes_core.figures.panels import Climb, Cost, Grid, Panel, Prose, Texts
from bayes_core.figures.view import View
from bayes_core.inference import METHODS
from bayes_core.numerics.positions import at_positions
from bayes_core.summaries.climb import climb
from bayes_core.types import Fit
from pages._ui.telling import finding

from .readouts import NOTHING, WAITING, by_chance, cell, complained, hint, line, ratios, refused, seconds, spoken, timed

Along = Mapping[str, Sequence[Appraisal | None]]
"""By method, what it is worth at every position of a handle: None where unknown; empty where it has no answer."""
SHORT = {
    "hmc": "fast HMC", "nuts": "NUTS", "laplace": "Laplace", "ensemble": "ensemble", "anchored": "anchored",
    "dropout": "dropout", "vi_meanfield": "mean-field", "vi_lowrank": "low-rank", "vi_fullrank": "full-rank",
    "map": "MAP",
}  # fmt: skip
_WINDOWS = 60  # points of an ELBO curve
_LINES = (
    ("climb.elbo", "ELBO", "posterior", "solid"),
    ("climb.fit", "expected log likelihood", "likelihood", "dotted"),
    ("climb.kl", "KL to the prior", "prior", "dashed"),
)


def concept(method: str) -> str:
    """Return the colour that a method is drawn in."""
    return {"map": "map", "hmc": "reference", "nuts": "reference"}.get(method, "posterior")


def methods(
    source: Source, x: FloatArray, shown: tuple[str, ...], compared: tuple[str, ...], along: Along,
    climbing: Sequence[Fit | None], steps: int, nats: tuple[float, float], text: Mapping[str, str], value: Texts,
    chance: Floor | None, found: str, why: Mapping[str, str],
) -> View:  # fmt: skip
    """Return what is seen along a handle: `shown` methods in the table, `compared` ones as pictures.

    `text` holds the page's words: "legend", "key", and what each method is. `chance` is what as many exact draws as an
    ensemble has members would show, `found` the template of what is found, `why` the
    reasons of those who have no answer.
    """
    told = _best(compared, along, len(value))
    for method, some in along.items():
        for name, say in (("line", line), ("ratios", ratios), ("time", timed)):
            told[f"{method}.{name}"] = _texts(say, some, NOTHING if name == "line" else "")
        told[f"{method}.said"] = tuple(line(one) if one else "" for one in some) or ("",)
    numbers: dict[str, FloatArray] = {}
    for method, some in along.items():
        if some:
            numbers["reference" if method == "hmc" else f"{method}.band"] = _bands(some)
    return View(
        stage=_stage(source, x, compared, text),
        numbers=numbers,
        words=told,
        panels=_panels(shown, along, climbing, steps, nats, text, chance, why),
        badge=("approximate",),
        value=value,
        alt=_alternative(along, finding(found, told, len(value))),
    )


def _stage(source: Source, x: FloatArray, compared: tuple[str, ...], text: Mapping[str, str]) -> dict[str, object]:
    seen, y = source.seen, source.dataset.y
    return {
        "type": "multiples",
        "x": x.tolist(),
        "points": [[float(a), float(b)] for a, b in zip(seen, y, strict=True)],
        "x_range": list(source.axes.x_range),
        "y_range": list(source.axes.y_range),
        "data_range": [float(seen.min()), float(seen.max())],
        "key": text["key"],
        "methods": [
            {"id": m, "title": METHODS[m].title, "concept": concept(m), "what": text[f"is {m}"]} for m in compared
        ],
    }


def _texts(say: Callable[[Appraisal], str], some: Sequence[Appraisal | None], nothing: str) -> Texts:
    """Return what is said of a method at every position, or of one that has no answer."""
    return tuple(say(one) if one else WAITING for one in some) or (nothing,)


def _at(some: Sequence[Any], v: int) -> Any:
    """Return what there is at a position: one that serves all positions, or its own."""
    return some[min(v, len(some) - 1)] if some else None


def _bands(some: Sequence[Appraisal | None]) -> FloatArray:
    return at_positions({v: loop(one.band.lower, one.band.upper) for v, one in enumerate(some) if one}, len(some))


def _best(compared: tuple[str, ...], along: Along, size: int) -> dict[str, Texts]:
    """Return the method closest to the sampled posterior and the one of the highest log score; "" until all are in."""
    told: dict[str, list[str]] = {"closest": [], "highest": []}
    for v in range(size):
        judged = {m: _at(some, v) for m, some in along.items() if m in compared and some}
        done = set(compared) <= set(along) and all(one is not None and one.distance for one in judged.values())
        near = min(judged, key=lambda m: judged[m].distance.overall) if done and judged else ""
        high = max(judged, key=lambda m: judged[m].held_out.log_score) if done and judged else ""
        told["closest"].append(f"{METHODS[near].title} ({cell(judged[near], 1)} sd)" if near else "")
        told["highest"].append(f"{METHODS[high].title} ({cell(judged[high], 3)})" if high else "")
    return {name: tuple(texts) for name, texts in told.items()}


def _alternative(along: Along, found: Texts) -> Texts:
    """Return what is `found`, and every method's numbers, at every position for those who do not see it."""
    if not along:
        return ("Nothing has been fitted yet.",)
    told = {METHODS[method].title: _texts(spoken, some, NOTHING) for method, some in along.items()}
    return tuple(
        f"Bands of every method over the sampled posterior. {said} ".replace("  ", " ")
        + ". ".join(f"{title}: {_at(texts, v)}" for title, texts in told.items())
        + "."
        for v, said in enumerate(found)
    )


def _far(along: Along, size: int) -> Texts:
    """Return the costs in words, at every position."""
    return tuple(
        "Seconds against distance to the sampled posterior: "
        + ", ".join(
            f"{METHODS[method].title} {seconds(one)} and {cell(one, 1)} sd"
            for method, some in along.items()
            if method != "hmc" and (one := _at(some, v))
        )
        + "."
        for v in range(size)
    )


def _after(along: Along, why: Mapping[str, str], chance: Floor | None, size: int) -> Texts:
    """Return what stands under the table: who has no answer and why, what fits complain about, what chance does."""
    none = [refused(METHODS[method].title, reason) for method, reason in why.items()]
    return tuple(
        " ".join(
            filter(
                None,
                [*none, *(complained(METHODS[m].title, _at(some, v)) for m, some in along.items()), by_chance(chance)],
            )
        )
        for v in range(size)
    )


def _panels(
    shown: tuple[str, ...], along: Along, climbing: Sequence[Fit | None], steps: int, nats: tuple[float, float],
    text: Mapping[str, str], chance: Floor | None, why: Mapping[str, str],
) -> tuple[Panel, ...]:  # fmt: skip
    low, high = nats
    rows = {method: _row(method, along.get(method)) for method in shown}
    size = max([1, *map(len, along.values())])
    hints = tuple(hint(one) for one in climbing)
    cost = Cost(
        text="Cost against quality",
        points=tuple((m, SHORT[m], concept(m)) for m in shown),
        x=("seconds to fit, log scale", Scale(0.01, 30, (0.01, 0.1, 1, 10))),
        y=("distance, sd", Scale(0, 1.5, (0, 0.5, 1, 1.5))),
        at={m: _cost(m, some) for m, some in along.items() if some},
        alt=_far(along, size) if along else ("Nothing has been fitted yet.",),
    )
    climbs = Climb(
        text="Mean-field VI, step by step",
        steps=steps,
        left=("nats", Scale(low, high, (low, low / 2, 0, high))),
        lines=_LINES,
        values=_climbs(climbing) if climbing else {},
        hint=hints,
        alt=tuple(f"ELBO, expected log likelihood and KL over the steps of Adam. {h}" for h in hints)
        or ("Nothing has been fitted yet.",),
        presented=False,
    )
    columns = (("", ""), ("distance", ""), ("covers", ""), ("log score", ""), ("noise", ""))
    table = Grid(text=text["fresh"], columns=columns, rows=rows, after=("grid.after", _after(along, why, chance, size)))
    return table, Prose(text="How to read it", html=text["legend"], presented=False), cost, climbs


def _row(method: str, some: Sequence[Appraisal | None] | None) -> list[Texts]:
    name = (SHORT[method],)
    if some is None:
        return [(), (), (), (), ()]
    cells = [tuple(cell(one, column) if one else "–" for one in some) or ("–",) for column in (1, 2, 3, 4)]
    return [name, *cells]


def _cost(method: str, some: Sequence[Appraisal | None]) -> FloatArray:
    unknown = 0.0 if method == "hmc" else np.nan  # the reference is no distance from itself
    at = {
        v: np.array([one.seconds, one.distance.overall if one.distance else unknown])
        for v, one in enumerate(some)
        if one
    }
    return at_positions(at, len(some))


def _climbs(climbing: Sequence[Fit | None]) -> dict[str, FloatArray]:
    """Return ELBO, expected log likelihood and KL of each fit."""
    climbs = {v: told for v, one in enumerate(climbing) if one and (told := climb(one, _WINDOWS))}
    traces = {
        "climb.elbo": {v: told.elbo for v, told in climbs.items()},
        "climb.fit": {v: told.likelihood for v, told in climbs.items()},
        "climb.kl": {v: told.kl for v, told in climbs.items()},
    }
    return {name: at_positions(rows, len(climbing), (_WINDOWS,)) for name, rows in traces.items()}
