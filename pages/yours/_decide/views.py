"""What is seen of a decision: a stage of dots over what actions cost, and what to do beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bayes_core.evaluation.decision_along import Acts, Amounts, Choice, Counted, Reach
from bayes_core.evaluation.origin import LEVEL, Origin
from bayes_core.figures.dots import TIMES, Axis, Up, dots_numbers, dots_stage
from bayes_core.figures.panels import Answer, Bars, Grid, Panel, Prose, Row, Rows, Slice, Texts
from bayes_core.figures.view import View
from bayes_core.summaries.summary import percent

from . import readouts
from .scenes import ACT_NAMES, ACT_SHORT, ACTS, Story


@dataclass(frozen=True, eq=False)
class Scenery:
    """What is said of a scene wherever its handles stand: story, axis with its titles, and the sentence to read aloud.

    `costs` are the costs of both mistakes in words, (V,) of the one that moves.
    """

    story: Story
    reach: Reach
    titles: tuple[str, str]
    count: int
    aloud: str
    costs: Mapping[str, Texts]
    origin: Origin


def amounts(found: Amounts, scenery: Scenery) -> View:
    """Return what is seen of how much to do."""
    story, digits = scenery.story, scenery.reach.digits
    told = readouts.told(found, digits, story.unit, story.money) | dict(scenery.costs)
    guess, own = found.times
    return View(
        stage=stage(scenery),
        numbers=dots_numbers(
            dots=found.counted.dots,
            centre=found.guess[:1],
            above=found.counted.above,
            action=found.action[:, None],
            marks=beside(found.best, found.guess),
            costs=found.curve,
            times=beside(guess, own),
        ),
        words=told,
        facts={"best": found.best, "above": found.counted.above.sum(1), "own.cost": found.own_cost},
        badge=("exact",),
        panels=_amount_panels(found, scenery, told),
    )


def _amount_panels(found: Amounts, scenery: Scenery, told: Mapping[str, Texts]) -> tuple[Panel, ...]:
    story = scenery.story
    best, guess, own = readouts.held(found)
    too_much, too_little = (readouts.money(found.parts[:, k], found.least, story.money) for k in (0, 1))
    bare = [_bare(told[name]) for name in ("best", "guess", "own")]
    return (
        Answer(
            text="What to do",
            id="do",
            value=told["best"],
            sentence=readouts.arithmetic(told["over"], told["under"], found.share),
            share=found.share,
        ),
        Grid(
            text="",
            badge=False,
            columns=(("", ""), (story.unit or "action", ""), (f"of {scenery.count}", ""), ("mean cost", "")),
            rows={
                "best": ((readouts.BEST,), bare[0], best, told["least"]),
                "guess": ((readouts.GUESS,), bare[1], guess, told["guess.cost"]),
                "own": ((readouts.YOURS,), bare[2], own, told["own.cost"]),
            },
            after=("grid.after", told["dearer"]),
        ),
        each_time(scenery, told, own=told["own.regret"]),
        Bars(
            text="What the best action pays for",
            id="paid",
            names=story.paid,
            concepts=("muted", "muted"),
            shares=found.paid,
            texts=(too_much, too_little),
        ),
        origin(scenery, found.counted),
        aloud(scenery),
    )


def to_do(best: Texts, found: Choice, told: Mapping[str, Texts], whose: str = "") -> Answer:
    """Return which action is best, because of the share of futures that lie above the threshold; `whose` they are."""
    shares, cuts = found.counted.share, told["cut"]
    size = max(len(shares), len(cuts))
    pairs = zip(np.broadcast_to(shares, size).tolist(), cuts, strict=True)
    reason = tuple(f"{percent(float(share))} {whose}lie above {cut}" for share, cut in pairs)
    return Answer(text="What to do", id="do", value=best, sentence=reason, share=shares)


def each_time(scenery: Scenery, told: Mapping[str, Texts], own: Texts | None = None) -> Rows:
    """Return what acting on the best guess loses each time, and on the reader's `own`; what there is to be won."""
    rows = (
        Row("worth.regret", "regret of the best guess", told["regret"]),
        *([] if own is None else [Row("worth.own", "regret of yours", own)]),
        Row("worth.knowing", "knowing what comes is worth", told.get("knowing", told.get("least", ()))),
        Row("worth.waiting", f"one more {scenery.story.measure} is worth", told["waiting"]),
    )
    return Rows(text="Each time you decide", rows=rows)


