"""What the calibration page says in words: promises, what was kept, scores with their errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.calibration import PROMISED, TOLD, BandJudgement, ClassJudgement
from bayes_core.figures.panels import Texts
from bayes_core.summaries.summary import number
from bayes_core.summaries.wording import whole_percent, with_errors

from .scenes import Story

Judgement = ClassJudgement | BandJudgement
Cells = Mapping[str, Texts]


@lru_cache(maxsize=60)  # a table and a sentence say the same, and what stands beside it is told again and again
def scores(told: Judgement, story: Story) -> dict[str, tuple[str, Texts]]:
    """Return the lines of the table of scores: a name, and what is written at every position."""
    if isinstance(told, ClassJudgement):
        return {
            "ece": ("ECE", with_errors(told.ece, told.ece_error)),
            "chance": ("by chance alone", tuple(number(v, 3) for v in told.chance)),
            "brier": ("Brier score", with_errors(told.brier, told.brier_error)),
            "log": ("log score, nats", with_errors(told.log_score, told.log_score_error, 2)),
            "right": ("right", with_errors(told.right, told.right_error, 2)),
        }
    covers = {
        f"covers{100 * level:g}": (
            f"covers, of {100 * level:g} %",
            with_errors(told.told[:, k], told.told_errors[:, k], 2),
        )
        for k, level in enumerate(TOLD)
    }
    unit, places = story.unit, story.decimals
    return covers | {
        "crps": (f"CRPS, {unit}", with_errors(told.crps, told.crps_error, max(places + 1, 0))),
        "log": ("log score, nats", with_errors(told.log_score, told.log_score_error, 2)),
        "width": (f"90 % width, {unit}", tuple(number(v, places) for v in told.width)),
    }


def table(columns: Sequence[Judgement], story: Story) -> dict[str, list[Texts]]:
    """Return the rows of the table of scores, a column for each judgement; errors stand with the one that moves."""
    each = [scores(told, story) for told in columns]
    rows: dict[str, list[Texts]] = {}
    for row, (name, _) in each[0].items():
        texts = [column[row][1] for column in each]
        rows[row] = [(name,), *(told if k == 1 else _bare(told) for k, told in enumerate(texts))]
    return rows


def _bare(texts: Texts) -> Texts:
    return tuple(text.partition(" ±")[0] for text in texts)


def empty(story: Story) -> dict[str, list[Texts]]:
    """Return the rows of the table while nothing is known: their names hold their places."""
    covers = [f"covers{100 * level:g}" for level in TOLD]
    names = [*covers, "crps", "log", "width"] if story.task == "band" else ["ece", "chance", "brier", "log", "right"]
    return {name: [] for name in names}


def said(told: Judgement, story: Story) -> dict[str, Texts]:
    """Return the words by which a judgement is told in sentences."""
    promise, places = told.verdict, range(len(told.points))
    words = {
        "sign": tuple(promise.sign(v) for v in places),
        "promised": whole_percent(promise.promised),
        "kept": whole_percent(promise.kept),
        "kept.error": with_errors(100 * promise.kept, 100 * promise.error, 1),
        "cases": tuple(f"{n:,.0f} {story.one if n == 1 else story.many}" for n in told.points),
        "off": tuple(f"{n:.0f}" for n in promise.off),
        "marks": tuple(f"{n:.0f}" for n in promise.marks),
        "luck": tuple(number(v, 1) for v in promise.off_by_chance),
        "tell": tuple(_tell(promise.points(v), float(told.points[v]), story) for v in places),
        "sizes": tuple(f"{n:.0f}" for n in told.sizes),
    }
    words["gloss.own"] = tuple(_mark(told, v) for v in places)
    return words | {name: texts for name, (_, texts) in scores(told, story).items()}


def _mark(told: Judgement, v: int) -> str:
    """Return what the mark that is named at the right edge says: the last bin's, or the promised level's."""
    if isinstance(told, ClassJudgement):
        last = int(np.flatnonzero(np.isfinite(told.said[v]))[-1])
        said, happened = whole_percent(np.array([told.said[v, last], told.happened[v, last]]))
        return f"said {said}, it was {happened}"
    return f"{100 * PROMISED:.0f} % kept {whole_percent(told.verdict.kept[v : v + 1])[0]}"


def _tell(points: float, seen: float, story: Story) -> str:
    """Return how many outcomes it takes to tell, in words."""
    if np.isnan(points):
        return f"By that share alone, {seen:,.0f} {story.many} do not tell it from a forecast that keeps its word."
    one = story.one if points == 1 else story.many
    return (
        f"About {points:,.0f} {one}: in half of all tests as long as that, what is kept leaves the interval that "
        "chance allows to a forecast that keeps its word."
    )


def parted(story: Story) -> dict[str, Texts]:
    """Return how many rows are fitted, learned from and judged, and what forecasts."""
    counts = dict(zip(("fitted", "others", "judged"), story.sizes, strict=True))
    told: dict[str, Texts] = {name: (f"{count:,}",) for name, count in counts.items()}
    return told | {"many": (story.many,), "input": (story.input,)}


def facts(told: Judgement) -> dict[str, FloatArray]:
    """Return the numbers by which a sentence decides what grew."""
    promise = told.verdict
    return {"promised": promise.promised, "kept": promise.kept, "log": told.log_score}


__all__ = ["empty", "facts", "parted", "said", "scores", "table"]
