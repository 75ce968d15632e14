"""What is seen of MAP and ridge: six pictures with their labels, and the panels beside all of them."""

from __future__ import annotations

from collections.abc import Mapping

from bayes_core.checks import FloatArray
from bayes_core.data.source import Axes
from bayes_core.data.split import Split
from bayes_core.figures import penalty
from bayes_core.figures import ridge as figures
from bayes_core.figures.panels import Answer, Grid, Panel, Prose, Rows, Texts
from bayes_core.figures.picture import Label, Reading
from bayes_core.figures.view import View
from bayes_core.intervals import level_words
from bayes_core.numerics.rounding import ticks
from bayes_core.ridge.along import Along
from bayes_core.ridge.answers import Answers
from bayes_core.ridge.bias import BiasVariance
from bayes_core.ridge.bowl import Bowl, Ends
from bayes_core.ridge.errors import Errors, Evidence
from bayes_core.ridge.path import Paths
from bayes_core.ridge.problem import Family
from pages._ui.probing import TRUE, measured, reads
from pages._ui.telling import finding
from pages._ui.words import coloured_slots

from . import readouts
from .settings import LEVEL

_LEVEL = level_words(LEVEL)
_WHOLE = '<p><span data-word="{}"></span></p>'  # said as a whole: sentences without a word are left out
_PENALTY = {"normal": "λ = noise² / width²", "laplace": "t = noise² / width"}
Names = tuple[str, ...]


# --------------------------------------------------------------------------------------------- where the handles stand
def curve(
    found: Answers, split: Split, axes: Axes, grid: FloatArray, family: Family, one: str, *, sampled: bool
) -> View:  # fmt: skip
    """Return the curve over one input, with bands where the posterior is known: in closed form, or `sampled`.

    `one` is what a row is called.
    """
    truth, closed = split.world.truth(grid[:, None]) if split.world else None, family == "normal"
    figure = figures.curve_figure(
        grid,
        (split.train.x[:, 0], split.train.y + split.offset),
        truth,
        (axes.x_range, axes.y_range),
        (axes.x_ticks, axes.y_ticks),
        (axes.x_title, axes.y_title),
        None if split.world else (split.held_out.x[:, 0], split.held_out.y + split.offset),
    )
    labels = [_edge("predictive", f"{_LEVEL} predictive", "aleatoric", 1.5, f"a new {one}")] if closed else []
    if closed or sampled:
        gloss = "what MAP throws away" if closed else "sampled by NUTS"
        labels.append(_edge("credible", f"{_LEVEL} credible", "posterior", 4, gloss))
    peer = readouts.PEERS[family]
    labels.append(_edge("map", f"MAP = {peer.lower()}", "map", 0, f"dots: scikit-learn’s {peer}"))
    if truth is not None:
        labels.append(_edge("truth", "truth", "truth", 0, "hidden in real life"))
    numbers = figures.curve_numbers(found, axes.y_range, split.train.y, split.offset)
    words, parts = readouts.band_words(found), {"scikit": "answer"}
    told = _readings(axes, family, one, sampled=sampled) + ([] if truth is None else [TRUE])
    probe = reads(axes, *told)
    ghost = ("map", "credible")
    return View(
        figure=figure, numbers=numbers, labels=tuple(labels), words=words, probe=probe, ghost=ghost, parts=parts
    )  # fmt: skip


def _readings(axes: Axes, family: Family, one: str, *, sampled: bool) -> list[Reading]:
    """Return what a probe reads of the curve: MAP is a value, and the intervals are the posterior's."""
    unit, closed = measured(axes), family == "normal"
    told = [Reading("map", f"MAP’s {{y}}{unit}, which has no interval of its own")]
    if closed or sampled:
        by = "" if closed else " by NUTS"
        told.append(Reading("credible", f"the posterior’s curve between {{low}} and {{high}} ({_LEVEL} credible{by})"))
    if closed:
        told.append(Reading("predictive", f"a new {one} between {{low}} and {{high}} ({_LEVEL} predictive)"))
    return told


def weights(
    found: Answers, track: Along, names: Names, width: float, top: float, title: str, family: Family
) -> View:  # fmt: skip
    """Return every weight's mode and posterior between the ends of its prior, on an axis from -top to top.

    `width` is the prior's where the handle stands.
    """
    shown = ("1", *names[1:])
    return View(
        figure=figures.weight_figure(shown, (-top, top), ticks(-top, top), width, title),
        numbers=figures.weight_numbers(found, track.width, top, len(names)),
        words=readouts.weight_words(found, names),
        facts={"top": found.top_size},
        labels=(_edge("reach", "prior width", "prior", 0, "one sd" if family == "normal" else "its scale"),),
    )


def bowl(found: Bowl, path: FloatArray, axes: Ends, names: tuple[str, str], unit: str) -> View:
    """Return the loss as a surface over two weights, and the MAP on its path to zero."""
    x, y = axes
    titles = (f"weight of {names[0]}, {unit}", f"weight of {names[1]}, {unit}; the others held at their MAP")
    return View(
        figure=figures.bowl_figure(x, y, ticks(*x), ticks(*y), titles),
        numbers=figures.bowl_numbers(found, path, axes),
        words=readouts.pair_words(found),
        labels=(
            Label("loss", "loss = −log posterior", "0.5, 2, 4.5 above its lowest", "posterior", (("loss", "top"),)),
            Label("likelihood", "−log likelihood", "", "likelihood", (("likelihood", "top"),)),
            Label("prior", "−log prior", "", "prior", (("prior", "top"),)),
            _mark("map", "MAP", "map"),
            Label("best", "least squares", "the others held", "likelihood", (("best", "peak"),)),
        ),
    )


