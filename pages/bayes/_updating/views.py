"""What is seen of a belief that data update: five ways of looking, and the panels that all of them share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bayes_core.checks import FloatArray
from bayes_core.figures import updating as figures
from bayes_core.figures.panels import Grid, Panel, Prose, Texts
from bayes_core.figures.picture import Label
from bayes_core.figures.view import View
from bayes_core.foundations.conjugate.belief import Belief, Seen
from bayes_core.foundations.conjugate.densities import heights, likelihood_heights, predictive
from bayes_core.foundations.conjugate.paths import powers_reached, pull
from bayes_core.numerics.rounding import ticks
from bayes_core.summaries.summary import percent
from pages._ui.words import coloured_slots

from .readouts import ahead, ends_words, next_name, told, worths
from .scenes import Story

Ends = tuple[FloatArray, FloatArray]


@dataclass(frozen=True, eq=False)
class Drawn:
    """A figure with the numbers that move it and the names over its curves."""

    figure: dict[str, Any]
    numbers: Mapping[str, FloatArray]
    labels: tuple[Label, ...]


def _named(name: str, text: str, concept: str, gloss: str = "") -> Label:
    return Label(name, text, gloss, concept, ((name, "peak"),))


def _truth(truth: float | None, low: float, high: float) -> tuple[Label, ...]:
    return (_named("truth", "truth", "truth"),) if truth is not None and low <= truth <= high else ()


def belief(
    prior: Belief, after: Belief, seen: Seen, ends: Ends, axis: tuple[float, float], title: str, truth: float | None,
    shaded: str,
) -> Drawn:  # fmt: skip
    """Return prior, likelihood and posterior; `shaded` says what the shaded interval is."""
    low, high = axis
    drawn = heights({"prior": prior, "posterior": after}, low, high)
    likelihood = likelihood_heights(prior, seen, drawn["posterior"].x)
    labels = (
        _named("posterior", "posterior", "posterior", shaded),
        _named("likelihood", "likelihood, scaled", "likelihood"),
        _named("prior", "prior", "prior"),
    )
    return Drawn(
        figures.belief_figure(low, high, ticks(low, high), title, truth),
        figures.belief_numbers(drawn["prior"], drawn["posterior"], likelihood, ends),
        labels + _truth(truth, low, high),
    )


_WHOSE = {
    "yours": "your posterior",
    "sceptic": "the sceptic’s",
    "enthusiast": "the enthusiast’s",
    "flat": "flat prior’s",
}


def rivals(posteriors: Mapping[str, Belief], axis: tuple[float, float], title: str, truth: float | None) -> Drawn:
    """Return the posteriors of several priors."""
    low, high = axis
    labels = tuple(_named(name, _WHOSE.get(name, name), "posterior") for name in posteriors)
    return Drawn(
        figures.rival_figure(list(posteriors), low, high, ticks(low, high), title, truth),
        figures.rival_numbers(heights(posteriors, low, high)),
        labels + _truth(truth, low, high),
    )


def predict(prior: Belief, after: Belief, at: FloatArray, flips: int, story: Story) -> Drawn:
    """Return what comes next, before and after the data, at values (M,)."""
    before, later = (predictive(some, at, flips) for some in (prior, after))
    heads = f"yes among the next {flips} voters" if story.one == "voter" else f"heads in the next {flips} {story.many}"
    title = {"beta": heads, "gamma": f"next {story.one}", "normal": f"next {story.one}, kg"}[story.family]
    marks = ticks(float(at[0]), float(at[-1]))
    figure = figures.prediction_figure(at, marks, title, story.family != "normal")
    there = {trace["name"] for trace in figure["data"]}  # a density has no dots
    moving = figures.prediction_numbers(before, later)
    return Drawn(
        figure,
        {name: values for name, values in moving.items() if name.rpartition(".")[0] in there},
        (
            _named("after", "posterior predictive", "aleatoric", "after the data"),
            _named("before", "prior predictive", "prior", "before them"),
        ),
    )


_LINES = {"yours": ("posterior", 2.6, "solid"), "sceptic": ("posterior", 1.6, "dashed")}
_LINES |= {"enthusiast": ("posterior", 1.6, "short")}


def evidence(
    paths: Mapping[str, FloatArray], home: Mapping[str, FloatArray], at: FloatArray, seen: Seen, many: str
) -> Drawn:
    """Return how the evidence of every prior grows over the flat one's; `home` are the paths that set the axis."""
    top = powers_reached(home)
    shown = {name: path for name, path in paths.items() if name != "flat"}  # the flat one's is zero: the axis itself
    lines = [(name, *_LINES[name], 1.0) for name in shown]
    names = {"yours": "your prior", "sceptic": "sceptic", "enthusiast": "enthusiast"}
    said = "evidence, in powers of ten over the flat prior’s"
    return Drawn(
        figures.path_figure(lines, at, (-top, top), ticks(-top, top), f"{many} seen", said, 0.0),
        figures.path_numbers(shown, at, seen.n),
        tuple(Label(n, names[n], "", "posterior", ((n, "end"),)) for n, *_ in lines),
    )


