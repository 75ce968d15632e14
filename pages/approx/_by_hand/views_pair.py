"""What is seen of a q for two weights: its ellipses over the posterior’s, and what families and the line make of it."""

from __future__ import annotations

from collections.abc import Mapping

from bayes_core.approximation import FAMILIES
from bayes_core.approximation import Landscape as Land
from bayes_core.approximation.two_dimensions import OUTLINES, REACH, Pairwise, frozen_pairs, size
from bayes_core.data.source import Scale
from bayes_core.figures.landscape_panels import Landscape
from bayes_core.figures.panels import Grid, Panel, Row, Rows, Texts
from bayes_core.figures.tilt import tilt_stage
from bayes_core.figures.view import View

from . import readouts
from .scenes import Pair
from .views import lines, nats_of

NOISE = frozen_pairs()
MANY = 1000


def pair(found: Pairwise, land: Land, story: Pair, origin: str) -> View:
    """Return what is seen of q."""
    words = readouts.told_pair(found, story)
    outer, inner = (found.outlines(level) for level in OUTLINES)
    family = FAMILIES[found.family]
    tilt = "no tilt" if found.family == "meanfield" else "free to tilt"
    names = {"q": ("q, 90 and 50 %", f"{family}: {tilt}"), "p": ("exact posterior p", "90 and 50 %")}
    return View(
        stage=tilt_stage(story.x, story.y[origin], {"wide": "wide", "tall": "tall"}, names, REACH),
        numbers={
            "q90": outer[0],
            "q50": inner[0],
            "p90": outer[1],
            "p50": inner[1],
            "dots": found.drawn(NOISE),
            "grips": found.grips,
            "bar": found.reverse[:, None],
        },
        words=words,
        facts={"kl": found.reverse, "elbo": found.elbo, "forward": found.forward},
        badge=("exact",),
        panels=panels(found, land, story, words),
    )


def panels(found: Pairwise, land: Land, story: Pair, words: Mapping[str, Texts]) -> tuple[Panel, ...]:
    """Return how far q is, what it does to the line, what each family can reach, and the map of both widths."""
    first, last = story.nights
    rows = (
        Row("row.reverse", "reverse, KL(q‖p)", nats_of(words["kl"])),
        Row("row.forward", "forward, KL(p‖q)", nats_of(words["forward"])),
        Row("line.first", f"the line at {first:g} nights is as wide", words["line.first"]),
        Row("line.last", f"the line at {last:g} nights is as wide", words["line.last"]),
    )
    families = {
        name: ((title,), words[f"best.{name}"], words[f"best.{name}.slope"], (f"{size(name, MANY):,}",))
        for name, title in FAMILIES.items()
    }
    columns = (("best of", ""), ("KL", ""), ("slope", ""), (f"numbers, {MANY:,} weights", ""))
    made: tuple[Panel, ...] = (
        Rows(text="How far is q from p?", rows=rows),
        Grid(text="What each family can reach", columns=columns, rows=families),
    )
    if found.family != "meanfield":
        return made
    best = found.line.best_sd("meanfield")
    x, y = (
        Scale(float(v[0]), float(v[-1]), marks)
        for v, marks in ((land.means, (1.0, 2.0, 3.0)), (land.widths, (2.0, 4.0, 8.0)))
    )
    where = Landscape(
        text="Every pair of widths, by reverse KL",
        x=("width, slope", x),
        y=("width, intercept, log scale", y),
        lines=lines(land),
        best=[(float(best[0]), float(best[1]))],
        here=found.sd,
        hint="+ the best without a tilt",
        alt=tuple(f"Map of both widths; here {text} nats are missing." for text in words["kl"]),
    )
    return (made[0], where, made[1])
