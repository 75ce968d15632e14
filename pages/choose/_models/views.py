"""What is seen of a ladder of models: the strip, who chooses what, and the score of one told in four ways."""

from __future__ import annotations

from collections.abc import Mapping

from bayes_core.checks import FloatArray
from bayes_core.data.source import Source
from bayes_core.evaluation.complexity import TRUSTED, Judged, Ladder, Reweighted
from bayes_core.figures.ladder import drift_axis, ladder_numbers, ladder_stage, score_axis
from bayes_core.figures.panels import Grid, Texts
from bayes_core.figures.view import View
from bayes_core.intervals import level_words

from . import readouts
from .scenes import Story
from .settings import DRAWS, LEVEL

PSIS = f"PSIS-LOO, {DRAWS:,} draws"


def ladder(judged: Judged, bands: FloatArray, source: Source, story: Story, top: int, x: FloatArray) -> View:
    """Return the strip of models with its panels."""
    place = judged.ladder.sizes.index(top)
    told = readouts.told(judged, top)
    pair = judged.bayes_factor(place), *judged.ahead(place)
    axis, ranges = score_axis(judged), (story.ends, source.axes.y_range)
    numbers = ladder_numbers(judged, bands, source.axes.y_range, pair, axis)
    truth = source.truth(x[:, None])
    if truth is not None:
        numbers["truth.y"] = truth[None]
    points = list(zip(source.seen.tolist(), source.dataset.y.tolist(), strict=True))
    names = (*map(str, judged.ladder.sizes), "average")
    words = _words(len(points), story, top, truth is not None, judged.ladder)
    return View(
        stage=ladder_stage(names, points, ranges, x, (axis, drift_axis(*pair)), words),
        numbers=numbers,
        words=told,
        facts={"factor": pair[0], "gap": pair[1]},
        badge=("exact",),
        panels=(_choices(judged, told, story.point[1]), _ways(judged, place, top)),
        parts={"held_out.best": "truth"},
    )


def _words(count: int, story: Story, top: int, known: bool, of: Ladder) -> dict[str, object]:
    family, place = of.family, of.sizes.index(top)
    one, many = story.point
    first = "degree 0" if family == "polynomial" else "0 bumps"
    return {
        "first": first,
        "compared": [0, place],
        "band": [f"{level_words(LEVEL)} credible", "the mean curve"],
        "truth": ["truth", "hidden in real life"] if known else [],
        "scores": [f"log score of all {count} {many}, nats", "log score, nats"],
        "bad": f"▲ some Pareto k above {TRUSTED:g}: reweighted draws would guess",
        "fit": ["training fit", "the same data, seen"],
        "left_out": ["leave-one-out ± se", f"each {one}, unseen"],
        "held_out": [f"new {many}", "by the hidden truth"] if known else [],
        "evidence": ["log evidence", f"before any {one}"],
        "probability": ["probability", "filled: by evidence"],
        "stacked": ["stacking weight", "open: by leave-one-out"],
        "drift": f"nats for {readouts.named(top, family)} over {readouts.named(0, family)}",
        "gap": ["leave-one-out ± se", "soon settles"],
        "factor": ["log Bayes factor", f"ends at −{top} × log width"],
        "chosen": ["evidence", "leave-one-out", "both choose"],
    }


def _choices(judged: Judged, told: Mapping[str, Texts], points: str) -> Grid:
    ladder = judged.ladder
    rows: dict[str, tuple[Texts, ...]] = {
        "evidence": (
            ("log evidence",),
            told["evidence.best"],
            readouts.ahead(judged.evidence, ladder),
        ),
        "left_out": (
            ("leave-one-out",),
            told["left_out.best"],
            readouts.ahead(judged.left_out, ladder, readouts.lead_error(judged)),
        ),
        "fit": (("training fit",), told["fit.best"], readouts.ahead(judged.fit, ladder)),
    }
    if judged.held_out is not None:  # hidden with the truth, by its name
        rows["true"] = (
            (f"new {points}",),
            told["held_out.best"],
            readouts.ahead(judged.held_out, ladder),
        )
    return Grid(text="Who chooses what", columns=(("", ""), ("chooses", ""), ("by nats", "")), rows=rows)


def _ways(judged: Judged, place: int, top: int) -> Grid:
    """Return one model's score by every way of working it out, the exact one first."""
    exact = judged.left_out[place]

    def row(name: str, score: FloatArray) -> tuple[Texts, ...]:
        return (name,), readouts.nats(score), readouts.off(score - exact)

    rows: dict[str, tuple[Texts, ...]] = {
        "exact": (("leave-one-out, exact",), readouts.with_error(exact, judged.error[place]), ("",)),
        "psis": ((PSIS,), (), ()),
        "waic": row("WAIC", judged.waic[place]),
        "train": row("training fit", judged.fit[place]),
    }
    columns = (("", ""), ("nats", ""), ("off by", ""))
    name = readouts.named(top, judged.ladder.family)
    title = f"{name[0].upper()}{name[1:]}, scored in four ways"
    return Grid(text=title, columns=columns, rows=rows, badge=False, after=("psis.words", ()), under=True)


def reweighted(found: Reweighted, judged: Judged, top: int, points: str) -> View:
    """Return what follows the picture: where reweighted draws cannot be trusted, and what they say of one model."""
    place = judged.ladder.sizes.index(top)
    told = readouts.reweighted(found, judged, place, DRAWS, points)
    rows = {"psis": ((PSIS,), told["psis"], told["psis.off"])}
    table = Grid(text="", columns=(("", ""),) * 3, rows=rows, badge=False, after=("psis.words", told["psis.words"]))
    return View(numbers={"pareto": found.pareto_k.max(2).T}, panels=(table,))
