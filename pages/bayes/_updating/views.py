"""What is seen of a belief that data update: five ways of looking, and the panels that all of them share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bayes_core.checks import FloatArray
from bayes_core.figures import updating as figures
from bayes_core.figures.panels import Grid, Panel, Prose, Texts
from bayes_core.figures.picture import Label
from bayes_core.figures.view import View
from bayes_core.foundations.conjugate.belief import Belief, Seen
from bayes_core.foundations.conjugate.densities import heights, likelihood_heights, predictive, rises
from bayes_core.foundations.conjugate.interval import Region
from bayes_core.foundations.conjugate.paths import powers_reached, pull
from bayes_core.numerics.rounding import ticks
from bayes_core.summaries.summary import percent
from pages._ui.words import coloured_slots

from .readouts import ahead, ends_words, next_called, told, worth_words, worths
from .scenes import Story


@dataclass(frozen=True, eq=False)
class Drawn:
    """A figure with the numbers that move it, the names over its curves, and what is to be said of it."""

    figure: dict[str, Any]
    numbers: Mapping[str, FloatArray]
    labels: tuple[Label, ...]
    words: Mapping[str, Texts] = field(default_factory=dict)


def _named(name: str, text: str, concept: str, gloss: str = "") -> Label:
    return Label(name, text, gloss, concept, ((name, "peak"),))


def _truth(truth: float | None, low: float, high: float) -> tuple[Label, ...]:
    return (_named("truth", "truth", "truth"),) if truth is not None and low <= truth <= high else ()


def belief(
    prior: Belief, after: Belief, seen: Seen, shaded: Region, axis: tuple[float, float], title: str,
    truth: float | None, said: str,
) -> Drawn:  # fmt: skip
    """Return prior, likelihood and posterior; `said` tells what is shaded."""
    low, high = axis
    drawn = heights({"prior": prior, "posterior": after}, low, high)
    likelihood = likelihood_heights(prior, seen, drawn["posterior"].x)
    labels = (
        _named("posterior", "posterior", "posterior", said),
        _named("likelihood", "likelihood", "likelihood", "the data alone, scaled"),
        _named("prior", "prior", "prior"),
    )
    return Drawn(
        figures.belief_figure(low, high, ticks(low, high), title, truth),
        figures.belief_numbers(
            drawn["prior"],
            drawn["posterior"],
            likelihood,
            shaded,
            {"prior": rises(prior, low, high), "posterior": rises(after, low, high)},
        ),
        labels + _truth(truth, low, high),
    )


_WHOSE = {
    "yours": "your posterior",
    "sceptic": "the sceptic’s",
    "enthusiast": "the enthusiast’s",
    "flat": "the flat prior’s",
    "vague": "the vague prior’s",
}


def rivals(posteriors: Mapping[str, Belief], axis: tuple[float, float], title: str, truth: float | None) -> Drawn:
    """Return the posteriors of several priors."""
    low, high = axis
    labels = tuple(_named(name, _WHOSE.get(name, name), "posterior") for name in posteriors)
    return Drawn(
        figures.rival_figure(list(posteriors), low, high, ticks(low, high), title, truth),
        figures.rival_numbers(
            heights(posteriors, low, high), {name: rises(some, low, high) for name, some in posteriors.items()}
        ),
        labels + _truth(truth, low, high),
    )


def predict(prior: Belief, after: Belief, at: FloatArray, flips: int, story: Story) -> Drawn:
    """Return what comes next, before and after the data, at values (M,)."""
    before, later = (predictive(some, at, flips) for some in (prior, after))
    heads = f"{story.sides[0]} among the next {flips} {story.many}"
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


def _far(at: FloatArray) -> bool:
    """Return whether data reach so far that their first ones need a logarithmic axis."""
    return float(at[-1]) >= _FAR


def _seen(story: Story, at: FloatArray) -> str:
    return f"{story.many} seen{' (logarithmic)' if _far(at) else ''}"


_FAR = 1000
_LINES = {"yours": ("posterior", 2.6, "solid"), "sceptic": ("posterior", 1.6, "dashed")}
_LINES |= {"enthusiast": ("posterior", 1.6, "short")}


def evidence(
    paths: Mapping[str, FloatArray], home: Mapping[str, FloatArray], at: FloatArray, seen: Seen, story: Story
) -> Drawn:
    """Return how the evidence of every prior grows over the plain one's; `home` are the paths that set the axis."""
    top = powers_reached(home)
    shown = {name: path for name, path in paths.items() if name != story.plain}  # its own is zero: the axis itself
    lines = [(name, *_LINES[name], 1.0) for name in shown]
    names = {"yours": "your prior", "sceptic": "sceptic", "enthusiast": "enthusiast"}
    said = f"evidence, in powers of ten over the {story.plain} prior’s"
    return Drawn(
        figures.path_figure(lines, at, (-top, top), ticks(-top, top), _seen(story, at), said, 0.0, _far(at)),
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
        figures.path_figure(lines, at, axis, ticks(*axis), _seen(story, at), title, truth, _far(at)),
        figures.path_numbers(paths, at, seen.n),
        tuple(labels),
    )


