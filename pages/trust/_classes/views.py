"""What is seen of classes: a map of probabilities with boundaries, both parts of the doubt, and votes at a ring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bayes_core.checks import FloatArray
from bayes_core.evaluation.class_map import ClassMap, ClassScore, Plane
from bayes_core.figures.class_map import ONE, class_stage, doubts, draws, tints
from bayes_core.figures.panels import Grid, Panel, Prose, Row, Rows, Texts, Votes
from bayes_core.figures.view import View
from bayes_core.types import Dataset
from pages._ui.telling import finding
from pages._ui.words import coloured_slots, filled

from .readouts import WAITING, bits, per_cent, score_cells

SURE = 0.97
VOTES = 100


@dataclass(frozen=True, eq=False)
class Found:
    """What is known along the handle, by position: maps, badges, and what was scored on fresh rows.

    `single` and `single_scores` are those of the most probable classifier.
    """

    maps: Mapping[int, ClassMap]
    badges: Mapping[int, str]
    scores: Mapping[int, ClassScore]
    single: Mapping[int, ClassMap]
    single_scores: Mapping[int, ClassScore]


def classes(
    data: Dataset, plane: Plane, ring: tuple[float, float], side: int, found: Found, value: Texts,
    text: Mapping[str, str], opening: str, about: tuple[Row, ...], who: tuple[str, str], scored: bool,
    kept: tuple[str, int] | None = None,
) -> View:  # fmt: skip
    """Return what is seen along the handle; without an answer the data only. `opening` is the template of the finding.

    `who` answers: a name, and the concept that colours it; with `scored` there is a table of fresh points, or
    of rows that were `kept`: how the page's words call them, and how many they are.
    """
    size, told = len(value), _told(found, len(value))
    panels: list[Panel] = [Votes(text="At the ring", classes=data.classes, who=who[0], concept=who[1])]
    if scored:
        panels.append(_table(found, text, size, who[0], kept))
    panels += [
        Rows(text="How it was computed", rows=about),
        Prose(text="How to read it", html=coloured_slots(text["read"]), presented=False),
    ]
    return View(
        stage=class_stage(data, plane, ring, side, who),
        numbers={**tints(found.maps, size), **doubts(found.maps, size, len(data.classes))},
        words=told,
        panels=tuple(panels),
        badge=tuple(found.badges.get(v, "") for v in range(size)),
        value=value,
        alt=_alternative(finding(opening, told, size), found.maps, value),
    )


def one_voice(maps: Mapping[int, ClassMap], size: int) -> View:
    """Return where the most probable classifier changes its mind, along the handle."""
    return View(numbers=tints(maps, size, "one", ONE))


def voices(odds: FloatArray, home: int) -> View:
    """Return the draws' log odds (S, K - 1, G) where the handle stands."""
    return View(numbers=draws(odds, home))


def _told(found: Found, size: int) -> dict[str, Texts]:
    """Return the words of every position: "" where nothing is known."""
    return {
        "loud": _at({v: per_cent(one.share_surer(SURE)) for v, one in found.single.items()}, size),
        "sure": _at({v: per_cent(one.share_surer(SURE)) for v, one in found.maps.items()}, size),
        "doubt": _at({v: bits(float(one.total.mean())) for v, one in found.maps.items()}, size),
        "mutual": _at({v: bits(float(one.mutual.mean())) for v, one in found.maps.items()}, size),
    }


def _at(known: Mapping[int, str], size: int) -> Texts:
    return tuple(known.get(v, "") for v in range(size))


def _alternative(found: Texts, maps: Mapping[int, ClassMap], value: Texts) -> Texts:
    said = tuple(found[min(v, len(found) - 1)] for v in range(len(value)))
    nothing = "Prior width {}: the answer there is " + WAITING + "."
    return tuple(said[v] if v in maps else nothing.format(value[v]) for v in range(len(value)))


def _table(
    found: Found, text: Mapping[str, str], size: int, who: str, kept: tuple[str, int] | None
) -> Grid:  # fmt: skip
    """Return how both do on fresh points; the most probable classifier stands beside nobody but itself."""
    rows = {"who": [(who,), *score_cells(found.scores, size)]}
    if who != "MAP":
        rows = {"map": [("MAP",), *score_cells(found.single_scores, size)], **rows}
    columns = (("", ""), ("right", ""), ("log score", ""))
    named, count = kept or ("", 0)
    head, after = (" ".join(f"fresh {part} {named}".split()) for part in ("", "after"))
    told = filled(text[head], {"kept": f"{count:,}"})
    return Grid(text=told, columns=columns, rows=rows, after=("grid.after", (text[after],)))