def _bare(texts: Texts) -> Texts:
    """Return numbers without their units."""
    return tuple(text.split(" ")[0] if text != readouts.NOTHING else text for text in texts)


def aloud(scenery: Scenery) -> Prose:
    """Return the sentence to read aloud; the names in it are the picture's own words."""
    return Prose(text="To read aloud", html=scenery.aloud, under=True)


def acts(found: Acts, scenery: Scenery) -> View:
    """Return what is seen of which act to choose."""
    story, digits = scenery.story, scenery.reach.digits
    told = readouts.told_acts(found, digits, story.unit, story.money) | dict(scenery.costs)
    bare = {name: _bare(texts) for name, texts in told.items()}
    guess, own = found.times
    size = len(found.curves)
    return View(
        stage=stage(scenery),
        numbers=dots_numbers(
            dots=found.counted.dots,
            centre=found.guessed[:1],
            above=found.counted.above,
            action=found.cut[:, None],
            costs=found.curves.reshape(size, -1),
            times=beside(guess, own),
            middles=found.middles,
            marks=beside(np.broadcast_to(found.cut, np.shape(guess)), np.broadcast_to(found.cut, np.shape(guess))),
        ),
        words=told,
        facts={"above": found.counted.above.sum(1), "own.cost": found.cost_of(found.own), "regret": found.regret},
        badge=("exact",),
        panels=(
            to_do(told["best"], found, told, "of such patients "),
            Grid(
                text="",
                badge=False,
                columns=(("", ""), ("act", ""), ("mean harm", "")),
                rows={
                    "best": ((readouts.BEST,), told["best"], bare["least"]),
                    "guess": ((readouts.GUESS,), told["guess"], bare["guess.cost"]),
                    "own": ((readouts.YOURS,), told["own"], bare["own.cost"]),
                },
                after=("grid.after", told["dearer"]),
            ),
            each_time(scenery, bare, own=bare["own.regret"]),
            Bars(
                text="What each act costs",
                id="acts",
                names=tuple(ACT_NAMES[act] for act in ACTS),
                concepts=("muted", "muted", "muted"),
                shares=found.cost / found.cost.max(1, keepdims=True),
                texts=tuple(readouts.money(found.cost[:, k], found.least, "") for k in range(len(ACTS))),
            ),
            origin(scenery, found.counted),
            aloud(scenery),
        ),
    )


def origin(scenery: Scenery, counted: Counted) -> Slice:
    """Return where the futures come from: the band over the data, and the slice of it that they are."""
    seen, (across, up) = scenery.origin, scenery.story.seen
    band = f"the {percent(LEVEL)} predictive band" if scenery.story.predicts else f"the {percent(LEVEL)} credible band"
    return Slice(
        text="Where the futures come from",
        presented=False,
        data=(seen.x, seen.y),
        places=seen.places,
        band=seen.band,
        at=seen.at,
        dots=counted.dots,
        x=across,
        y=up,
        hint=f"● data · {band} · the futures are its slice at {seen.at:,.6g}",
        alt=f"{len(seen.y)} data under {band}; the futures are its slice at {seen.at:,.6g}.",
    )


def stage(scenery: Scenery, acts: tuple[tuple[str, str], ...] | None = None, up: Up = TIMES) -> dict[str, object]:
    """Return the stage of dots; `acts` are the curves' names, where they are not the scene's own."""
    story, reach = scenery.story, scenery.reach
    texts = readouts.amount(np.array(reach.marks), max(0, *map(_decimals, reach.marks)))
    axis = Axis(reach.low, reach.high, reach.marks, texts, *scenery.titles)
    many = {20: "twenty", 50: "fifty"}[scenery.count]
    names = tuple((ACT_NAMES[act], ACT_SHORT[act]) for act in story.acts) if acts is None else acts
    return dots_stage(axis, "action", story.sides, f"{many} equally likely {story.many}", names, up)


def _decimals(mark: float) -> int:
    return len(f"{mark:.10g}".partition(".")[2])


def beside(*columns: np.ndarray) -> np.ndarray:
    """Return columns (V,) or (1,) side by side, (V, n)."""
    return np.stack(np.broadcast_arrays(*(np.atleast_1d(column) for column in columns)), axis=-1)
