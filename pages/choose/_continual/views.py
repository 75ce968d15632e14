"""What is seen of learning in turns: the curve, or what is still known of each task, and the panels beside both."""

from __future__ import annotations

from collections.abc import Mapping

from bayes_core.checks import FloatArray
from bayes_core.data.river import DAYS
from bayes_core.evaluation.continual import Along
from bayes_core.figures.continual import curve_figure, curve_numbers, known_figure, known_numbers
from bayes_core.figures.panels import Grid, Heading, Panel, Row, Rows, Texts
from bayes_core.figures.picture import Label, Reading
from bayes_core.figures.view import View
from bayes_core.intervals import level_words
from pages._ui.probing import TRUE, reads

from . import readouts
from .settings import LEVEL, TurnSettings

_LEVEL = level_words(LEVEL)


def turns(settings: TurnSettings, found: Along, track: Mapping[str, FloatArray]) -> View:
    """Return what is seen along a handle."""
    told = readouts.told(settings, found, track)
    common = {
        "words": told,
        "facts": readouts.facts(found, track),
        "panels": panels(settings, found, track, told),
        "badge": readouts.badges(settings, found, track),
        "value": told["value"],
    }
    if settings.view == "known":
        return View(
            figure=known_figure(DAYS, "error on a task, m"),
            numbers=known_numbers(found.errors),
            labels=tuple(_named(k) for k in range(1, DAYS + 1)),
            grip={"handle": "seen", "text": "now"},
            **common,  # type: ignore[arg-type]
        )
    source, plan = settings.source, settings.plan()
    x = source.axes.grid(found.turns.mean.shape[1])
    members = found.turns.members.shape[1]
    return View(
        figure=curve_figure(x, plan.tasks, source.truth(x[:, None]), members, source.axes, settings.story.borders),
        numbers=curve_numbers(found, plan.tasks, track["seen"], source.axes),
        labels=_labels(settings),
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
        **common,  # type: ignore[arg-type]
    )


def _named(k: int) -> Label:
    gloss = "the first one" if k == 1 else ""
    return Label(f"task {k}", f"task {k}", gloss, "posterior", ((f"task {k}", "end"),))


def _labels(settings: TurnSettings) -> tuple[Label, ...]:
    both = (("credible", "high"), ("inner", "high"))
    whose = "exact" if settings.story.straight else "same method"
    return (
        Label("predictive", f"{_LEVEL} predictive", "a new sounding", "aleatoric", (("predictive", "high"),), 1.5),
        Label("credible", f"{_LEVEL} credible", "learnt in turns", "posterior", both, 4),
        Label("inner", "50 % credible", "even odds", "posterior", (("inner", "high"), ("inner", "low")), 8),
        Label("reference", "all at once", f"{whose}, {_LEVEL}", "reference", (("reference", "low"),)),
        Label("truth", "truth", "hidden in real life", "truth", (("truth", "high"),)),
    )


def panels(
    settings: TurnSettings, found: Along, track: Mapping[str, FloatArray], told: Mapping[str, Texts]
) -> tuple[Panel, ...]:
    """Return the table of errors, and in turns beside at once."""
    return (
        Heading(text="What is still known"),
        Grid(
            text="",
            badge=False,
            columns=(("after", ""), *((f"task {k}", "") for k in range(1, DAYS + 1))),
            rows=readouts.table(found.errors, track["seen"]),
            after=("table.after", (readouts.TABLE,)),
        ),
        Rows(
            text="In turns, and all at once",
            rows=(
                Row("gap", "means apart by at most", told["gap"]),
                Row("share", "width of its band, times", told["share"]),
                Row("evidence", "log evidence, turn by turn", told["evidence"]),
                Row("evidence.once", "log evidence, at once", told["evidence.once"]),
            ),
        ),
    )
