"""What is seen of two hypotheses: a picture, and what all ways of looking have beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.figures.panels import Answer, Grid, Panel, Prose, Row, Rows, Texts
from bayes_core.figures.picture import Label
from bayes_core.figures.view import View
from bayes_core.foundations.bayes_factor.hypotheses import Compared, Hypotheses
from bayes_core.summaries.summary import percent
from pages._ui.words import coloured_slots

from . import readouts


@dataclass(frozen=True, eq=False)
class Drawn:
    """A figure with the numbers that move it, the names over its curves, and a handle that stands in it."""

    figure: dict[str, Any]
    numbers: Mapping[str, FloatArray]
    labels: tuple[Label, ...]
    grip: dict[str, str] | None = None
    ghost: tuple[str, ...] = ()


PREDICTIONS = (
    Label("null", "H₀ predicted", "", "reference", (("null", "peak"),)),
    Label("other", "H₁ predicted", "", "prior", (("other", "end"),)),
    Label("seen", "seen", "", "data", (("seen", "peak"),)),
)
HEIGHTS = (
    Label("posterior", "posterior", "", "posterior", (("posterior", "peak"),)),
    Label("prior", "H₁’s prior", "", "prior", (("prior", "start"),)),
    Label("null", "H₀", "", "reference", (("null", "peak"),)),
    Label("gap", "", "", "data", (("gap", "end"),)),
)
PATH = (Label("path", "Bayes factor", "", "posterior", (("now", "peak"),)),)
ROBUST = (
    Label("here", "your prior", "", "prior", (("here", "peak"),)),
    Label("largest", "the most", "", "data", (("largest", "peak"),)),
)


def compared(
    drawn: Drawn, found: Compared, p: FloatArray, hypotheses: Hypotheses, text: Mapping[str, str], value: Texts,
    more: Mapping[str, Texts], *, density: bool,
) -> View:  # fmt: skip
    """Return a way of looking with its panels; data have a `density` where they are no counts."""
    told = readouts.told(found, p, hypotheses)
    size = len(found.null)
    sentence = tuple(
        f"{_upper(told['strength'][v])}: with even odds before, H₀ has {told['chance'][v]} now." for v in range(size)
    )
    after = tuple(map(percent, found.other_chance.tolist()))
    gave = [readouts.gave(logs.tolist(), density=density) for logs in (found.null, found.other)]
    sides = "two-sided" if hypotheses.side == "both" else "one-sided"
    panels: tuple[Panel, ...] = (
        Answer(text="Bayes factor", value=readouts.short(found.log_bf10), sentence=sentence, share=found.chance),
        Grid(
            text="",
            badge=False,
            columns=(("", ""), ("H₀", "reference"), ("H₁", "prior")),
            rows={
                "says": (("it is",), told["null.says"], told["other.says"]),
                "gave": (("density of these data" if density else "called these data",), *gave),
                "before": (("before",), ("50 %",), ("50 %",)),
                "after": (("after",), told["chance"], after),
            },
        ),
        Rows(
            text="Beside it",
            rows=(
                Row("p", f"p-value, {sides}", told["p"]),
                Row("bf01", "BF₀₁", told["bf01"]),
                Row("bf10", "BF₁₀", told["bf10"]),
                Row("most", "BF₁₀ of the best prior", told["most"]),
            ),
        ),
        Prose(text="What p says", html=coloured_slots(text["p says"]), slots={"verdict": told["verdict"]}),
    )
    kept = {name: told[name] for name in ("odds", "strength", "level", "chance", "heights", "null.says")}
    if drawn.labels is HEIGHTS:
        kept |= {"label.gap": readouts.gaps(found), "gloss.null": readouts.held(found)}
    return View(
        figure=drawn.figure,
        numbers=drawn.numbers,
        labels=drawn.labels,
        panels=panels,
        words={**kept, **more},
        facts={"odds": found.log_bf10, "chance": found.chance},
        badge=("exact",),
        value=value,
        grip=drawn.grip,
        ghost=drawn.ghost,
        parts={"level": "answer"},
    )


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def stop_view(
    drawn: Drawn, shares: Mapping[str, FloatArray], bound: FloatArray, fair: np.ndarray, text: Mapping[str, str],
    value: Texts, level: str, demands: Texts,
) -> View:  # fmt: skip
    """Return what stopping does: the shares of worlds (V,) that said "biased" by either rule."""
    size = max(len(part) for part in (*shares.values(), bound, fair))
    told = {name: tuple(map(percent, np.broadcast_to(part, size).tolist())) for name, part in shares.items()}
    kinds = tuple("false alarms" if one else "rightly" for one in np.broadcast_to(fair, size))
    limit = tuple(map(percent, bound.tolist()))
    rows = (
        Row("by.p", f"stopped at p < {level}", told["p"]),
        Row("by.bf", "stopped at the Bayes factor", told["bf"]),
        Row("once.p", f"p < {level}, one look at the end", told["once p"]),
        Row("once.bf", "Bayes factor, one look at the end", told["once bf"]),
        Row("bound", "its bound, if the coin is fair", limit),
    )
    said = {"kind": kinds, "demand.text": demands}
    return View(
        figure=drawn.figure,
        numbers=drawn.numbers,
        labels=drawn.labels,
        panels=(
            Answer(
                text="Worlds that say “biased”",
                concept="likelihood",
                value=told["p"],
                sentence=tuple(f"by p < {level} at some look: {kind}" for kind in kinds),
                share=np.broadcast_to(shares["p"], size),
            ),
            Rows(text="By either rule", rows=rows),
            Prose(text="Why the bound holds", html=coloured_slots(text["bound"]), presented=False),
        ),
        words=said,
        facts={"by.p": np.broadcast_to(shares["p"], size), "by.bf": np.broadcast_to(shares["bf"], size)},
        badge=("exact",),
        value=value,
        ghost=drawn.ghost,
    )
