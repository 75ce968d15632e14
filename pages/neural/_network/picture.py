"""The network page's picture: its figure, the words at its edge, the panels beside it, the handles under it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from bayes_core.figures import curves as figures
from bayes_core.figures.picture import Handle, Label, Picture
from bayes_core.intervals import level_words
from bayes_core.numerics.rounding import ticks
from pages._ui.handles import handle
from pages._ui.words import coloured_slots, words

from . import films
from .scenes import MEASUREMENTS
from .settings import PAGE, NetworkSettings

CONCEPT = {"prior": "prior", "map": "map"}
NOISES = {"noise": "noise σ", "noise left": "noise at the left end", "noise right": "noise at the right end"}


def picture(settings: NetworkSettings, state: dict[str, Any]) -> Picture:
    """Return the picture of these settings."""
    s, x, data = settings.spec, films.grid(settings), settings.dataset()
    approximate = settings.method not in ("hmc", "prior")
    nothing = np.full(len(x), np.nan)
    figure = figures.figure(
        x,
        (data.x[:, settings.column], data.y),
        settings.truth(x[:, None]),
        (nothing, nothing) if approximate else None,
        (s.x_range, s.y_range),
        (ticks(*s.x_range), ticks(*s.y_range)),
        (_x_title(settings), s.y_title),
        CONCEPT.get(settings.method, "posterior"),
        films.MEMBERS,
    )
    level = level_words(settings.level)
    colour = CONCEPT.get(settings.method, "posterior")
    kind = "prior" if settings.method == "prior" else "credible"
    labels = [
        Label(
            "predictive", f"{level} predictive", "a new point falls here", "aleatoric", (("predictive", "high"),), 1.5
        )
    ]
    if settings.method == "map":
        labels.append(Label("credible", "MAP", "one curve, no band", colour, (("credible", "high"),)))
    else:
        middle = (("credible", "high"), ("inner", "high"))
        labels.append(Label("credible", f"{level} {kind}", "the mean curve is here", colour, middle, 4))
        labels.append(Label("inner", f"50 % {kind}", "even odds", colour, (("inner", "high"), ("inner", "low")), 8))
    if approximate:
        gloss, at = f"{level} credible", (("reference", "low"),)
        labels.append(Label("reference", "sampled posterior", gloss, "reference", at))
    if s.world is not None:
        labels.append(Label("truth", "truth", "hidden in real life", "truth", (("truth", "high"),)))
    beyond = MEASUREMENTS[settings.along].beyond if s.sliced else s.note
    note = {"text": beyond, "from": float(data.x[:, settings.column].max())}
    walk = {"trace": "members", "count": films.MEMBERS, "concept": colour, "ms": 400, "label": "Play the draws"}
    state = state | {"note": note, "walk": None if settings.method == "map" else walk}  # a MAP is one curve
    return Picture(figure, settings.stamp, tuple(labels), _panels(settings, state["present"]), **state)


def _x_title(settings: NetworkSettings) -> str:
    """Return what the horizontal axis shows; of a slice, also where everything else stands."""
    s = settings.spec
    if not s.sliced:
        return s.x_title
    return f"{MEASUREMENTS[settings.along].title}, {s.x_title} · other four at their mean"


def _panels(settings: NetworkSettings, present: bool) -> tuple[dict[str, Any], ...]:
    colour = CONCEPT.get(settings.method, "posterior")
    rows = [["answer by", "about.method"], ["draws", "about.draws"]]
    if settings.method == "hmc":
        rows += [["largest R-hat of f and σ", "about.rhat"], ["fewest effective draws", "about.ess"]]
    rows.append(["time", "about.time"])
    sparks = [
        {"type": "spark", "id": name, "name": title, "unit": "", "concept": colour, "low": 0.0, "high": 1.4}
        | {"ticks": (0, 0.5, 1)}
        for name, title in NOISES.items()
        if name in settings.noise_places()
    ]
    slice_panel = [{"type": "prose", "text": "A slice", "html": coloured_slots(words(PAGE)["slice"])}]
    panels: list[dict[str, Any]] = [
        {"type": "heading", "text": "What the network now believes", "badge": "badge"},
        *sparks,
        {"type": "prose", "text": "How wide it opens", "html": coloured_slots(words(PAGE)["opens"])},
        *(slice_panel if settings.spec.sliced else []),
        {"type": "rows", "text": "How it was computed", "badge": "badge", "rows": rows},
    ]
    if settings.method not in ("hmc", "prior"):
        far = [
            ["distance (Wasserstein-1)", "distance.w1"],
            ["width, as a share of it", "distance.width"],
            ["over-confident on", "distance.share"],
            ["namely", "distance.where"],
        ]
        panels.append({"type": "rows", "text": "Distance to the sampled posterior", "badge": "badge", "rows": far})
    return tuple(panels)


def handles(settings: NetworkSettings, is_locked: Callable[[str], bool]) -> tuple[Handle, ...]:
    """Return the handles with their words."""
    text, made = words(PAGE), []
    looks = {
        "width": (("prior width", " of every weight"), "prior", ("stiff", "supple")),
        "noise": (("noise", " in the data"), "aleatoric", ("quiet", "loud")),
    }
    for name in settings.handles:
        label, concept, ends = looks[name]
        said = text[f"said {name}"]
        made.append(handle(settings, name, label, concept, ends, "{:.3g}".format, said, is_locked))
    return tuple(made)
