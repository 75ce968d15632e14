"""Ways of looking at a split: bands and layers over the wind, and beside them the tests with their verdicts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Axes, Source
from bayes_core.evaluation.split_words import part_words
from bayes_core.evaluation.splits import Split, Spots
from bayes_core.figures.panels import Panel, Texts
from bayes_core.figures.picture import Label, Probe, Reading
from bayes_core.figures.split import figure, numbers, spot
from bayes_core.figures.split_panels import Clean, Verdict, Verdicts
from bayes_core.figures.view import View
from bayes_core.intervals import level_words
from pages._ui.probing import TRUE, measured, reads

from .readouts import said
from .terms import Terms


@dataclass(frozen=True, eq=False)
class Scenery:
    """What a picture shows whoever answers: the source, data (V, N), added rows (V, n, 2), truth, its height."""

    source: Source
    terms: Terms
    grid: FloatArray
    data: FloatArray
    added: FloatArray | None
    truth: FloatArray
    true: FloatArray
    most: float
    line: float
    ticks: tuple[float, ...]
    outside: float | None
    members: int


@dataclass(frozen=True, eq=False)
class Seen:
    """Splits over all winds and where the reader asks, before a test and in the picture.

    `codes` say why a split is not clean, `truths` are the true curve and noise, `here` is where the reader stands,
    `asked` where the picture's numbers are, with words. While a test is `pending` they are those before it, and unsaid.
    """

    shown: Split
    before: Split | None
    spots: Spots
    spots_before: Spots
    codes: Texts
    truths: tuple[FloatArray, FloatArray]
    here: FloatArray
    asked: tuple[FloatArray, Texts]
    rows: tuple[Verdict, ...]
    others: tuple[Verdict, ...]
    pending: bool = False


def split(
    scenery: Scenery,
    seen: Seen | None,
    waiting_rows: tuple[Verdict, ...],
    place: Texts,
    badge: Texts,
    level: float,
    pressed: str,
    *,
    tested: bool,
    compare: bool,
    single: bool,
    trusted: tuple[int, int] | None,
) -> View:
    """Return the view along a handle; before there is an answer the data only."""
    source, axes = scenery.source, scenery.source.axes
    drawn: dict[str, FloatArray] = {"data.y": scenery.data, "truth.y": scenery.truth}
    if scenery.added is not None:
        drawn |= {"added.x": scenery.added[:, :, 0], "added.y": scenery.added[:, :, 1]}
    told: dict[str, Texts] = {}
    if seen is not None:
        guess = scenery.terms.doubtful(seen.shown)
        drawn |= numbers(seen.shown, seen.before, scenery.true, guess, axes, scenery.most)
        drawn |= spot("spot", seen.asked[0], seen.spots.parts.total, scenery.most)
        if seen.before is not None:
            drawn |= spot("before mark", seen.here, seen.spots_before.parts.total, scenery.most)
        told = (
            {}
            if seen.pending
            else said(
                scenery.terms,
                seen.spots,
                seen.spots_before,
                seen.codes,
                seen.truths,
                seen.asked[1],
                level_words(level),
                tested=bool(pressed),
            )
        )
        told["caption"] = tuple(scenery.terms.hatched if any(row) else "" for row in guess.tolist())
        told["gloss.epistemic"] = _gloss(seen.shown.parts.total[:, -1], scenery.most)
    made = figure(
        scenery.grid,
        (source.seen, scenery.data[0]),
        scenery.truth[0],
        axes,
        scenery.most,
        scenery.ticks,
        scenery.terms.strip,
        predictive=scenery.terms.predictive,
        members=scenery.members,
        before=tested,
        added=0 if scenery.added is None else scenery.added.shape[1],
        outside=scenery.outside,
    )
    return View(
        figure=made,
        numbers=drawn,
        value=place,
        alt=("An answer is being computed.",) if seen is None or seen.pending else (),
        badge=badge,
        words=told,
        labels=_labels(scenery.terms, level, tested=tested),
        panels=_panels(scenery, seen, waiting_rows, place, pressed, compare=compare),
        note={"text": source.beyond, "from": float(source.seen.max())},
        grip={"handle": "here", "text": "here"},
        ghost=("credible", "both"),
        probe=_probe(scenery.terms, axes, level, single=single),
        trusted=trusted,
    )


def _probe(terms: Terms, axes: Axes, level: float, *, single: bool) -> Probe:
    """Return what is read of the bands; a method of one curve has no doubt about it."""
    unit, shown, between = measured(axes), level_words(level), "between {low} and {high}"
    curve = f"the {terms.curve} {between}{unit} ({shown} credible, epistemic alone)"
    told = [Reading("credible", f"the one curve {{y}}{unit}, which has no credible interval" if single else curve)]
    if terms.predictive:
        told.append(Reading("predictive", f"a new crossing {between} ({shown} predictive, both parts)"))
    return reads(axes, *told, TRUE)


def _gloss(total: FloatArray, most: float) -> Texts:
    """Return what stands under the name of the upper layer, which may leave the picture at its right edge."""
    told = zip(part_words(total, np.zeros(len(total))), total.tolist(), strict=True)
    return tuple(f"{words}, above the picture" if value > most else "data would cure it" for words, value in told)


def _labels(terms: Terms, level: float, *, tested: bool) -> tuple[Label, ...]:
    shown, layer = level_words(level), ("low", "high")

    def both(trace: str) -> tuple[tuple[str, str], ...]:
        return tuple((trace, end) for end in layer)

    outer = Label("predictive", f"{shown} predictive", "both parts", "aleatoric", (("predictive", "high"),), 1.5)
    labels = [
        *([outer] if terms.predictive else []),
        Label("truth", "truth", "hidden in real life", "truth", (("truth", "high"),)),
        Label("credible", f"{shown} credible", "epistemic alone", "epistemic", both("credible"), 4),
        Label("epistemic", "epistemic", "data would cure it", "epistemic", both("epistemic"), 5),
        Label("true noise", terms.true, "hidden in real life", "truth", (("true noise", "high"),)),
        Label("aleatoric", "aleatoric", "data would not", "aleatoric", both("aleatoric"), 5),
    ]
    return tuple(labels + ([Label("before", "before", "", "muted", (("before mark", "end"),))] if tested else []))


def _panels(
    scenery: Scenery,
    seen: Seen | None,
    waiting: tuple[Verdict, ...],
    place: Texts,
    pressed: str,
    *,
    compare: bool,
) -> tuple[Panel, ...]:
    rows = waiting if seen is None else seen.rows
    table = Verdicts(
        text=scenery.terms.tests, rows=rows, place=place, unit=scenery.terms.unit, most=scenery.most, pressed=pressed
    )
    panels: list[Panel] = [table, _clean(scenery, seen, place)]
    if compare:
        others = () if seen is None else seen.others
        panels.append(
            Verdicts(
                text="The same data, other methods at", id="others", rows=others, place=place, unit=scenery.terms.unit,
                most=scenery.most, under=True, badge="", presented=False,
            )
        )  # fmt: skip
    return tuple(panels)


def _clean(scenery: Scenery, seen: Seen | None, place: Texts) -> Clean:
    about = {"text": "Is the split clean at", "most": scenery.line, "unit": scenery.terms.line_unit}
    if seen is None:
        return Clean(place=place, **about)  # type: ignore[arg-type]
    noise = np.concatenate([seen.spots.noise, seen.truths[1][:, None]], axis=1)
    return Clean(place=seen.asked[1], noise=noise, **about)  # type: ignore[arg-type]
