"""The updating page's picture: its figure, the names over its curves, the panels beside it, the handles under it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from bayes_core.figures import updating as figures
from bayes_core.figures.picture import Handle, Label, Picture
from bayes_core.intervals import level_words
from bayes_core.numerics.rounding import ticks
from pages._ui.handles import handle
from pages._ui.words import coloured_slots, words

from . import films
from .settings import HOWS, NEXT_FLIPS, PAGE, UpdatingSettings


def _named(name: str, text: str, concept: str, gloss: str = "") -> Label:
    return Label(name, text, gloss, concept, ((name, "peak"),))


def _belief(settings: UpdatingSettings) -> tuple[Any, tuple[Label, ...]]:
    low, high = films.axis(settings)
    figure = figures.belief_figure(low, high, ticks(low, high), settings.spec.parameter, settings.truth)
    shaded = f"{level_words(settings.level)} credible, {HOWS[settings.how]}"
    labels = [
        _named("posterior", "posterior", "posterior", shaded),
        _named("likelihood", "likelihood, scaled", "likelihood"),
        _named("prior", "prior", "prior"),
    ]
    if settings.truth is not None and low <= settings.truth <= high:
        labels.append(_named("truth", "truth", "truth"))
    return figure, tuple(labels)


def _rivals(settings: UpdatingSettings) -> tuple[Any, tuple[Label, ...]]:
    low, high = films.axis(settings)
    names = ["yours", *settings.spec.rivals]
    marks = ticks(low, high)
    figure = figures.rival_figure(names, low, high, marks, settings.spec.parameter, settings.truth)
    said = {
        "yours": "your posterior",
        "sceptic": "the sceptic’s",
        "enthusiast": "the enthusiast’s",
        "flat": "flat prior’s",
    }
    labels = [_named(name, said.get(name, name), "posterior") for name in names]
    if settings.truth is not None and low <= settings.truth <= high:
        labels.append(_named("truth", "truth", "truth"))
    return figure, tuple(labels)


def _predict(settings: UpdatingSettings) -> tuple[Any, tuple[Label, ...]]:
    s, at = settings.spec, films.next_values(settings)
    title = {
        "beta": f"heads in the next {NEXT_FLIPS} {s.many}",
        "gamma": f"next {s.one}",
        "normal": f"next {s.one}, kg",
    }
    if s.one == "voter":
        title["beta"] = f"yes among the next {NEXT_FLIPS} voters"
    marks = ticks(float(at[0]), float(at[-1]))
    figure = figures.prediction_figure(at, marks, title[s.family], s.family != "normal")
    return figure, (
        _named("after", "posterior predictive", "aleatoric", "after the data"),
        _named("before", "prior predictive", "prior", "before them"),
    )


def _evidence(settings: UpdatingSettings) -> tuple[Any, tuple[Label, ...]]:
    paths = films.evidence(settings, settings.prior())
    top = figures.reach_of(paths)
    looks = {"yours": ("posterior", 2.6, "solid"), "sceptic": ("posterior", 1.6, "dashed")}
    looks |= {"enthusiast": ("posterior", 1.6, "short"), "flat": ("posterior", 1.6, "dotted")}
    lines = [(name, *looks[name], 1.0) for name in paths if name != "flat"]
    at = films.path_places(settings)
    marks = ticks(-top, top)
    said = "evidence, in powers of ten over the flat prior’s"
    figure = figures.path_figure(lines, at, (-top, top), marks, f"{settings.spec.many} seen", said, 0.0)
    names = {"yours": "your prior", "sceptic": "sceptic", "enthusiast": "enthusiast"}
    return figure, tuple(Label(n, names[n], "", "posterior", ((n, "end"),)) for n, *_ in lines)


def _order(settings: UpdatingSettings) -> tuple[Any, tuple[Label, ...]]:
    low, high = films.axis(settings)
    lines = [(f"order{k}", "posterior", 1.2, "solid", 0.45) for k in range(1, films.SHUFFLES + 1)]
    lines.append(("order0", "posterior", 2.6, "solid", 1.0))
    title = f"posterior mean of the {settings.spec.parameter}"
    at = films.path_places(settings)
    figure = figures.path_figure(
        lines, at, (low, high), ticks(low, high), f"{settings.spec.many} seen", title, settings.truth
    )
    labels = [Label("order0", "as it came", "", "posterior", (("order0", "end"),))]
    if settings.truth is not None:
        labels.append(Label("level", "truth", "", "truth", (("level", "peak"),)))
    return figure, tuple(labels)


_VIEWS = {"belief": _belief, "rivals": _rivals, "predict": _predict, "evidence": _evidence, "order": _order}


def picture(settings: UpdatingSettings, state: dict[str, Any]) -> Picture:
    """Return the picture of these settings."""
    figure, labels = _VIEWS[settings.view](settings)
    columns = [["", ""], ["prior", "prior"], ["posterior", "posterior"]]
    text = words(PAGE)
    panels: list[dict[str, Any]] = [
        {"type": "grid", "text": "What is believed", "columns": columns, "rows": list(films.ROWS), "badge": "badge"},
        {
            "type": "prose",
            "text": f"Data, {settings.spec.one} by {settings.spec.one}",
            "html": coloured_slots(text["data"]),
        },
    ]
    if not state["present"]:
        panels.append({"type": "prose", "text": "Who decides", "html": coloured_slots(text["pull"])})
        panels.append({"type": "prose", "text": "Evidence", "html": coloured_slots(text["evidence"])})
    return Picture(figure, settings.stamp, labels, tuple(panels), **state)


def handles(settings: UpdatingSettings, is_locked: Callable[[str], bool]) -> tuple[Handle, ...]:
    """Return the two handles of the prior, and the one that walks through the data."""
    text, s, made = words(PAGE), settings.spec, []
    looks = {
        "centre": (("prior mean", ""), "prior", ("low", "high")),
        "worth": (("prior worth", f", in {s.many}"), "prior", ("open-minded", "stubborn")),
        "seen": (("data seen", ""), "likelihood", ("none", "all")),
    }
    for name in settings.handles:
        label, concept, ends = looks[name]
        unit = f" {s.unit}" if s.unit and name == "centre" else ""
        shown = "{:,.0f}".format if name == "seen" else partial(_position, unit=unit)
        sentence = text[f"said {name}"].replace("{many}", s.many)
        made.append(handle(settings, name, label, concept, ends, shown, sentence, is_locked, name == "seen"))
    return tuple(made)


def _position(value: float, unit: str) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}{unit}"