def order(
    paths: Mapping[str, FloatArray], at: FloatArray, seen: Seen, axis: tuple[float, float], story: Story,
    truth: float | None,
) -> Drawn:  # fmt: skip
    """Return the posterior mean with the data as they came ("order0"), and in other orders."""
    lines = [(name, "posterior", 1.2, "solid", 0.45) for name in paths if name != "order0"]
    lines.append(("order0", "posterior", 2.6, "solid", 1.0))
    title = f"posterior mean of the {story.parameter}"
    labels = [Label("order0", "as it came", "", "posterior", (("order0", "end"),))]
    if truth is not None:
        labels.append(Label("level", "truth", "", "truth", (("level", "peak"),)))
    return Drawn(
        figures.path_figure(lines, at, axis, ticks(*axis), f"{story.many} seen", title, truth),
        figures.path_numbers(paths, at, seen.n),
        tuple(labels),
    )


def updating(
    drawn: Drawn, prior: Belief, after: Belief, seen: Seen, intervals: tuple[Ends, Ends], kind: str, story: Story,
    text: Mapping[str, str], strip: Texts, value: Texts,
) -> View:  # fmt: skip
    """Return a way of looking with its panels; `intervals` are before and after, `kind` says what they are."""
    mean, sd = told(after)
    before, before_sd = told(prior)
    first, last = ends_words(intervals[0], prior.sd), ends_words(intervals[1], after.sd)
    counted = tuple(f"{int(n):,} {story.one if n == 1 else story.many}" for n in seen.n)
    rows: dict[str, list[Texts]] = {
        "mean": [("mean",), before, mean],
        "sd": [("sd",), before_sd, sd],
        "interval": [(kind,), first, last],
        "worth": [(f"worth, in {story.many}",), worths(prior), worths(after, whole=True)],
        "next": [(next_name(story.family, story.one),), ahead(prior), ahead(after)],
    }
    shares = tuple(f"{percent(p)} prior, {percent(d)} data" for p, d in zip(*pull(prior, seen), strict=True))
    log_evidence = tuple(f"{e:,.2f}".replace("-", "−") for e in prior.log_evidence(seen))
    panels: tuple[Panel, ...] = (
        Grid(text="What is believed", columns=(("", ""), ("prior", "prior"), ("posterior", "posterior")), rows=rows),
        Prose(
            text=f"Data, {story.one} by {story.one}",
            html=coloured_slots(text["data"]),
            slots={"seen": counted, "strip": strip},
        ),
        Prose(text="Who decides", html=coloured_slots(text["pull"]), slots={"pull": shares}, presented=False),
        Prose(
            text="Evidence", html=coloured_slots(text["evidence"]), slots={"evidence": log_evidence}, presented=False
        ),
    )
    alt = tuple(
        f"After {n} the belief about the {story.parameter} has mean {m} and sd {d}; {kind} interval {e}. Before any "
        f"data the mean was {b}."
        for n, m, d, e, b in zip(counted, mean, sd, last, before, strict=True)
    )
    return View(
        figure=drawn.figure,
        numbers=drawn.numbers,
        labels=drawn.labels,
        panels=panels,
        words={"mean": mean, "sd": sd, "next": ahead(after)},
        badge=("exact",),
        value=value,
        alt=alt,
    )
