"""What is seen of two noisy climbs: both q over the steps, how far each still is, and why one is rougher."""

from __future__ import annotations

import numpy as np

from bayes_core.approximation import Landscape as Land
from bayes_core.approximation.along import Both
from bayes_core.data.source import Scale
from bayes_core.figures.climbs import climbs_figure, climbs_numbers
from bayes_core.figures.landscape_panels import Landscape
from bayes_core.figures.panels import Grid, Panel
from bayes_core.figures.picture import Label
from bayes_core.figures.view import View

from . import readouts
from .scenes import Noise
from .views import lines

MOVED, WEIGHED = "reparameterised", "score function"
_SOFT = "reparam\u00adeterised"  # a phone breaks it there
_STEPS = (0.0, 60.0, 120.0, 180.0, 240.0)


def climbs(found: Both, land: Land, story: Noise) -> View:
    """Return what is seen of both climbs after some steps."""
    words = readouts.told_climbs(found)
    edges = found.edges(found.moved), found.edges(found.weighed)
    kl = found.divergence(found.moved), found.divergence(found.weighed)
    steps = np.arange(found.moved.mean.shape[1], dtype=float)
    best = found.best.mean, found.best.width
    titles = "steps of Adam", f"{story.what}, mean ± width of q", "KL(q‖p), nats"
    figure = climbs_figure(steps, best, found.best.kl, story.up, (_STEPS, story.marks), titles)
    return View(
        figure=figure,
        numbers=climbs_numbers(found.come, *edges, kl, story.up),
        words=words,
        facts={"moved.kl": _last(found, 0), "weighed.kl": _last(found, 1)},
        badge=tuple("sampled" if done else "not converged" for done in found.settled),
        labels=(
            Label("moved", _SOFT, "mean ± width", "posterior", (("moved", "last"),)),
            Label("weighed", WEIGHED, "mean ± width", "data", (("weighed", "last"),)),
            Label("best", "best q", "mean ± width, exact", "reference", (("best", "low"),)),
        ),
        panels=panels(found, land, words),
    )


def _last(found: Both, which: int) -> np.ndarray:
    now = found.now(found.moved if which == 0 else found.weighed)
    return found.exact.reverse(now[:, 0], now[:, 1])


def panels(found: Both, land: Land, words: dict[str, tuple[str, ...]]) -> tuple[Panel, ...]:
    """Return both climbs in numbers, the noise of one draw, and both ways on the map of all q."""
    return (
        Grid(
            text="Where each has come to",
            columns=(("", ""), (MOVED, "posterior"), (WEIGHED, "data")),
            rows={
                "q": (("q",), words["moved"], words["weighed"]),
                "kl": (("KL(q‖p)",), words["moved.kl"], words["weighed.kl"]),
                "sd": (("sd of one draw",), words["moved.sd"], words["weighed.sd"]),
                "noise": (("draws, same noise",), ("1",), words["noise"]),
            },
        ),
        Landscape(
            text="Both ways over every q, by reverse KL",
            x=("mean", Scale(float(land.means[0]), float(land.means[-1]), (-4.0, 0.0, 4.0, 8.0))),
            y=("width, log scale", Scale(float(land.widths[0]), float(land.widths[-1]), (0.1, 0.5, 1.0, 2.0, 4.0))),
            lines=lines(land),
            best=[(found.best.mean, found.best.width)],
            ways={
                "weighed": ("data", "dashed", found.trail(found.weighed)),
                "moved": ("posterior", "solid", found.trail(found.moved)),
            },
            here=found.now(found.moved),
            hint="+ best · dashed: score function",
            alt=tuple(
                f"Map of all means and widths: reparameterised {a} nats short, by the score function {b}."
                for a, b in zip(words["moved.kl"], words["weighed.kl"], strict=True)
            ),
        ),
    )