# ----------------------------------------------------------------------------------------------- over the penalty
def paths(
    found: Paths, at: FloatArray, penalties: FloatArray, names: Names, told: tuple[int, ...], top: float,
    family: Family,
) -> View:  # fmt: skip
    """Return every weight over the penalty, bands around those that are `told`, and where the reader is `at`."""
    banded = family == "normal"
    titles = (_PENALTY[family], "weight (its MAP)")
    labels = [Label(f"path{j}", names[j], "", "map", ((f"path{j}", "start"),)) for j in told]
    labels.append(_mark("now", "you are here", "prior"))
    if banded:
        first = f"spread{told[0]}"
        labels.append(Label(first, "", f"bands: {_LEVEL} credible", "posterior", ((first, "peak"),)))
    return View(
        figure=penalty.path_figure(penalties, len(names), told, banded, top, titles),
        numbers=penalty.upright("now", at) | penalty.path_numbers(found, top, told),
        labels=tuple(labels),
    )


def errors(
    found: Errors, evidence: Evidence, at: FloatArray, penalties: FloatArray, top: float, folds: int, title: str,
    said: Mapping[str, Texts], why: Texts,
) -> View:  # fmt: skip
    """Return training, held-out and cross-validated error over lambda beside the evidence, and `why` they differ."""
    return View(
        words=said,
        panels=(
            Rows(text="λ: validation error there", rows=readouts.error_rows(said)),
            Prose(text="Why do they differ?", html=_WHOLE.format("why"), slots={"why": why}, presented=False),
        ),
        figure=penalty.error_figure(penalties, top, (_PENALTY["normal"], title)),
        numbers=penalty.upright("now", at) | penalty.error_numbers(found, evidence, top),
        labels=(
            _edge("kept", "validation", "data", 0, "rows kept aside"),
            _edge("folds", "cross-validation", "data", 0, f"{folds} folds"),
            _edge("train", "training", "data", 0, ""),
            _edge("evidence", "log evidence", "posterior", 0, "scaled, exact"),
            _mark("now", "you", "prior"),
            _mark("cv", "CV’s λ", "data"),
            _mark("best", "evidence’s λ", "posterior"),
        ),
        parts=dict.fromkeys(("train", "folds", "kept", "cv"), "answer"),
    )


def bias(
    found: BiasVariance, at: FloatArray, penalties: FloatArray, top: float, title: str, said: Mapping[str, Texts],
    defence: Texts,
) -> View:  # fmt: skip
    """Return squared bias, variance and their sum over lambda, and what is to be said in `defence` of priors."""
    return View(
        words=said,
        panels=(Prose(text="Are priors bias?", html=_WHOLE.format("defence"), slots={"defence": defence}),),
        figure=penalty.bias_figure(penalties, top, (_PENALTY["normal"], title)),
        numbers=penalty.upright("now", at) | penalty.bias_numbers(found),
        ghost=("total",),
        labels=(
            _edge("bias", "bias²", "prior", 0, "what the prior costs"),
            _edge("total", "their sum", "data", 0, ""),
            _edge("variance", "variance", "aleatoric", 0, "what the data’s noise costs"),
            _mark("now", "you are here", "prior"),
            _mark("least", "best", "data"),
        ),
        parts=dict.fromkeys(("bias", "total", "least"), "answer"),
    )


def _edge(name: str, text: str, concept: str, bar: float, gloss: str) -> Label:
    return Label(name, text, gloss, concept, ((name, "high"),), bar)


def _mark(name: str, text: str, concept: str) -> Label:
    return Label(name, text, "", concept, ((name, "peak"),))


# ------------------------------------------------------------------------------------------------------ the panels
def panels(
    found: Answers, track: Along, family: Family, text: Mapping[str, str], middle: tuple[Panel, ...]
) -> tuple[Panel, ...]:  # fmt: skip
    """Return the penalty, how many weights count, the `middle` of the view and, for the lasso, its zeros."""
    ridge = family == "normal"
    number = Prose(
        text="One number decides",
        html=coloured_slots(text["lambda" if ridge else "threshold"]),
        slots={"lambda": readouts.penalty_words(track, family)},
    )
    effective = Answer(
        text="Effective weights" if ridge else "Weights that are not zero",
        id="effective",
        concept="map",
        value=readouts.effective_words(found, family),
        share=found.share if ridge else found.nonzero_share,
    )
    if ridge:
        credible = coloured_slots(text["credible"])
        told = Prose(text="What credible means", html=credible, slots={"level": (_LEVEL,)}, presented=False)
        return number, effective, *middle, told
    zeros = finding(text["sparse"], readouts.sparse_words(found), len(found.count))
    sparse = Prose(text="Mode against mean", html=_WHOLE.format("sparse"), slots={"sparse": zeros})
    return number, effective, *middle, sparse


def table(found: Answers, names: Names, family: Family) -> Grid:
    """Return the weights beside scikit-learn's, with their posterior."""
    peer = readouts.PEERS[family]
    return Grid(
        text="MAP beside scikit-learn, and the posterior",
        columns=(("weight", ""), ("MAP", "map"), (peer, "reference"), (_LEVEL, "posterior")),
        rows=readouts.weight_rows(found, names),
        badge=False,
        after=("gap", readouts.gap_words(found, family)),
    )
