"""Two events as a picture: a unit square whose areas are probabilities, and all that follows from what is known."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import numpy as np
import streamlit as st

from bayes_core.figures.film import Film, pack
from bayes_core.figures.frames import Frames
from bayes_core.figures.picture import Handle, Picture
from bayes_core.foundations import events as bayes_rule
from bayes_core.foundations.events import Bounds, sweep_events
from bayes_core.foundations.quantities import CELLS, QUANTITIES, union
from bayes_core.foundations.quantities import words as quantity_words
from bayes_core.summaries.summary import percent
from bayes_core.summaries.wording import range_words
from pages._ui.handles import handle
from pages._ui.words import coloured_slots, words

from .settings import GIVEN, PAGE, EventSettings

CONCEPT = {"A": "prior", "B|A": "likelihood", "B|not A": "likelihood", "A|B": "posterior"}
_QUANTITY = {field: quantity for quantity, field in GIVEN.items()}


def named(settings: EventSettings, quantity: str) -> str:
    """Return a quantity with this page's events in it."""
    return quantity_words(quantity, settings.a, settings.b)


@st.cache_data(max_entries=400, show_spinner=False)
def film(settings: EventSettings, handle: str) -> Film:
    """Return everything the picture shows along one handle; impossible positions say why."""
    values = settings.positions(handle)
    moved = _QUANTITY[handle]
    known = {q: values if q == moved else np.full(len(values), v) for q, v in settings.known().items()}
    found = sweep_events(known)
    told: dict[str, tuple[str, ...]] = {"value": tuple(percent(v) for v in values), "badge": ("exact",)}
    for q in QUANTITIES:
        told[f"q.{q}"] = tuple(range_words(a, b) for a, b in zip(found.low[q], found.high[q], strict=True))
    told |= _grid(settings, told)
    told["answer"] = told["q.A|B"]
    told |= _square(settings, found, bayes_rule.allowed(moved, settings.known()), named(settings, moved))
    told["answer.words"] = told["why"]
    numbers = {"joint": found.joint, "answer.share": found.settled("A|B")[:, None]}
    return pack(Frames(handle, values, numbers, told, found.run))


def _grid(settings: EventSettings, told: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    rows: dict[str, tuple[str, ...]] = {}
    for q in QUANTITIES:
        rows[f"grid.{q}.0"] = (named(settings, q),)
        rows[f"grid.{q}.1"] = told[f"q.{q}"]
        rows[f"grid.{q}.2"] = ("given" if q in settings.quantities else "",)
    return rows


def _square(
    settings: EventSettings, found: Bounds, allowed: tuple[float, float] | None, moved: str
) -> dict[str, tuple[str, ...]]:
    """Return the words in and around the square."""
    a, b, (low, high, joint) = settings.a, settings.b, found
    room = f" {moved} must lie between {percent(allowed[0])} and {percent(allowed[1])}." if allowed else ""
    why, open_words, alt = [], [], []
    for v, fine in enumerate(found.possible):
        value = low["A|B"][v]
        if not fine:
            why.append(f"This cannot be: the inputs contradict each other.{room}")
            open_words.append("impossible: no such world")
            alt.append(why[-1])
        elif not found.determined[v]:
            span = range_words(value, high["A|B"][v])
            why.append(f"Not settled: {span} is all that can be said. One more probability would settle it.")
            open_words.append("one more probability settles this square")
            alt.append(f"{named(settings, 'A|B')} lies anywhere from {span}; the inputs leave it open.")
        else:
            why.append("" if np.isfinite(value) else f"{b} never happens here, so nothing follows from it.")
            open_words.append("")
            alt.append(
                f"A square cut by {a} and {b}: both {percent(joint[v, 0])}, only {a} {percent(joint[v, 1])}, only {b} "
                f"{percent(joint[v, 2])}, neither {percent(joint[v, 3])}. "
                + " and ".join(f"{named(settings, q)} is {range_words(low[q][v], high[q][v])}" for q in ("A|B", "B|A"))
                + "."
            )
    told = {"why": tuple(why), "open": tuple(open_words), "alt": tuple(alt)}
    cells = (f"{a} and {b}", f"{a}, no {b}", f"{b}, no {a}", "neither")
    for k, cell in enumerate(CELLS):
        told[f"cell.{cell}"] = (cells[k],)
        told[f"cell.{cell}.share"] = tuple(percent(p) for p in joint[:, k])
    told["top.A"] = tuple(f"{a} {percent(p)}" for p in union(joint, "both", "only"))
    told["top.notA"] = tuple(f"no {a} {percent(p)}" for p in union(joint, "other", "neither"))
    sides = (
        ("A", a, b, "B|A"),
        ("B", b, a, "A|B"),
        ("notA", f"no {a}", b, "B|not A"),
        ("notB", f"no {b}", a, "A|not B"),
    )
    for side, whole, part, q in sides:
        told[f"bar.{side}"] = tuple(
            f"of all {whole}: {range_words(x, y)} with {part}" for x, y in zip(low[q], high[q], strict=True)
        )
    return told


def picture(settings: EventSettings, state: dict[str, Any]) -> Picture:
    """Return the square with its panels."""
    panels: list[dict[str, Any]] = [
        {
            "type": "answer",
            "id": "answer",
            "badge": "badge",
            "concept": "posterior",
            "text": named(settings, "A|B"),
        },
        {"type": "prose", "text": "Bayes’ theorem", "html": formula(settings)},
    ]
    if not state["present"]:
        columns = [["", ""], ["probability", ""], ["", ""]]
        panels.append(
            {"type": "grid", "text": "All that follows", "columns": columns, "rows": list(QUANTITIES), "badge": "badge"}
        )
    return Picture(None, settings.stamp, (), tuple(panels), stage={"type": "square"}, **state)


def formula(settings: EventSettings) -> str:
    """Return the derivation through the joint, in words and in numbers, coloured like the square."""
    html = coloured_slots(words(PAGE)["derivation"])
    for letter, q in {"PAB": "A and B", "PB|A": "B|A", "PA|B": "A|B", "PA": "A", "PB": "B"}.items():
        html = html.replace(f'<b data-word="{letter}"></b>', escape(named(settings, q)))  # names are words, no slots
    return html


def handles(settings: EventSettings, is_locked: Callable[[str], bool]) -> tuple[Handle, ...]:
    """Return one handle for every probability that is given."""
    said, asked, made = words(PAGE)["said event"], named(settings, "A|B"), []
    for q in settings.quantities:
        label, concept, ends = (named(settings, q), ""), CONCEPT.get(q, "muted"), ("never", "always")
        sentence = said.replace("{name}", label[0]).replace("{asked}", asked)
        made.append(handle(settings, GIVEN[q], label, concept, ends, percent, sentence, is_locked))
    return tuple(made)
