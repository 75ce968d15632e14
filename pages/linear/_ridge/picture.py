"""The MAP-is-ridge page's picture: its figure, the words at its edge, the panels beside it and the handles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bayes_core.figures import penalty
from bayes_core.figures import ridge as figures
from bayes_core.figures.picture import Handle, Label, Picture
from bayes_core.intervals import level_words
from bayes_core.numerics.rounding import ticks
from pages._ui.handles import handle
from pages._ui.words import coloured_slots, words

from . import films
from .settings import PAGE, RidgeSettings

View = tuple[Any, tuple[Label, ...]]
_LEVEL = level_words(films.LEVEL)
_PENALTY = "λ = noise² / width²"


def _fit(settings: RidgeSettings) -> View:
    split = settings.problem().split
    assert split.world is not None
    figure = figures.curve_figure(
        films.GRID,
        (split.train.x[:, 0], split.train.y),
        split.world.truth(films.GRID[:, None]),
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
    names, top = ("1", *films.weight_names(settings)[1:]), films.weight_top(settings)
    title = "weight, per standard deviation" if settings.spec.real else "weight, degrees"
    figure = figures.weight_figure(names, (-top, top), ticks(-top, top), settings.width, title)
    gloss = "one sd" if settings.family == "normal" else "its scale"
    return figure, (Label("reach", "prior width", gloss, "prior", (("reach", "high"),)),)


def _bowl(settings: RidgeSettings) -> View:
    x, y = films.bowl_range(settings)
    names = settings.problem().names(settings.degree)
    i, j = films.pair(settings)
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
    names, shown = films.weight_names(settings), films.PATHS_TOLD[settings.spec.real]
    banded, top = settings.family == "normal", films.weight_top(settings)
    titles = (_PENALTY if banded else "t = noise² / width", "weight (its MAP)")
    figure = penalty.path_figure(films.penalties(settings), len(names), shown, banded, top, titles)
    labels = [Label(f"path{j}", names[j], "", "map", ((f"path{j}", "start"),)) for j in shown]
    labels.append(Label("now", "you are here", "", "prior", (("now", "peak"),)))
    if banded:
        first = f"spread{shown[0]}"
        labels.append(Label(first, "", f"bands: {_LEVEL} credible", "posterior", ((first, "peak"),)))
    return figure, tuple(labels)


def _error(settings: RidgeSettings) -> View:
    top = films.errors(settings, settings.degree).top
    title = "root mean squared error" + ("" if settings.spec.real else ", degrees")
    figure = penalty.error_figure(films.penalties(settings), top, (_PENALTY, title))
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
    top = films.bias_here(settings).top
    titles = (_PENALTY, "expected squared error, degrees²")
    figure = penalty.bias_figure(films.penalties(settings), top, titles)
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
