"""Ways of looking at a search: one world with what each place would tell, or fifty with how fast rules learn."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.active import GRID, LEVEL, Race, Reference, Run, Standing, foreseen
from bayes_core.figures import active as figures
from bayes_core.figures.panels import Grid, Panel, Prose, Row, Rows, Texts
from bayes_core.figures.picture import Label
from bayes_core.figures.view import View
from bayes_core.intervals import level_words
from pages._ui.words import coloured_slots

from .readouts import bits, errors, laplace, raced, said
from .scenes import Story

_X = (0.0, 2.0, 4.0, 6.0, 8.0, 10.0)
_KM = "distance along the line, km"
_STRIP = "information, bits"
_LAPLACE = Rows(
    text="Laplace beside sampling",
    rows=(
        Row("off.band", "an end of the band is off by up to"),
        Row("off.bits", "information, by up to"),
        Row("off.kept", "told at its best place, of the most"),
    ),
)
_COLUMNS = (("", ""), ("error", ""), ("learned", ""))


def one(
    story: Story,
    run: Run,
    seen: Standing,
    where: list[int],
    others: Mapping[str, tuple[str, Run]],
    beside: Reference | None,
    strategy: str,
    text: Mapping[str, str],
    value: Texts,
) -> View:
    """Return one world along a handle; `where` (V,) the reader stands, `others` are all rules in this world.

    `beside` is the posterior without Laplace, where that is what stands in the picture.
    """
    first, rows = len(story.field.start), np.arange(len(where))
    y, y_ticks, y_title = story.axis
    gain_here = seen.gain[rows, where]
    figure = figures.figure(
        GRID,
        seen.truth,
        (GRID[run.places[0, :first]], run.outcomes[0, :first]),
        GRID[run.places[0, first:-1]],
        (y, _X, y_ticks, _KM, y_title),
        (story.most, (0.0, 0.5, 1.0) if story.classes else (0.0, 1.0, 2.0, 3.0), _STRIP),
        strategy,
        classes=story.classes,
    )
    drawn = figures.numbers(seen, GRID, y, run.places[0], run.outcomes[0], first)
    drawn |= figures.edge_numbers("after", foreseen(run, seen.n.tolist(), where), y)
    drawn |= figures.edge_numbers("reference", beside.band if beside else None, y)
    drawn |= figures.spot(GRID[where], gain_here)
    words = said(story, seen, GRID[where], gain_here) | (laplace(beside, seen) if beside else {})
    facts = {"error": seen.error, "bits": seen.bits, "held": seen.held, "here.bits": gain_here}
    return View(
        figure=figure,
        numbers=drawn,
        labels=_labels(story, strategy),
        panels=_panels(story, seen, others, words, text),
        words=words,
        facts=facts,
        badge=("approximate" if story.classes else "exact",),
        value=value,
        grip={"handle": "here", "text": "here"},
        ghost=("credible",),
        parts={"next": "answer", "way": "answer", "spot": "answer"},
    )


def _labels(story: Story, strategy: str) -> tuple[Label, ...]:
    level = level_words(LEVEL)
    top = Label("predictive", f"{level} predictive", f"a new {story.one}", "aleatoric", (("predictive", "high"),), 1.5)
    after = Label("after", "once you measured", f"{level} credible", "posterior", (("after", "low"),))
    curve = "the probability" if story.classes else "the lake bed"
    sampled = Label("reference", "without Laplace", f"{level}, sampled", "reference", (("reference", "low"),))
    entropy = Label("entropy", "entropy", "how open the answer is", "aleatoric", (("entropy", "high"),))
    return (
        *(() if story.classes else (top, after)),
        Label("credible", f"{level} credible", curve, "posterior", (("credible", "high"), ("credible", "low")), 4),
        Label("truth", "truth", "hidden in real life", "truth", (("truth", "high"),)),
        *((sampled, entropy) if story.classes else ()),
        Label("way", "next", "", figures.INKS[strategy], (("way", "peak"),)),
        Label("gain", "information", f"of one {story.one}", "epistemic", (("gain", "high"),)),
    )


def _panels(
    story: Story, seen: Standing, others: Mapping[str, tuple[str, Run]], words: Mapping[str, Texts],
    text: Mapping[str, str],
) -> tuple[Panel, ...]:  # fmt: skip
    def told(path: FloatArray) -> FloatArray:
        there: FloatArray = path[0, seen.n]
        return there

    rows = {
        name: [(title,), errors(story, told(run.error)), bits(told(run.bits), 1)]
        for name, (title, run) in others.items()
    }
    ahead = (Row("next", "The rule goes to"), Row("next.bits", "which would tell"))
    mine = (Row("here", "You stand at"), Row("here.bits", "which would tell"))
    return (
        Rows(text=f"The next {story.one}", rows=ahead + mine),
        Rows(
            text="What is known",
            rows=(Row("error", "error"), Row("held", "truth inside the band"), Row("bits", "learned")),
        ),
        Grid(
            text="Other rules, same world", columns=(("", ""), ("error", ""), ("learned", "")), rows=rows, badge=False
        ),
        *((_LAPLACE,) if story.classes else ()),
        Prose(text="Error, and what is learned", html=coloured_slots(text["measures"]), presented=False),
    )


# ------------------------------------------------------------------------------------------------------- fifty worlds
def many(
    story: Story,
    told: Race,
    n: list[int],
    titles: Mapping[str, str],
    shaded: str,
    text: Mapping[str, str],
    value: Texts,
) -> View:
    """Return how far every rule comes in fifty worlds, along the number of measurements."""
    most = max(float(path.mean.max()) for path in told.bits.values())
    step = 5.0 if most > 8 else 2.0
    marks = np.arange(0.0, most + step, step)
    up = np.arange(0.0, story.worst + 0.01, 0.1 if story.classes else 0.5)
    unit = f", {story.unit}" if story.unit else " of the probability"
    figure = figures.many_figure(
        {name: path.mean for name, path in told.error.items()},
        {name: path.mean for name, path in told.bits.items()},
        (shaded, told.error[shaded].spread),
        ((0.0, story.worst), tuple(up.tolist()), f"error{unit}"),
        (float(marks[-1]), tuple(marks.tolist()), "learned, bits"),
    )
    words = raced(story, told, n)
    rows = {name: [(titles[name],), words[f"error.{name}"], words[f"bits.{name}"]] for name in told.error}
    return View(
        figure=figure,
        numbers=figures.many_numbers(
            {name: (path.mean, *path.spread) for name, path in told.error.items()}, np.array(n, np.intp)
        ),
        labels=tuple(
            Label(
                name,
                titles[name],
                "8 of 10 worlds shaded" if name == shaded else "",
                figures.INKS[name],
                ((name, "high"),),
            )
            for name in told.error
        ),
        panels=(
            Grid(text="Mean over 50 worlds", columns=_COLUMNS, rows=rows),
            Prose(
                text="Against chance",
                html=coloured_slots(text["sooner"]),
                slots={"n": words["n"], "late": words["late"]},
            ),
        ),
        words=words,
        facts={f"error.{name}": path.mean[n] for name, path in told.error.items()},
        badge=("simulated",),
        value=value,
        grip={"handle": "seen", "text": story.many},
        parts={f"{name}{trace}": "answer" for name in told.error for trace in ("", " now", " spread", " bits")},
    )