def updating(
    drawn: Drawn, prior: Belief, after: Belief, seen: Seen, intervals: tuple[Region, Region], kind: str,
    story: Story, text: Mapping[str, str], strip: Texts, value: Texts, ordered: bool,
) -> View:  # fmt: skip
    """Return a way of looking with its panels; `intervals` are before and after, `kind` says what they are.

    Where it is about the order of the data (`ordered`), a panel says why that plays no part.
    """
    mean, sd = told(after)
    spread = "" if story.family == "beta" else ", ± predictive sd"
    before, before_sd = told(prior)
    first, last = ends_words(intervals[0], prior.sd), ends_words(intervals[1], after.sd)
    counted = tuple(f"{int(n):,} {story.one if n == 1 else story.many}" for n in seen.n)
    rows: dict[str, list[Texts]] = {
        "mean": [("mean",), before, mean],
        "sd": [("sd",), before_sd, sd],
        "interval": [(kind,), first, last],
        "worth": [(f"worth, in {story.many}",), worths(prior), worths(after, whole=True)],
        "next": [(f"{next_called(story)}{spread}",), ahead(prior), ahead(after)],
    }
    weights = pull(prior, seen)
    shares = tuple(f"{percent(p)} prior, {percent(d)} data" for p, d in zip(*weights, strict=True))
    log_evidence = tuple(f"{e:,.2f}".replace("-", "−") for e in prior.log_evidence(seen))
    panels: tuple[Panel, ...] = (
        Grid(text="What is believed", columns=(("", ""), ("prior", "prior"), ("posterior", "posterior")), rows=rows),
        Prose(
            text=f"Data, {story.one} by {story.one}",
            html=coloured_slots(text["data"]),
            slots={"seen": counted, "strip": strip},
        ),
        Prose(
            text="Who decides",
            html=coloured_slots(text["pull"]),
            slots={"pull": shares, "prior.worth": worth_words(prior, story)},
            presented=False,
        ),
        *((Prose(text="Why order cannot matter", html=coloured_slots(text["product"])),) * ordered),
        Prose(
            text="Evidence", html=coloured_slots(text["evidence"]), slots={"evidence": log_evidence}, presented=False
        ),
        Prose(text="What credible means", html=coloured_slots(text["credible"]), presented=False),
    )
    said = {"mean": mean, "sd": sd, "interval": last, "next": ahead(after), "next.before": ahead(prior)}
    said |= {"next.name": (next_called(story),), "share": tuple(map(percent, weights.prior))}
    return View(
        figure=drawn.figure,
        numbers=drawn.numbers,
        labels=drawn.labels,
        panels=panels,
        words={**said, **drawn.words},
        facts={"mean": after.mean, "sd": after.sd, "share": weights.prior},
        badge=("exact",),
        value=value,
        parts={"seen": "", "strip": ""},
        ghost=("posterior", "yours", "after", "order0"),  # whichever of them the view draws
    )
