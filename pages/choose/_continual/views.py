"""What is seen of learning in turns: the curve, or what is still known of each task, and the panels beside both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bayes_core.checks import FloatArray
from bayes_core.data.river import DAYS
from bayes_core.data.source import Source
from bayes_core.evaluation.continual import Along, Keeping, Task
from bayes_core.figures.continual import curve_figure, curve_numbers, known_figure, known_numbers
from bayes_core.figures.panels import Grid, Panel, Row, Rows, Texts
from bayes_core.figures.picture import Label, Reading
from bayes_core.figures.view import View
from bayes_core.intervals import level_words
from pages._ui.probing import TRUE, reads

from . import readouts
from .settings import LEVEL

_LEVEL = level_words(LEVEL)


@dataclass(frozen=True, eq=False)
class Scenery:
    """What is said of a scene wherever its handles stand: who learns which tasks of which source.

    A `straight` curve with all correlations kept is exact; `borders` part the stretches of the tasks, if each has one.
    """

    source: Source
    tasks: Sequence[Task]
    straight: bool
    keeps: Keeping
    borders: tuple[float, ...]

    @property
    def exact(self) -> bool:
        """Return whether nothing is lost between two tasks, as long as the old answer is trusted as Bayes does."""
        return self.straight and self.keeps == "all"


def turns(scenery: Scenery, view: str, found: Along, track: Mapping[str, FloatArray]) -> View:
    """Return what is seen along a handle: the curve, or what is still known."""
    told = readouts.told(found, track, 10 if scenery.exact else 1)
    common = {
        "words": told,
        "facts": readouts.facts(found, track),
        "panels": panels(scenery, found, track, told),
        "badge": readouts.badges(found, track, exact=scenery.exact, straight=scenery.straight),
        "value": told["value"],
    }
    if view == "known":
        return View(
            figure=known_figure(DAYS, "error on a task, m"),
            numbers=known_numbers(found.errors),
            labels=tuple(_named(k) for k in range(1, DAYS + 1)),
            grip={"handle": "seen", "text": "now"},
            **common,  # type: ignore[arg-type]
        )
    source, tasks = scenery.source, scenery.tasks
    x = source.axes.grid(found.turns.mean.shape[1])
    members = found.turns.members.shape[1]
    return View(
        figure=curve_figure(x, tasks, source.truth(x[:, None]), members, source.axes, scenery.borders),
        numbers=curve_numbers(found, tasks, track["seen"], source.axes),
        labels=_labels(scenery),
        ghost=("predictive", "credible"),
        drawn=("now", "gone"),
        probe=reads(
            source.axes,
            Reading(
                "predictive", f"a new sounding between {{low}} and {{high}} m ({_LEVEL} predictive, learnt in turns)"
            ),
            Reading("credible", f"the bed between {{low}} and {{high}} m ({_LEVEL} credible, learnt in turns)"),
            Reading("reference", f"all rows at once: {{low}} to {{high}} m ({_LEVEL} credible)"),
            TRUE,
        ),
        **common | {"words": told | readouts.names(track["seen"])},  # type: ignore[arg-type]
    )


def _named(k: int) -> Label:
    gloss = "the first one" if k == 1 else ""
    return Label(f"task {k}", f"task {k}", gloss, "posterior", ((f"task {k}", "high"),))


def _labels(scenery: Scenery) -> tuple[Label, ...]:
    both = (("credible", "high"), ("inner", "high"))
    whose = "exact" if scenery.straight else "same method"
    named = range(1, DAYS + 1) if scenery.borders else ()
    return (
        Label("predictive", f"{_LEVEL} predictive", "a new sounding", "aleatoric", (("predictive", "high"),), 1.5),
        Label("credible", f"{_LEVEL} credible", "learnt in turns", "posterior", both, 4),
        Label("inner", "50 % credible", "even odds", "posterior", (("inner", "high"), ("inner", "low")), 8),
        Label("reference", "all at once", f"{whose}, {_LEVEL}", "reference", (("reference", "low"),)),
        Label("truth", "truth", "hidden in real life", "truth", (("truth", "high"),)),
        *(Label(f"place {k}", f"task {k}", "", "muted", ((f"place {k}", "peak"),)) for k in named),
    )


def panels(
    scenery: Scenery, found: Along, track: Mapping[str, FloatArray], told: Mapping[str, Texts]
) -> tuple[Panel, ...]:
    """Return the table of errors, and in turns beside at once."""
    told_as = "ELBO" if scenery.keeps == "meanfield" else "log evidence"
    once_as = "log evidence" if scenery.straight else told_as
    return (
        Grid(
            text="What is still known",
            columns=(("after", ""), *((f"task {k}", "") for k in range(1, DAYS + 1))),
            rows=readouts.table(found.errors, track["seen"]),
            after=("table.after", (readouts.TABLE,)),
        ),
        Rows(
            text="In turns, and all at once",
            rows=(
                Row("gap", "largest gap between the means", told["gap"]),
                Row("share", "width of its band, times", told["share"]),
                Row("evidence", f"{told_as}, turn by turn", told["evidence"]),
                Row("evidence.once", f"{once_as}, at once", told["evidence.once"]),
            ),
        ),
    )
