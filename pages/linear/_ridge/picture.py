"""The MAP-is-ridge page's picture: its figure, the words at its edge, the panels beside it and the handles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from bayes_core.figures import ridge as figures
from bayes_core.figures.parts import area, line
from bayes_core.figures.picture import Handle, Label, Picture
from bayes_core.intervals import level_words
from bayes_core.numerics.rounding import ticks
from pages._ui.handles import handle
from pages._ui.words import coloured_slots, words

from . import films
from .settings import PAGE, RidgeSettings

View = tuple[Any, tuple[Label, ...]]
_LEVEL = level_words(films.LEVEL)
_DASHES = ("solid", "dashed", "short", "dotted")


def _fit(settings: RidgeSettings) -> View:
    problem = settings.problem()
    x, y, _, _ = problem.rows
    assert problem.world is not None
    figure = figures.curve_figure(
        films.GRID,
        (x[:, 0], y),
        problem.world.truth(films.GRID[:, None]),
        ((0.0, 24.0), films.RANGE),
        ((0, 4, 8, 12, 16, 20, 24), (-10, -5, 0, 5, 10)),
        ("hour of the day", "degrees above the day’s mean"),
    )
    sampled = settings.family == "laplace"
    labels = [] if sampled else [_edge("predictive", f"{_LEVEL} predictive", "aleatoric", 1.5, "a new reading")]
    if not sampled or settings.sample:
        gloss = "sampled by NUTS" if sampled else "what MAP throws away"
        labels.append(_edge("credible", f"{_LEVEL} credible", "posterior", 4, gloss))
    name, peer = ("MAP = lasso", "Lasso") if sampled else ("MAP = ridge", "Ridge")
    at = (("map", "high"),)
    labels.append(Label("map", name, f"dots: scikit-learn’s {peer}", "map", at))
    labels.append(Label("truth", "truth", "hidden in real life", "truth", (("truth", "high"),)))
    return figure, tuple(labels)


def _edge(name: str, text: str, concept: str, bar: float, gloss: str) -> Label:
    return Label(name, text, gloss, concept, ((name, "high"),), bar)


def _weights(settings: RidgeSettings) -> View:
    names = ("1", *settings.problem().names(15)[1:])
    top = films.weight_range(settings)
    title = "weight, per standard deviation" if settings.spec.real else "weight, degrees"
    figure = figures.weight_figure(names, (-top, top), ticks(-top, top), settings.width, title)
    gloss = "one sd" if settings.family == "normal" else "its scale"
    return figure, (Label("reach", "prior width", gloss, "prior", (("reach", "high"),)),)


def _bowl(settings: RidgeSettings) -> View:
    x, y = films.bowl_range(settings)
    names = settings.problem().names(settings.degree)
    i, j = films.pair(settings, settings.degree)
    unit = "per sd" if settings.spec.real else "degrees"
    titles = (f"weight of {names[i]}, {unit}", f"weight of {names[j]}, {unit}; the others held at their MAP")
    figure = figures.bowl_figure(x, y, ticks(*x), ticks(*y), titles)
    return figure, (
        Label("loss", "loss = −log posterior", "0.5, 2, 4.5 above its lowest", "posterior", (("loss", "top"),)),
        Label("likelihood", "−log likelihood", "", "likelihood", (("likelihood", "top"),)),
        Label("prior", "−log prior", "", "prior", (("prior", "top"),)),
        Label("map", "MAP", "", "map", (("map", "peak"),)),
        Label("best", "least squares", "", "likelihood", (("best", "peak"),)),
    )


def _paths(settings: RidgeSettings) -> View:
    at, top = films.penalties(settings), films.weight_range(settings)
    names = settings.problem().names(15)
    shown = films.path_shown(settings)
    around = np.concatenate([at, at[::-1]])
    curves = []
    if settings.family == "normal":
        curves = [area(f"spread{j}", around, np.full(len(around), np.nan), "posterior", 0.13, 0.0) for j in shown]
    nothing = np.full(len(at), np.nan)
    for j in range(len(names)):
        look = (2.0, "solid", 1.0) if j in shown else (1.0, _DASHES[j % 4], 0.5)
        curves.append(line(f"path{j}", at, nothing, "map", *look))
    ends = films.penalty_range(settings)
    marks = [("now", "prior", "dashed")]
    figure = figures.over_penalty(curves, marks, ends, (-top, top), ticks(-top, top), "weight (its MAP)")
    _name_axis(figure, settings)
    labels = [Label(f"path{j}", names[j], "", "map", ((f"path{j}", "start"),)) for j in shown]
    labels.append(Label("now", "you are here", "", "prior", (("now", "peak"),)))
    if settings.family == "normal":
        first = f"spread{shown[0]}"
        labels.append(Label(first, "", f"bands: {_LEVEL} credible", "posterior", ((first, "peak"),)))
    return figure, tuple(labels)


def _name_axis(figure: Any, settings: RidgeSettings) -> None:
    if settings.family == "laplace":
        figure["layout"]["xaxis"]["title"]["text"] = "t = noise² / width"


def _error(settings: RidgeSettings) -> View:
    at, top = films.penalties(settings), films.error_top(settings)
    nothing = np.full(len(at), np.nan)
    curves = [
        line("evidence", at, nothing, "posterior", 2.2),
        line("train", at, nothing, "data", 1.5, "dotted"),
        line("folds", at, nothing, "data", 1.5, "short"),
        line("kept", at, nothing, "data", 2.2),
    ]
    marks = [("now", "prior", "dashed"), ("cv", "data", "short"), ("best", "posterior", "dashed")]
    ends = films.penalty_range(settings)
    title = "root mean squared error" + ("" if settings.spec.real else ", degrees")
    figure = figures.over_penalty(curves, marks, ends, (0, top), ticks(0, top), title)
    return figure, (
        Label("kept", "validation", "rows kept aside", "data", (("kept", "high"),)),
        Label("folds", "cross-validation", f"{films.FOLDS} folds", "data", (("folds", "high"),)),
        Label("train", "training", "", "data", (("train", "high"),)),
        Label("evidence", "log evidence", "scaled, exact", "posterior", (("evidence", "high"),)),
        Label("now", "you", "", "prior", (("now", "peak"),)),
        Label("cv", "CV’s λ", "", "data", (("cv", "peak"),)),
        Label("best", "evidence’s λ", "", "posterior", (("best", "peak"),)),
    )


def _bias(settings: RidgeSettings) -> View:
    at = films.penalties(settings)
    nothing = np.full(len(at), np.nan)
    bias, variance = films.bias_curves(settings, settings.degree)
    top = 1.1 * float(max(bias.max(), (bias + variance).min() * 4))
    curves = [
        line("variance", at, nothing, "aleatoric", 2, "solid"),
        line("bias", at, nothing, "prior", 2, "short"),
        line("total", at, nothing, "data", 2.6),
    ]
    marks = [("now", "posterior", "dashed"), ("least", "data", "short")]
    figure = figures.over_penalty(
        curves, marks, films.penalty_range(settings), (0, top), ticks(0, top), "expected squared error, degrees²"
    )
    return figure, (
        Label("bias", "bias²", "what the prior costs", "prior", (("bias", "high"),)),
        Label("total", "their sum", "", "data", (("total", "high"),)),
        Label("variance", "variance", "what the noise costs", "aleatoric", (("variance", "high"),)),
        Label("now", "you are here", "", "posterior", (("now", "peak"),)),
        Label("least", "best", "", "data", (("least", "peak"),)),
    )


_VIEWS = {"fit": _fit, "weights": _weights, "bowl": _bowl, "paths": _paths, "error": _error, "bias": _bias}


def picture(settings: RidgeSettings, state: dict[str, Any]) -> Picture:
    """Return the picture of these settings."""
    figure, labels = _VIEWS[settings.view](settings)
    return Picture(figure, settings.stamp, labels, _panels(settings, state["present"]), **state)


def _panels(settings: RidgeSettings, present: bool) -> tuple[dict[str, Any], ...]:
    text = words(PAGE)
    ridge = settings.family == "normal"
    number, peer = ("lambda", "Ridge") if ridge else ("threshold", "Lasso")
    panels: list[dict[str, Any]] = [
        {"type": "prose", "text": "One number decides", "html": coloured_slots(text[number])},
        {
            "type": "answer",
            "id": "effective",
            "badge": "badge",
            "concept": "map",
            "text": "Effective weights" if ridge else "Weights that are not zero",
        },
    ]
    if settings.view == "error":
        rows = [["your λ", "now.words"], ["cross-validated λ", "cv.words"], ["evidence’s λ", "best.words"]]
        panels.append({"type": "rows", "text": "λ: validation error there", "badge": "badge", "rows": rows})
    elif settings.view == "bias":
        panels.append({"type": "prose", "text": "Are priors bias?", "html": coloured_slots(text["priors"])})
    else:
        last = films.MOST if not settings.spec.real else 11
        rows = [str(j) for j in range(6 if present else last)]
        columns = [["weight", ""], ["MAP", "map"], [peer, "reference"], [_LEVEL, "posterior"]]
        title = "MAP beside scikit-learn, and the posterior"
        panels.append({"type": "grid", "text": title, "columns": columns, "rows": rows, "badge": "", "after": "gap"})
    if not ridge:
        panels.append({"type": "prose", "text": "Mode against mean", "html": coloured_slots(text["sparse"])})
    return tuple(panels)


def handles(settings: RidgeSettings, is_locked: Callable[[str], bool]) -> tuple[Handle, ...]:
    """Return the handles with their words."""
    text, made = words(PAGE), []
    looks = {
        "width": (("prior width", ""), "prior", ("stubborn", "open-minded")),
        "noise": (("noise", " you assume"), "aleatoric", ("exact data", "noisy data")),
        "degree": (("degree", ""), "data", ("a line", "a wriggle")),
    }
    symbol = "λ" if settings.family == "normal" else "t"
    for name in settings.handles:
        label, concept, ends = looks[name]
        sentence = text[f"said {name}"].replace("{symbol}", symbol)
        made.append(handle(settings, name, label, concept, ends, _position, sentence, is_locked))
    return tuple(made)


def _position(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"
