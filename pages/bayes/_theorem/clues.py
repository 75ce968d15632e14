"""Naive Bayes on the iris data: one measurement after another multiplies in, and what happens when clues repeat."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import streamlit as st

from bayes_core.data import iris
from bayes_core.figures import bayes
from bayes_core.figures.film import Film, pack
from bayes_core.figures.frames import Frames
from bayes_core.figures.picture import Handle, Label, Picture
from bayes_core.foundations.naive_bayes import GaussianClasses, Score, held_out
from bayes_core.summaries.summary import percent
from pages._ui.handles import handle
from pages._ui.words import words

from .settings import CLUES, FIELDS, PAGE, SPECIES, ClueSettings

SHADES = (0.1, 0.36, 0.78)  # classes are no concepts: three shades of ink, in a fixed order, with their names
INKS = ("muted", "muted", "data")
_DOUBLED = CLUES.index("petal length")


@st.cache_resource
def flowers() -> tuple[GaussianClasses, np.ndarray, np.ndarray]:
    """Return what the three species look like, and the flowers themselves."""
    data = iris(CLUES)
    return GaussianClasses.of(data.x, data.y), data.x, data.y


def copies_of(count: int) -> np.ndarray:
    """Return how often each clue is counted."""
    copies = np.ones(len(CLUES))
    copies[_DOUBLED] = count
    return copies


@st.cache_data(max_entries=16, show_spinner=False)
def score(count: int | None) -> Score:
    """Return how well naive Bayes does on flowers it has not seen; None asks the model that knows correlations."""
    _, x, y = flowers()
    return held_out(x, y, None if count is None else copies_of(count))


def film(settings: ClueSettings, handle: str) -> Film:
    """Return the class probabilities after every clue, along one measurement."""
    return _film(settings.others(handle), handle)


@st.cache_data(max_entries=200, show_spinner=False)
def _film(settings: ClueSettings, handle: str) -> Film:
    classes, _, _ = flowers()
    values = settings.positions(handle)
    flower = np.array([getattr(settings, FIELDS[clue]) for clue in CLUES])
    x = np.tile(flower, (len(values), 1))
    x[:, list(FIELDS.values()).index(handle)] = values
    steps = classes.steps(x, copies_of(settings.copies))
    honest = classes.together_steps(x)
    factors = classes.relative_factors(x)
    told: dict[str, tuple[str, ...]] = {"value": tuple(f"{v:.1f} cm" for v in values), "badge": ("exact",)}
    best = steps[:, -1].argmax(1)
    told["answer"] = tuple(f"{SPECIES[k]} {percent(p)}" for k, p in zip(best, steps[:, -1].max(1), strict=True))
    for k in range(len(SPECIES)):
        told[f"naive.{k}"] = tuple(percent(p) for p in steps[:, -1, k])
        told[f"honest.{k}"] = tuple(percent(p) for p in honest[:, -1, k])
        for f, clue in enumerate(CLUES):
            told[f"grid.{clue}.{k + 1}"] = tuple(f"{v:.2g}" if v >= 1e-4 else "≈ 0" for v in factors[:, k, f])
    for clue in CLUES:
        often = f" ×{settings.copies}" if settings.copies > 1 and CLUES[_DOUBLED] == clue else ""
        told[f"grid.{clue}.0"] = (clue + often,)
    told["alt"] = tuple(
        f"After four clues naive Bayes says {a}; with correlations known the same flower is "
        f"{SPECIES[int(h.argmax())]} with {percent(h.max())}."
        for a, h in zip(told["answer"], honest[:, -1], strict=True)
    )
    numbers = bayes.clue_numbers(steps, honest) | {"naive": steps[:, -1], "honest": honest[:, -1]}
    return pack(Frames(handle, values, numbers, told))


def picture(settings: ClueSettings, state: dict[str, Any]) -> Picture:
    """Return the bars, clue after clue."""
    figure = bayes.clue_figure(CLUES, SHADES, "evidence so far")
    labels = tuple(
        Label(
            f"true{k}",
            name,
            "" if k else "wide: naive, thin: together",
            INKS[k],
            ((f"true{k}", "high"), (f"true{k}", "low")),
        )
        for k, name in enumerate(SPECIES)
    )
    bars = {"type": "bars", "names": SPECIES, "concepts": INKS, "badge": "badge"}
    panels: list[dict[str, Any]] = [
        bars | {"id": "naive", "text": "Naive Bayes"},
        bars | {"id": "honest", "text": "The same, correlations known"},
    ]
    if not state["present"]:
        columns = [["clue", ""], *[[name[:5] + ".", ""] for name in SPECIES]]
        panels.append(
            {"type": "grid", "text": "Likelihood, best class = 1", "columns": columns, "rows": list(CLUES), "badge": ""}
        )
    return Picture(figure, settings.stamp, labels, tuple(panels), **state)


def handles(settings: ClueSettings, is_locked: Callable[[str], bool]) -> tuple[Handle, ...]:
    """Return one handle per measurement."""
    text, made = words(PAGE), []
    for clue, field in FIELDS.items():
        ends = ("short", "long") if "length" in clue else ("narrow", "wide")
        sentence = text["said clue"].replace("{clue}", clue)
        made.append(handle(settings, field, (clue, ""), "data", ends, "{:.1f} cm".format, sentence, is_locked))
    return tuple(made)
