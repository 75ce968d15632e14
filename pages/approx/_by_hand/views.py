"""What is seen of a q under the hand: a stage of bells and evidence, and how far q is from p beside it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from bayes_core.approximation import Landscape as Land
from bayes_core.approximation.along import Followed, frozen
from bayes_core.data.source import Scale
from bayes_core.figures.bells import bells_stage
from bayes_core.figures.landscape_panels import Landscape
from bayes_core.figures.panels import Answer, Panel, Row, Rows, Texts
from bayes_core.figures.view import View
from bayes_core.numerics.contours import contours

from . import readouts
from .scenes import Hand

_WIDTHS = tuple(float(f"{k}e{e}") for e in range(-6, 2) for k in (1, 2, 5))
_PLACES = 161
_LEVELS = (0.03, 0.06, 0.1, 0.25, 0.5, 0.75, 0.9, 1.05, 1.3, 2.0, 4.0, 8.0, 16.0)
NOISE = frozen()


def hand(found: Followed, land: Land, story: Hand) -> View:
    """Return what is seen of q after some steps of Adam from where it began."""
    at = np.linspace(*story.axes.x, _PLACES)
    words = readouts.told(found, story)
    numbers = {
        "q": found.curves(at),
        "p": found.exact.density_at(at)[None],
        "start": np.where(found.step[:, None] > 0, found.first_curves(at), np.nan),
        "draws": found.draws(NOISE),
        "here": found.now,
        "grips": found.grips,
        "bar": found.reverse[:, None],
    }
    return View(
        stage=stage(story, found, at),
        numbers=numbers,
        words=words,
        facts={"kl": found.reverse, "elbo": found.elbo, "forward": found.forward, "held": found.held},
        badge=("exact",),
        panels=panels(found, land, story, words),
    )


def stage(story: Hand, found: Followed, at: np.ndarray) -> dict[str, object]:
    """Return what stays of the stage."""
    heights = found.exact.density_at(np.array(story.peaks))
    names = {
        "p": ("exact posterior p", "exact p"),
        "gloss": (story.gloss, ""),
        "noise": (f"{len(NOISE)} fixed random numbers ε", "fixed ε"),
        "draws": ("draw of q = mean + width × ε", ""),
    }
    peaks = list(zip(story.peaks, heights.tolist(), strict=True))
    return bells_stage(story.axes, at, {"mean": "mean", "width": "width"}, names, peaks, story.seen, NOISE)


def panels(found: Followed, land: Land, story: Hand, words: Mapping[str, Texts]) -> tuple[Panel, ...]:
    """Return what stands beside the picture: both divergences, the map of all q, and an interval's promise."""
    rows = (
        Row("row.reverse", "reverse, KL(q‖p)", nats_of(words["kl"])),
        Row("row.forward", "forward, KL(p‖q)", nats_of(words["forward"])),
    )
    mean, width = found.trail()
    return (
        Rows(text="How far is q from p?", rows=rows),
        Landscape(
            text=f"Every q you could be, by {found.way} KL",
            x=("mean", Scale(float(land.means[0]), float(land.means[-1]), story.across)),
            y=("width, log scale", Scale(float(land.widths[0]), float(land.widths[-1]), _width_ticks(land))),
            lines=lines(land),
            best=[(one.mean, one.width) for one in found.best],
            ways={"adam": ("posterior", "solid", np.stack([mean, width], -1))},
            here=found.now[:, :2],
            hint="+ no small step is better · ○ where q began",
            alt=tuple(f"Map of all means and widths; here {text} nats are missing." for text in words["kl"]),
        ),
        Answer(
            text="What q’s 90 % interval really holds",
            id="holds",
            value=words["held"],
            sentence=words["promise"],
            share=found.held,
            promised=np.array([0.9]),
            promise="90 %",
        ),
    )


@lru_cache(maxsize=32)  # a map is the same wherever the handles stand
def lines(land: Land) -> dict[float, np.ndarray]:
    """Return the map's lines of equal height, on a scale that is logarithmic in width."""
    logs = np.log(land.widths)
    found = {level: contours(land.means, logs, land.kl, level) for level in _LEVELS}
    return {
        level: np.stack([pieces[..., 0], np.exp(pieces[..., 1])], -1) for level, pieces in found.items() if len(pieces)
    }


def nats_of(texts: Texts) -> Texts:
    """Return divergences with their unit."""
    return tuple(f"{text} nats" for text in texts)


def _width_ticks(land: Land) -> tuple[float, ...]:
    return tuple(w for w in _WIDTHS if land.widths[0] <= w <= land.widths[-1])
